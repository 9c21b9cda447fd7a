import assert from 'node:assert/strict';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { createMemoryTokenRevocations, createTokens } from '@concord/identity';
import type { Label, OfficerId, PartyId } from '@concord/label';
import { verifyLog } from '@concord/ledger';
import {
  demo,
  demoLabel,
  existingSecrets,
  inventedKeys,
  type NodeConfig,
  type RunningNode,
  signedByAll,
  startNode,
} from '@concord/server';
import { type Json, pause, until } from './harness.ts';

/** A node that is stopped and started again on one folder. */
let dataDir: string;
let node: RunningNode;
const errors: unknown[] = [];

type Change = (config: NodeConfig) => NodeConfig | Promise<NodeConfig>;

async function start(change: Change = (config) => config): Promise<void> {
  const { config, accounts } = await demo({ dataDir, port: 0 });
  const { retention: _, ...rest } = config;
  node = await startNode({ config: await change(rest), accounts, onError: (cause) => errors.push(cause) });
}

before(async () => {
  dataDir = mkdtempSync(join(tmpdir(), 'concord-test-'));
  await start();
});
after(async () => {
  await node.close();
  rmSync(dataDir, { recursive: true, force: true });
});

async function ask(officer: string, path: string, body?: unknown): Promise<Json> {
  const key = existingSecrets(dataDir)?.tokenKey;
  assert.ok(key);
  const tokens = await createTokens({ key, origin: node.url, revocations: createMemoryTokenRevocations() });
  const { token } = await tokens.mint({ officer: officer as OfficerId });
  const response = await fetch(`${node.url}${path}`, {
    headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
    ...(body !== undefined && { method: 'POST', body: JSON.stringify(body) }),
  });
  return (await response.json()) as Json;
}

const listed = async (officer: string, stream: string): Promise<Json[]> =>
  ((await ask(officer, `/api/items?limit=1000&stream=${encodeURIComponent(stream)}`))['items'] ??
    []) as Json[];

const feedOf = (feed: string, label: Label = demoLabel('alder', 'TEST')) =>
  node.intake.open({ party: 'alder' as PartyId, feed, source: 'made up', format: 'none', label });

const items = (count: number, lat: number, lon: number) =>
  Array.from({ length: count }, (_, i) => {
    const point = { lat: lat + i / 1e5, lon };
    const record = { receiver: 'R1', ...point, n: i };
    return { kind: 'gnss.position' as const, time: Date.now() + i, series: 'R1', place: { point }, record };
  });

test('an embargo that ends while the node is down has ended when it is up', async () => {
  const end = Date.now() + 1500;
  const label = { ...demoLabel('alder', 'TEST'), embargoUntil: new Date(end).toISOString() };
  await feedOf('closed', label).accept(items(4, 54.05, 10.05));
  await node.close();
  await pause(Math.max(0, end - Date.now()));
  await start();
  const stream = 'alder/closed/gnss.position';
  await until(async () => (await listed('ben@birch', stream)).length === 4);
});

test('a recall that was not written through when the node went down holds when it is up', async () => {
  const stream = 'alder/half/gnss.position';
  await feedOf('half').accept(items(6, 54.05, 10.05));
  assert.equal((await listed('ben@birch', stream)).length, 6);
  // The database gives no row another class: the recall is kept and held, and never written through.
  const away = new Error('the database gives no row another class');
  Object.assign(node.storage.upkeep, { reclass: () => Promise.reject(away) });
  const range = { from: '2020-01-01T00:00:00Z', to: '2090-01-01T00:00:00Z' };
  const done = await ask('ada@alder', '/api/recalls', { stream, ...range });
  assert.deepEqual(await listed('ben@birch', stream), []);
  await until(() => errors.splice(0).includes(away));
  await node.close();
  errors.splice(0, errors.length, ...errors.filter((one) => one !== away));
  await start();
  assert.deepEqual(await listed('ben@birch', stream), []);
  assert.equal((await listed('ada@alder', stream)).length, 6);
  const again = ((await ask('ben@birch', '/api/recalls'))['recalls'] as Json[]).find(
    (one) => one['id'] === done['id'],
  );
  assert.deepEqual(
    ((again?.['cases'] ?? []) as Json[]).map((one) => `${one['party']} ${one['state']} ${one['items']}`),
    ['birch asked 6'],
  );
});

/** The demonstration with another corridor in a new version of its agreement, signed by its parties. */
const amended =
  (version: number, ring: [number, number][]): Change =>
  async (config) => {
    const policies = new Map(config.policies.map((one) => [one.id, one]));
    const keys = inventedKeys(
      dataDir,
      ['alder', 'birch'].map((one) => one as PartyId),
    );
    const agreements = config.agreements.map(async ({ text, file, approvedBy }) => {
      const changed = {
        text: text.replace(/^version: \d+/m, `version: ${version}`),
        file: (path: string) => {
          const before = file(path);
          if (before === undefined) return undefined;
          const feature = JSON.parse(before) as { geometry: { coordinates: [number, number][][] } };
          feature.geometry.coordinates = [[...ring, ring[0]!]];
          return JSON.stringify(feature);
        },
      };
      return { ...(await signedByAll(changed, policies, keys)), approvedBy };
    });
    return { ...config, agreements: await Promise.all(agreements) };
  };

const box = (west: number, south: number, east: number, north: number): [number, number][] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
];

test('an amended corridor releases by its new geometry, items stored before included', async () => {
  const stream = 'alder/place/gnss.position';
  const label = { ...demoLabel('alder', 'EXERCISE') };
  await node.close();
  await start(amended(101, box(10, 54, 11, 55)));
  await feedOf('place', label).accept([...items(3, 54.5, 10.5), ...items(2, 50.5, 5.5)]);
  await until(async () => (await listed('ben@birch', stream)).length === 3);
  await node.close();
  await start(amended(102, box(5, 50, 6, 51)));
  // Stopped in the middle of judging what is stored, and started again.
  await node.close();
  await start(amended(102, box(5, 50, 6, 51)));
  const latitudes = async () =>
    (await listed('ben@birch', stream)).map((one) => Math.floor(Number((one['item'] as Json)['lat'])));
  // At no time by the old geometry.
  await until(async () => {
    const found = await latitudes();
    assert.ok(!found.includes(54), 'released by the corridor of before');
    return found.length === 2;
  });
  await node.close();
  await start(amended(103, box(5, 50, 11, 55)));
  await until(async () => (await latitudes()).length === 5);
});

test('what has been held for its time is destroyed, with a certificate, and receipts outlive it', async () => {
  const stream = 'alder/held/gnss.position';
  await node.close();
  await start();
  await feedOf('held').accept(items(9, 54.05, 10.05));
  assert.equal((await listed('ben@birch', stream)).length, 9);
  const given = async () => JSON.stringify((await ask('ben@birch', '/api/given'))['given']);
  const before = await given();
  await node.close();
  await pause(50);
  await start((config) => ({ ...config, retention: [{ stream, hold: 1 }] }));
  await until(async () => (await listed('ada@alder', stream)).length === 0);
  assert.equal(await given(), before);
  let mine: Json[] = [];
  await until(async () => {
    mine = (await receipts()).filter((one) => one['kind'] === 'destroy');
    return mine.length > 0;
  });
  assert.equal(
    mine.reduce((sum, one) => sum + Number(one['count']), 0),
    9,
  );
  assert.ok(!JSON.stringify(mine).includes('held'));
  await pause(2500);
  const report = await verifyLog(async (path) => {
    const file = join(dataDir, 'ledger', 'home-alder', path);
    return existsSync(file) ? readFileSync(file) : undefined;
  });
  assert.deepEqual(report.findings, []);
  assert.equal(report.kinds['destroy'], mine.length);
  await node.close();
  await start();
  assert.equal((await listed('ada@alder', stream)).length, 0);
});

/** Receipts in the log of Alder's own. */
async function receipts(): Promise<Json[]> {
  const leaves = await node.storage.leaves('home-alder', 0, 100_000);
  return leaves.map((leaf) => JSON.parse(Buffer.from(leaf).toString()) as Json);
}

test('none of this went wrong on the way', () => {
  assert.deepEqual(errors, []);
});
