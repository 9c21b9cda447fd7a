import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { run, test } from 'node:test';
import { type Ended, Tally } from './tally.ts';

/** What a file of tests comes to when Node's own runner runs it. */
async function tallyOf(source: string): Promise<Tally> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-tally-'));
  const file = join(folder, 'a.test.mjs');
  writeFileSync(file, `import { describe, it, test, before } from 'node:test';\n${source}`);
  const tally = new Tally();
  // The runner refuses to run inside a run: this variable is how it knows.
  delete process.env['NODE_TEST_CONTEXT'];
  try {
    for await (const { type, data } of run({ files: [file] })) {
      if (type === 'test:pass' || type === 'test:fail') tally.ended(data as Ended, type === 'test:pass');
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
  return tally;
}

test('tests inside tests count once', async () => {
  const tally = await tallyOf(`
    test('around', async (t) => { await t.test('a', () => {}); await t.test('b', () => { throw new Error('no'); }); });
    describe('suite', () => { it('c', () => {}); it('d', { skip: true }, () => {}); });
    test('e', () => {});
  `);
  assert.equal(tally.line(), '3 passed, 1 failed, 1 skipped');
  assert.deepEqual(
    tally.failures.map(({ name }) => name),
    ['b'],
  );
});

test('a file that ends early is a failure besides the tests that ran', async () => {
  const tally = await tallyOf(`test('a', () => {}); test('b', async () => { process.exit(0); });`);
  assert.equal(tally.totals.failed, 1);
});

test('a file that cannot be loaded is one failure', async () => {
  assert.equal((await tallyOf(`import './absent.mjs';`)).line(), '0 passed, 1 failed');
});

test('a file without tests is one failure', async () => {
  assert.equal((await tallyOf('export {};')).line(), '0 passed, 1 failed');
});

test('a failing hook is a failure although every test inside passes or is cancelled', async () => {
  const tally = await tallyOf(
    `describe('s', () => { before(() => { throw new Error('x'); }); it('a', () => {}); });`,
  );
  assert.ok(tally.totals.failed > 0);
});

test('a test marked as todo fails where it fails', async () => {
  assert.equal(
    (await tallyOf(`test('a', { todo: true }, () => { throw new Error(); });`)).line(),
    '0 passed, 1 failed',
  );
});

test('a file of which nothing was heard is a failure', () => {
  const tally = new Tally();
  tally.heardOf(['a.test.ts']);
  assert.equal(tally.line(), '0 passed, 1 failed');
});

test('a check counts as one test', () => {
  const tally = new Tally();
  tally.checked('style', []);
  tally.checked('types', ['wrong', 'also wrong']);
  assert.equal(tally.line(), '1 passed, 1 failed');
});
