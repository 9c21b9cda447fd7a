import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { after, before, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import type { PartyId } from '@concord/label';
import { demoLabel } from '@concord/server';
import { type Json, type TestNode, testNode, until } from './harness.ts';

const MAIN = fileURLToPath(new URL('../../apps/cli/src/main.ts', import.meta.url));

let t: TestNode;
before(async () => {
  t = await testNode();
});
after(() => t.close());

/** The lines that a verb prints for an officer. */
async function concord(officer: string, ...args: string[]): Promise<string> {
  const given = [...args, '--token', await t.token(officer), '--url', t.node.url];
  return (await promisify(execFile)(process.execPath, [MAIN, ...given])).stdout;
}

test('by command an item is recalled, its destruction certified, and what was given printed', async () => {
  const stream = 'alder/told/gnss.position';
  const point = { lat: 54.05, lon: 10.05 };
  const feed = t.node.intake.open({
    party: 'alder' as PartyId,
    feed: 'told',
    source: 'made up',
    format: 'none',
    label: demoLabel('alder', 'TEST'),
  });
  await feed.accept([
    { kind: 'gnss.position', time: Date.now(), series: 'R1', place: { point }, record: { ...point } },
  ]);
  const items = async (officer: string): Promise<Json[]> =>
    ((await t.ask(officer, `/api/items?stream=${stream}`)).body['items'] ?? []) as Json[];
  await until(async () => (await items('ben@birch')).length === 1);
  const item = String((await items('ada@alder'))[0]?.['id']);
  const made = JSON.parse(await concord('ada@alder', 'recall', stream, `--item=${item}`)) as Json;
  assert.deepEqual(await items('ben@birch'), []);
  const seen = JSON.parse(await concord('ben@birch', 'recall')) as Json;
  assert.equal(seen['id'], made['id']);
  const certify = ['--destroyed', String(made['id']), '--certificate', 'Wiped.'];
  const done = JSON.parse(await concord('ben@birch', 'recall', ...certify)) as Json;
  assert.equal(done['open'], false);
  const sum = JSON.parse(await concord('ben@birch', 'given')) as Json;
  assert.deepEqual([sum['giver'], sum['receiver'], sum['items']], ['alder', 'birch', 1]);
  assert.equal((await concord('ben@birch', 'given', '--csv', '--by', 'month')).split('\r\n').length, 3);
  assert.equal(await concord('out@cedar', 'given'), '');
});
