import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { bay, FILES, start, stop, t } from './bay.ts';
import type { Json } from './harness.ts';

const MAIN = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));
const TEXT = bay(1).replaceAll('bay-watch', 'cove-watch');

let folder: string;
before(async () => {
  await start();
  folder = mkdtempSync(join(tmpdir(), 'concord-cli-'));
  mkdirSync(join(folder, 'areas'));
  writeFileSync(join(folder, 'cove.yaml'), TEXT);
  for (const [path, text] of Object.entries(FILES)) writeFileSync(join(folder, path), text);
});
after(async () => {
  await stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Runs `concord`; gives what it prints. */
async function concord(...args: string[]): Promise<string> {
  return await new Promise((resolve, reject) => {
    execFile(process.execPath, [MAIN, ...args], { cwd: folder }, (failed, stdout, stderr) =>
      failed ? reject(new Error(`${args.join(' ')}: ${stderr}`)) : resolve(stdout),
    );
  });
}
const acting = async (officer: string) => ['--url', t.node.url, '--token', await t.token(officer)];
const key = (party: string) => join(t.dataDir, 'party-keys', `${party}.jwk`);
const last = (out: string): Json => JSON.parse(out.trim().split('\n').at(-1) ?? '') as Json;

test('by the command line alone: signed offline, proposed, handed in, approved, granted, suspended', async () => {
  const proposed = last(
    await concord('agreement', 'propose', 'cove.yaml', ...(await acting('release@alder'))),
  );
  assert.equal(proposed['phase'], 'proposed');
  for (const party of ['alder', 'birch']) {
    const jws = await concord('agreement', 'sign', 'cove.yaml', '--party', party, '--key', key(party));
    writeFileSync(join(folder, `${party}.jws`), jws);
    const by = await acting(`release@${party}`);
    await concord('agreement', 'hand-in', 'cove-watch/1', `${party}.jws`, ...by);
  }
  const active = last(
    await concord('agreement', 'approve', 'cove-watch/1', ...(await acting('chair@authority'))),
  );
  assert.equal(active['phase'], 'active');

  const until = new Date(Date.now() + 3_600_000).toISOString();
  const level = ['--level', 'SECRET', '--until', until];
  const jws = await concord(
    'clearance',
    'issue',
    'bo@birch',
    '--id',
    'cli-1',
    ...level,
    '--key',
    key('birch'),
  );
  writeFileSync(join(folder, 'bo.jws'), jws);
  const security = await acting('security@birch');
  await concord('clearance', 'hand-in', 'bo.jws', ...security);
  const wish = ['--agreement', 'cove-watch', '--for', 'rescue', '--clearance', 'cli-1', ...level];
  const nominated = last(await concord('grant', 'nominate', 'bo@birch', ...wish, ...security));
  const id = String(nominated['id']);
  const accepted = last(await concord('grant', 'accept', id, ...(await acting('release@alder'))));
  assert.equal(accepted['state'], 'active');
  const bo = (await concord('grant', 'list', ...(await acting('bo@birch')))).trim().split('\n');
  assert.ok(bo.some((line) => (JSON.parse(line) as Json)['id'] === id));
  const signed = ['--party', 'birch', '--key', key('birch'), '--reason', 'left'];
  const withdrawn = last(await concord('clearance', 'withdraw', 'cli-1', ...signed, ...security));
  assert.ok(Number(withdrawn['epoch']) > 0);

  const why = ['--reason', 'a leak'];
  const done = last(await concord('agreement', 'suspend', 'cove-watch', ...why, ...security));
  assert.ok(done['at'] !== undefined && done['cutoffs'] !== undefined);
  const standing = t.node.release.standing.world.agreements.find((one) => one.terms.id === 'cove-watch');
  assert.equal(standing?.standing, 'suspended');
});
