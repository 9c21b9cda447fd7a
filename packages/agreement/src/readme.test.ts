import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

test('the example of the README prints what it says', () => {
  const home = fileURLToPath(new URL('..', import.meta.url));
  const text = readFileSync(`${home}/README.md`, 'utf8');
  const [, code = '', output = ''] = /```ts\n(.*?)```.*?```text\n(.*?)```/s.exec(text) ?? [];
  const flags = ['--input-type=module-typescript', '-e', code];
  const printed = execFileSync(process.execPath, flags, { cwd: home, encoding: 'utf8' });
  assert.notEqual(output, '');
  assert.equal(printed, output);
});
