import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../../tests/database.ts';
import { createAppender } from '../appender/appender.ts';
import { insideOf } from '../database.ts';
import { DAY_MS, dayOf, partitionName } from '../migrations/partitions.ts';
import { createRetention } from './retention.ts';

let tested: TestDatabase;
before(async () => {
  tested = await testDatabase();
});
after(() => tested.stop());

const today = Date.now();

/** Rows of streams 1 and 2 three days ago, of stream 1 alone five days ago. */
async function fill(): Promise<void> {
  let now = today - 5 * DAY_MS;
  const appender = await createAppender(tested.database, { now: () => now });
  const row = {
    series: '',
    time: now,
    releaseClass: 1,
    label: 1,
    lat: null,
    lon: null,
    record: '{"secret":1}',
  };
  const rows = (stream: number, count: number) => Array.from({ length: count }, () => ({ ...row, stream }));
  await appender.append(rows(1, 30));
  now = today - 3 * DAY_MS;
  await appender.append([...rows(1, 20), ...rows(2, 7)]);
  await appender.close();
}

const counts = async (): Promise<Record<number, number>> => {
  const { rows } = await insideOf(tested.database).connections.owner.query<{ stream: number; n: number }>(
    'select stream, count(*)::int as n from concord.observation group by stream',
  );
  return Object.fromEntries(rows.map(({ stream, n }) => [stream, n]));
};

test('whole days go where every stream’s time is over, the rest in portions, and all of it is noted', async () => {
  await fill();
  const retention = createRetention(tested.database);
  assert.equal(await retention.dropDays(new Map([[2, today - DAY_MS]]), today), 0);
  assert.deepEqual(await counts(), { 1: 50, 2: 7 });
  assert.equal(await retention.dropDays(new Map([[1, today - DAY_MS]]), today), 1);
  assert.deepEqual(await counts(), { 1: 20, 2: 7 });
  const { owner } = insideOf(tested.database).connections;
  const leaf = `concord.${partitionName(dayOf(today - 5 * DAY_MS))}`;
  assert.equal((await owner.query('select to_regclass($1) as leaf', [leaf])).rows[0]?.leaf, null);

  assert.equal(await retention.destroy(1, today - 4 * DAY_MS, today, 100), 0);
  assert.equal(await retention.destroy(1, today - DAY_MS, today, 15), 15);
  assert.equal(await retention.destroy(1, today - DAY_MS, today, 15), 5);
  assert.deepEqual(await counts(), { 2: 7 });

  const noted = await retention.unreceipted();
  assert.deepEqual(
    noted.map(({ stream, count }) => [stream, count]),
    [
      [1, 30],
      [1, 15],
      [1, 5],
    ],
  );
  assert.ok(noted.every(({ digest, from, to }) => digest.length === 32 && from <= to));
  assert.ok(!JSON.stringify(noted).includes('secret'));
  for (const { id } of noted) await retention.receipted(id);
  assert.deepEqual(await retention.unreceipted(), []);
});
