import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

test('the example in the README runs and prints what it says', () => {
  const folder = fileURLToPath(new URL('..', import.meta.url));
  const code = /```ts\n(.*?)```/s.exec(readFileSync(`${folder}README.md`, 'utf8'))?.[1];
  assert.ok(code !== undefined);
  const printed = execFileSync(process.execPath, ['--input-type=module-typescript', '-e', code], {
    cwd: folder,
    encoding: 'utf8',
  });
  assert.equal(printed, 'true 1 flush\n');
});
