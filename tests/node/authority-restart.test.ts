import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import {
  issueClearance,
  readPublicKey,
  signAgreement,
  type Wish,
  withdrawClearance,
} from '@concord/authority';
import type { AgreementId, OfficerId, PartyId } from '@concord/label';
import { demo, type NodeConfig, type RunningNode, startNode } from '@concord/server';

type Key = Parameters<typeof signAgreement>[2];

const officer = (name: string) => name as OfficerId;
const birch = 'birch' as PartyId;

let dataDir: string;
let node: RunningNode | undefined;
const errors: unknown[] = [];

before(() => {
  dataDir = mkdtempSync(join(tmpdir(), 'concord-test-'));
});
after(async () => {
  await node?.close();
  rmSync(dataDir, { recursive: true, force: true });
});

/** Stops the node where it runs, and starts it on the same folder. */
async function restart(
  change: (config: NodeConfig) => NodeConfig = (config) => config,
): Promise<RunningNode> {
  await node?.close();
  const { config, accounts } = await demo({ dataDir, port: 0 });
  node = await startNode({ config: change(config), accounts, onError: (cause) => errors.push(cause) });
  return node;
}
const keyOf = (party: string) =>
  JSON.parse(readFileSync(join(dataDir, 'party-keys', `${party}.jwk`), 'utf8')) as Key;

const clearance = (id: string, of: string) =>
  issueClearance(
    {
      id,
      party: birch,
      officer: officer(of),
      level: 'SECRET',
      compartments: [],
      from: Date.now() - 1000,
      until: Date.now() + 3_600_000,
    },
    keyOf('birch'),
  );
const wish = (id: string): Wish => ({
  officer: officer('ben@birch'),
  agreement: 'strait-watch',
  level: 'SECRET',
  compartments: [],
  purposes: ['search-and-rescue'],
  from: Date.now(),
  until: Date.now() + 3_600_000,
  clearance: id,
});
const text = (config: NodeConfig, version: number) =>
  config.agreements[0]!.text.replace('version: 1', `version: ${version}`);
const filesOf = (config: NodeConfig) =>
  Object.fromEntries(
    ['areas/corridor.geojson', 'areas/approaches.geojson'].map((path) => [
      path,
      config.agreements[0]!.file(path) ?? '',
    ]),
  );
const standing = (of: RunningNode) =>
  of.release.standing.world.agreements.map(({ terms, standing: now }) => [terms.id, terms.version, now]);

test('a restart keeps versions, signatures, suspensions, drafts, certificates, nominations and grants', async () => {
  const { authority, config } = await restart();
  const { agreements, grants, clearances } = authority;
  await agreements.draft(officer('release@alder'), text(config, 3), filesOf(config));
  await agreements.draft(officer('release@alder'), text(config, 2), filesOf(config));
  await agreements.propose(officer('release@alder'), 'strait-watch', 2);
  for (const id of ['kept', 'gone'])
    await clearances.takeIn(officer('security@birch'), await clearance(id, 'ben@birch'));
  const [first, second, third] = [
    await grants.nominate(officer('security@birch'), wish('kept')),
    await grants.nominate(officer('security@birch'), wish('kept')),
    await grants.nominate(officer('security@birch'), wish('gone')),
  ];
  await grants.accept(officer('release@alder'), first.grant.id);
  await grants.accept(officer('release@alder'), third.grant.id);
  const withdrawal = await withdrawClearance(
    { party: birch, clearance: 'gone', at: Date.now(), reason: 'left' },
    keyOf('birch'),
  );
  await authority.withdrawClearance(officer('security@birch'), 'gone', withdrawal);
  await agreements.suspend(officer('security@alder'), 'strait-watch', 'a leak');
  await agreements.resume(officer('release@alder'), 'strait-watch');
  const before = [...agreements.all].map(({ state }) => state);
  const views = grants.views(officer('chair@authority'));

  const again = await restart();
  const kept = again.authority;
  assert.deepEqual(
    [...kept.agreements.all].map(({ state }) => state),
    before,
  );
  assert.deepEqual(standing(again), [['strait-watch', 1, 'suspended']]);
  assert.equal(again.release.standing.officer(officer('ben@birch'))?.grants.length, 2);
  const states = (list: typeof views) =>
    list.map(({ grant, state }) => [grant.id as string, state] as const).sort(([a], [b]) => (a < b ? -1 : 1));
  assert.deepEqual(states(kept.grants.views(officer('chair@authority'))), states(views));
  const now = new Map(states(kept.grants.views(officer('chair@authority'))));
  assert.deepEqual(
    [first, second, third].map(({ grant }) => now.get(grant.id)),
    ['active', 'nominated', 'no-clearance'],
  );
  assert.deepEqual(
    kept.agreements.visible(officer('release@birch')).map((one) => one.terms.version),
    [1, 2],
  );
  assert.deepEqual(
    kept.agreements.visible(officer('release@alder')).map((one) => one.terms.version),
    [1, 2, 3],
  );
});

test('signatures of a key that its party has given up put nothing in force', async () => {
  const { authority, config } = node!;
  const of = {
    agreement: 'strait-watch' as AgreementId,
    version: 2,
    text: text(config, 2),
    files: filesOf(config),
  };
  for (const party of ['alder', 'birch'])
    await authority.agreements.sign(
      officer(`release@${party}`),
      'strait-watch',
      2,
      await signAgreement(of, party as PartyId, keyOf(party)),
    );
  const { d: _, ...fresh } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  const rotated = await restart((one) => ({
    ...one,
    keys: new Map([...one.keys, [birch, [readPublicKey(fresh)]]]),
  }));
  const chair = officer('chair@authority');
  const refused = await rotated.authority.agreements.approve(chair, 'strait-watch', 2);
  assert.equal(refused.state.phase, 'approved');
  assert.match(refused.state.refused?.join() ?? '', /birch: no key of the party/);
  assert.deepEqual(standing(rotated), [['strait-watch', 1, 'suspended']]);
  // The key is given back: what was refused may be tried again.
  const back = await restart();
  const active = await back.authority.agreements.activate(chair, 'strait-watch', 2);
  assert.equal(active.state.phase, 'active');
  assert.deepEqual(standing(back), [['strait-watch', 2, 'in-force']]);
  assert.deepEqual(errors, []);
});

test('a text of the configuration that differs from its proposed version stops the start', async () => {
  const changed = restart((config) => ({
    ...config,
    agreements: config.agreements.map((one) => ({ ...one, text: one.text.replace('P90D', 'P91D') })),
  }));
  node = undefined;
  await assert.rejects(changed, /not the text that was proposed/);
});

test('a grant of the configuration that one side alone has approved stops the start', async () => {
  const one = restart((config) => ({
    ...config,
    grants: config.grants.map((grant) => ({ ...grant, approvedBy: [grant.sponsor, grant.sponsor] })),
  }));
  await assert.rejects(one, /one from each side/);
});
