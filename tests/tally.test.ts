import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { type FileRun, runFile } from './run-file.ts';
import { lineOf, Tally } from './tally.ts';

/** What a file of tests comes to when Node's own runner runs it. */
async function runOf(source: string, limit = 20_000): Promise<FileRun> {
  const folder = mkdtempSync(join(tmpdir(), 'concord-tally-'));
  const file = join(folder, 'a.test.mjs');
  writeFileSync(file, `import { describe, it, test, before } from 'node:test';\n${source}`);
  // The runner refuses to run inside a run: this variable is how it knows.
  delete process.env['NODE_TEST_CONTEXT'];
  try {
    return await runFile(file, limit);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

test('tests inside tests count once', async () => {
  const { totals, failures } = await runOf(`
    test('around', async (t) => { await t.test('a', () => {}); await t.test('b', () => { throw new Error('no'); }); });
    describe('suite', () => { it('c', () => {}); it('d', { skip: true }, () => {}); });
    test('e', () => {});
  `);
  assert.equal(lineOf(totals), '3 passed, 1 failed, 1 skipped');
  assert.deepEqual(
    failures.map(({ name }) => name),
    ['b'],
  );
});

test('a file that ends early is a failure besides the tests that ran', async () => {
  const { totals } = await runOf(`test('a', () => {}); test('b', async () => { process.exit(0); });`);
  assert.equal(totals.failed, 1);
});

test('a file that cannot be loaded is one failure', async () => {
  assert.equal(lineOf((await runOf(`import './absent.mjs';`)).totals), '0 passed, 1 failed');
});

test('a file without tests is one failure', async () => {
  assert.equal(lineOf((await runOf('export {};')).totals), '0 passed, 1 failed');
});

test('a failing hook is a failure although every test inside passes or is cancelled', async () => {
  const { totals } = await runOf(
    `describe('s', () => { before(() => { throw new Error('x'); }); it('a', () => {}); });`,
  );
  assert.ok(totals.failed > 0);
});

test('a test marked as todo fails where it fails', async () => {
  assert.equal(
    lineOf((await runOf(`test('a', { todo: true }, () => { throw new Error(); });`)).totals),
    '0 passed, 1 failed',
  );
});

test('a file that hangs is ended, and is a failure', async () => {
  const { totals, failures } = await runOf(`test('a', () => {}); setInterval(() => {}, 1000);`, 1500);
  assert.equal(totals.failed, 1);
  assert.match(failures[0]?.error ?? '', /did not end within/);
});

test('a file of which nothing was heard is a failure', () => {
  const tally = new Tally();
  tally.heardOf('a.test.ts');
  assert.equal(tally.line(), '0 passed, 1 failed');
});

test('a check counts as one test', () => {
  const tally = new Tally();
  tally.checked('style', []);
  tally.checked('types', ['wrong', 'also wrong']);
  assert.equal(tally.line(), '1 passed, 1 failed');
});
