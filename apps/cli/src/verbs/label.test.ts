import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'concord-label-'));
after(() => rmSync(dir, { recursive: true }));

function convert(
  text: string,
  from: string,
  to: string,
): { status: number | null; out: string; err: string } {
  const path = join(dir, 'labels');
  writeFileSync(path, text);
  const { status, stdout, stderr } = spawnSync(process.execPath, [
    main,
    'label',
    'convert',
    '--from',
    from,
    '--to',
    to,
    path,
  ]);
  return { status, out: stdout.toString(), err: stderr.toString() };
}

const banners = 'ELM CLOSED // ORCON // SAR!MED // REL fir // EXERCISE\nELM OPEN // REAL\n';

test('labels go from banners to JSON and back', () => {
  const json = convert(banners, 'banner', 'json');
  assert.equal(json.status, 0);
  assert.equal(json.out.split('\n').length, 3);
  assert.deepEqual(convert(json.out, 'json', 'banner'), { status: 0, out: banners, err: '' });
});

test('a label may be written over many lines', () => {
  const label = JSON.stringify({ policy: 'ELM', classification: 'OPEN', dataMode: 'TEST' }, null, 2);
  assert.equal(convert(label, 'json', 'banner').out, 'ELM OPEN // TEST\n');
});

test('what is no label is bad input, with its line and code', () => {
  const { status, out, err } = convert(
    'ELM OPEN // REAL\n\nELM OPEN // SECRETIVE // REAL\n',
    'banner',
    'json',
  );
  assert.equal(status, 2);
  assert.equal(out.split('\n').length, 2);
  assert.match(err, /labels:3: label-field: caveats\[0\]/);
});

test('an unknown notation is bad usage', () => {
  for (const name of ['xml', '__proto__', '']) assert.equal(convert(banners, 'banner', name).status, 2);
});
