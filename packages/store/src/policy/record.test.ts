import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../../tests/database.ts';
import { insideOf } from '../database.ts';
import { createDecisions, type StoredGrant } from './decisions.ts';
import { createDecisionRecord, type StoredDecision, type StoredVersion } from './record.ts';

let tested: TestDatabase;
before(async () => {
  tested = await testDatabase();
});
after(() => tested.stop());

const version: StoredVersion = {
  doc: 'd1',
  agreement: 'strait-watch',
  version: 3,
  text: 'agreement: strait-watch\n',
  files: { 'areas/a.geojson': '{}' },
  digest: '00',
  drafter: 'alder',
  by: 'ada@alder',
  at: Date.UTC(2026, 11, 1),
};
const decision = (id: string, kind: string): StoredDecision => ({
  id,
  subject: 'version/d1',
  at: Date.UTC(2026, 11, 1, 0, 0, 0, 7),
  by: 'ada@alder',
  kind,
  facts: { why: [1, 'two', null] },
});
const grant: StoredGrant = {
  id: 'g1',
  officer: 'ben@birch',
  agreement: 'strait-watch',
  facts: { level: 'SECRET' },
  from: Date.UTC(2026, 11, 1),
  until: Date.UTC(2027, 11, 1),
  sponsor: 'ada@alder',
  approvedBy: ['chair@authority', 'odd "name", {}@birch'],
};

test('what was drafted and decided comes back in its order, and what is written twice is there once', async () => {
  const record = createDecisionRecord(tested.database);
  const entry = { drafted: [version], recorded: [decision('b', 'proposed'), decision('a', 'signed')] };
  await record.record(entry);
  await record.record({ ...entry, recorded: [...entry.recorded, decision('c', 'approved')] });
  assert.deepEqual(await record.drafted(), [version]);
  assert.deepEqual(
    (await record.recorded()).map(({ id, kind }) => [id, kind]),
    [
      ['b', 'proposed'],
      ['a', 'signed'],
      ['c', 'approved'],
    ],
  );
  assert.deepEqual((await record.recorded())[0], decision('b', 'proposed'));
});

test('a grant, its revocation and the number of the change are written together and once', async () => {
  const [record, decisions] = [createDecisionRecord(tested.database), createDecisions(tested.database)];
  assert.equal(await decisions.lastEpoch(), 0);
  await record.record({ granted: [grant], epoch: { n: 1, at: 1000, change: { granted: 'g1' } } });
  await decisions.addGrant({ ...grant, officer: 'out@cedar' });
  assert.deepEqual(await decisions.grants(), [grant]);
  await record.record({
    revoked: { id: 'g1', at: 2000, by: 'ada@alder' },
    epoch: { n: 2, at: 2000, change: {} },
  });
  await record.record({
    revoked: { id: 'g1', at: 9000, by: 'ben@birch' },
    epoch: { n: 2, at: 9000, change: {} },
  });
  assert.deepEqual(await decisions.grants(), [{ ...grant, revoked: { at: 2000, by: 'ada@alder' } }]);
  assert.equal(await decisions.lastEpoch(), 2);
});

test('all of an entry is written or nothing', async () => {
  const record = createDecisionRecord(tested.database);
  const broken = { ...decision('e', 'x'), kind: null as unknown as string };
  await assert.rejects(record.record({ recorded: [decision('d', 'x'), broken] }), { code: 'query-failed' });
  assert.ok(!(await record.recorded()).some(({ id }) => id === 'd'));
});

test('versions and decisions can be neither changed nor removed by whoever writes them', async () => {
  const { policy } = insideOf(tested.database).connections;
  for (const table of ['agreement_version', 'decision'])
    for (const text of [
      `update concord.${table} set by = 'x'`,
      `delete from concord.${table}`,
      `truncate concord.${table}`,
    ])
      await assert.rejects(policy.query(text), { code: '42501' }, text);
});
