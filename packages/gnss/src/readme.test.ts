import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { sharedData } from '../../../tests/shared-data.ts';

const examples = readFileSync(new URL('../README.md', import.meta.url), 'utf8')
  .split('```ts\n')
  .slice(1)
  .map((part) => part.split('```')[0] ?? '');

/** Runs an example of the README as its reader would and gives the lines it prints. */
function run(code: string, ...args: string[]): string[] {
  const here = fileURLToPath(new URL('..', import.meta.url));
  const argv = ['--input-type=module-typescript', '--eval', code, '--', ...args];
  const output = execFileSync(process.execPath, argv, {
    cwd: here,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  return output.trim().split('\n');
}

test('the first example of the README decodes a recording and solves it', (t) => {
  const file = sharedData('gnss/gpsd_ublox-zed-f9r.log');
  if (file === undefined) return t.skip('shared data absent');
  // With --eval there is no script name: the first argument stands where it would.
  const lines = run(examples[0]?.replace('argv[2]', 'argv[1]') ?? '', file);
  assert.ok(lines.length > 20);
  assert.match(lines.at(-1) ?? '', /^2025-04-11T23:14:\d\d\.000Z 45\.\d+ 7\.\d+ \d+/);
});

test('the second example solves RINEX', (t) => {
  const obs = sharedData('gnss/ESBC00DNK_R_20201770000_01H_30S_MO.rnx');
  const nav = sharedData('gnss/ESBC00DNK_R_20201770000_01D_MN.rnx');
  if (obs === undefined || nav === undefined) return t.skip('shared data absent');
  const lines = run(examples[1]?.replace('[, , obs', '[, obs') ?? '', obs, nav);
  assert.equal(lines.length, 120);
});

test('the third example finds the simulated receiver again', () => {
  const [line = ''] = run(examples[2] ?? '');
  const [lat = 0, lon = 0] = line.split(' ').map(Number);
  assert.ok(Math.abs(lat - 1.3) < 0.001 && Math.abs(lon - 103.8) < 0.001, line);
});
