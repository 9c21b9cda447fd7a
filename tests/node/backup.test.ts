import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import type { PartyId } from '@concord/label';
import { verifyLog } from '@concord/ledger';
import { backup, demo, demoLabel, restore, startNode } from '@concord/server';
import { type Json, pause, type TestNode, testNode } from './harness.ts';

let t: TestNode;
const folder = mkdtempSync(join(tmpdir(), 'concord-backup-'));
before(async () => {
  t = await testNode();
});
after(async () => {
  await t.close();
  rmSync(folder, { recursive: true, force: true });
});

const give = async (from: number, count: number) => {
  const ts = new Date().toISOString();
  await t.node.intake
    .open({
      party: 'birch' as PartyId,
      feed: 'kept',
      source: 'test',
      format: 'test',
      label: demoLabel('birch'),
    })
    .accept(
      Array.from({ length: count }, (_, i) => ({
        kind: 'ais.position' as const,
        time: Date.now(),
        series: String(from + i),
        place: { point: { lat: 32, lon: -41 } },
        record: { mmsi: from + i, ts, lat: 32, lon: -41, note: 'tab\tnewline\nback\\slash' },
      })),
    );
};
const all = async () =>
  (await t.ask('ben@birch', '/api/items?stream=birch/kept/ais.position&limit=1000')).body;
const kept = () => ({ dataDir: t.dataDir });

/** Starts a node on a folder and asks it something as an officer. */
async function on<T>(dataDir: string, work: (node: Awaited<ReturnType<typeof startNode>>) => Promise<T>) {
  const { config, accounts } = await demo({ dataDir, port: 0 });
  const node = await startNode({ config, accounts, onError: (cause) => assert.fail(String(cause)) });
  try {
    return await work(node);
  } finally {
    await node.close();
  }
}

const readLog = (dir: string) => async (path: string) => {
  try {
    return readFileSync(join(dir, path));
  } catch {
    return undefined;
  }
};

test('a backup of a node that takes items in comes back whole, and its log goes on', async () => {
  await give(0, 300);
  const before = await all();
  assert.equal((before['items'] as Json[]).length > 50, true);
  await pause(1200);
  let going = true;
  const traffic = (async () => {
    for (let i = 300; going; i += 20) {
      await give(i, 20);
      await t.ask('ada@alder', '/api/items?limit=10');
    }
  })();
  const to = join(folder, 'one');
  const note = await backup(kept(), to, Date.now());
  going = false;
  await traffic;
  assert.equal(statSync(join(to, 'node-secrets.json')).mode & 0o077, 0);
  assert.equal(statSync(to).mode & 0o077, 0);

  const fresh = join(folder, 'fresh');
  assert.deepEqual(await restore({ dataDir: fresh }, to), note);
  await on(fresh, async (node) => {
    const reader = await node.release.admit({
      officer: 'ben@birch' as never,
      party: 'birch' as PartyId,
      door: 'api',
      purposes: [],
    });
    const page = await node.release.items(reader, { streams: ['birch/kept/ais.position'], limit: 1000 });
    const texts = page.items.map((one) => JSON.parse(one) as Json);
    // The same items under the same identifiers, byte for byte, and from there on numbers that were not given out.
    assert.deepEqual(texts.slice(0, 50), (before['items'] as Json[]).slice(0, 50));
    reader.close();
    await node.intake
      .open({ party: 'birch' as PartyId, feed: 'kept', source: 'x', format: 'x', label: demoLabel('birch') })
      .accept([{ kind: 'ais.static', time: Date.now(), series: 'new', record: { mmsi: 1 } }]);
    await pause(1200);
  });
  for (const { log, size } of note.logs) {
    const report = await verifyLog(readLog(join(fresh, 'ledger', log)), {
      previousCheckpoint: readFileSync(join(to, 'ledger', log, 'checkpoint')),
    });
    assert.deepEqual(report.findings, []);
    assert.ok(report.size >= size);
  }
});

test('a token of before is void after a restore', async () => {
  const to = join(folder, 'two');
  await backup(kept(), to, Date.now());
  const fresh = join(folder, 'void');
  await restore({ dataDir: fresh }, to);
  const token = await t.token('ben@birch');
  await on(fresh, async (node) => {
    const answer = await fetch(`${node.url}/api/me`, { headers: { authorization: `Bearer ${token}` } });
    assert.equal(answer.status, 401);
    await answer.text();
  });
});

test('a node does not start on a database that is older than its log', async () => {
  const to = join(folder, 'three');
  await backup(kept(), to, Date.now());
  const old = join(folder, 'old');
  await restore({ dataDir: old }, to);
  await t.ask('ada@alder', '/api/items?limit=10');
  await pause(1300);
  rmSync(join(old, 'ledger'), { recursive: true });
  cpSync(join(t.dataDir, 'ledger'), join(old, 'ledger'), { recursive: true });
  await assert.rejects(
    on(old, async () => undefined),
    { code: 'ledger-ahead' },
  );
});

test('what is no whole backup, is damaged, or goes where something is already is refused', async () => {
  const to = join(folder, 'four');
  await backup(kept(), to, Date.now());
  await assert.rejects(backup(kept(), to, Date.now()), { code: 'bad-backup' });
  await assert.rejects(restore(kept(), to), { code: 'bad-backup' });
  const half = join(folder, 'half');
  cpSync(to, half, { recursive: true });
  rmSync(join(half, 'backup.json'));
  await assert.rejects(restore({ dataDir: join(folder, 'x1') }, half), { code: 'bad-backup' });
  const bent = join(folder, 'bent');
  cpSync(to, bent, { recursive: true });
  const file = join(bent, 'database', 'observation.copy.gz');
  const bytes = readFileSync(file);
  bytes[bytes.length >> 1]! ^= 1;
  writeFileSync(file, bytes);
  await assert.rejects(restore({ dataDir: join(folder, 'x2') }, bent));
  const other = join(folder, 'other');
  cpSync(to, other, { recursive: true });
  const note = readFileSync(join(other, 'backup.json'), 'utf8');
  writeFileSync(join(other, 'backup.json'), note.replace('0001-first', '0000-older'));
  await assert.rejects(restore({ dataDir: join(folder, 'x3') }, other), { code: 'archive' });
});
