import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import fc from 'fast-check';
import { type TestDatabase, testDatabase } from '../../../../tests/database.ts';
import { insideOf } from '../database.ts';
import { createAppender } from './appender.ts';
import type { CommittedRow, Row } from './row.ts';

let tested: TestDatabase;
before(async () => {
  tested = await testDatabase();
});
after(() => tested.stop());

const row = (change: Partial<Row> = {}): Row => ({
  stream: 1,
  series: 'a',
  time: Date.UTC(2026, 0, 1),
  releaseClass: 1,
  label: 1,
  lat: 54.1,
  lon: 7.9,
  record: '{"n":1}',
  ...change,
});

const stored = async <Columns extends object>(columns: string, where = 'true'): Promise<Columns[]> => {
  const { owner } = insideOf(tested.database).connections;
  const { rows } = await owner.query<Columns>(
    `select ${columns} from concord.observation where ${where} order by seq`,
  );
  return rows;
};

test('numbers follow the order of the calls, and rows are handed on in it before append resolves', async () => {
  const seen: CommittedRow[] = [];
  const appender = await createAppender(tested.database, { onCommitted: (rows) => seen.push(...rows) });
  const results = await Promise.all(
    Array.from({ length: 50 }, async (_, n) => {
      const appended = await appender.append([row({ series: `${n}` }), row({ series: `${n}` })]);
      assert.ok(seen.some(({ seq }) => seq === appended.lastSeq));
      return appended;
    }),
  );
  assert.deepEqual(
    results.map(({ firstSeq }) => firstSeq - (results[0]?.firstSeq ?? 0)),
    results.map((_, n) => 2 * n),
  );
  assert.deepEqual(
    seen.map(({ series }) => series),
    results.flatMap((_, n) => [`${n}`, `${n}`]),
  );
  const rows = await stored<{ seq: number; ingested: number }>('seq, ingested');
  assert.deepEqual(
    rows,
    seen.map(({ seq, ingested }) => ({ seq, ingested })),
  );
  await appender.close();
  await assert.rejects(appender.append([row()]), { code: 'closed' });
});

test('hostile texts come back as they were', async () => {
  const appender = await createAppender(tested.database);
  const text = fc.string({ unit: 'binary', maxLength: 60 }).filter((value) => !value.includes('\0'));
  const hostile = fc.oneof(
    text,
    fc.constantFrom('\\.', '\\N', '\t', '\r\n', "'; drop table x; --", '\\u0041', '"'),
  );
  const property = fc.asyncProperty(fc.array(fc.tuple(hostile, hostile), { minLength: 1 }), async (texts) => {
    const rows = texts.map(([series, value]) => row({ series, record: JSON.stringify({ [value]: value }) }));
    const { firstSeq, lastSeq, refused } = await appender.append(rows);
    assert.deepEqual(refused, []);
    const back = await stored<{ series: string; record: unknown }>(
      'series, record',
      `seq between ${firstSeq} and ${lastSeq}`,
    );
    assert.deepEqual(
      back,
      texts.map(([series, value]) => ({ series, record: { [value]: value } })),
    );
  });
  await fc.assert(property, { numRuns: 30 });
  await appender.close();
});

test('bad rows are refused one by one and the rest of their batch is stored', async () => {
  const appender = await createAppender(tested.database);
  const deep = `${'['.repeat(100_000)}${']'.repeat(100_000)}`;
  const rows = [
    row({ series: 'good 1' }),
    row({ record: '{"a":"\\u0000"}' }),
    row({ record: '{not json' }),
    row({ series: 'x\0' }),
    row({ lat: Number.NaN }),
    row({ lon: null }),
    row({ time: Number.POSITIVE_INFINITY }),
    row({ series: 'x'.repeat(300) }),
    row({ stream: 1.5 }),
    row({ record: deep }),
    row({ series: 'good 2' }),
  ];
  const neighbour = appender.append([row({ series: 'neighbour' })]);
  const progress = { run: 'r', feed: 'f', officer: 'o@alder', source: 's', through: 12, acknowledged: 2 };
  const { refused, firstSeq } = await appender.append(rows, progress);
  assert.deepEqual(
    refused.map(({ index }) => index).sort((a, b) => a - b),
    [1, 2, 3, 4, 5, 6, 7, 8, 9],
  );
  assert.ok(refused.every(({ code, reason }) => code === 'bad-row' && reason !== ''));
  assert.deepEqual(await stored('series', `seq >= ${firstSeq}`), [
    { series: 'good 1' },
    { series: 'good 2' },
  ]);
  assert.deepEqual((await neighbour).refused, []);

  const none = await appender.append([row({ record: '{' })], { ...progress, through: 13 });
  assert.equal(none.refused.length, 1);
  const { owner } = insideOf(tested.database).connections;
  assert.equal(
    (await owner.query("select through from concord.feed_run where run = 'r'")).rows[0]?.through,
    13,
  );
  await appender.close();
});

test('a progress that cannot be stored is refused alone', async () => {
  const appender = await createAppender(tested.database);
  const progress = { run: 'r', feed: 'f', officer: 'o@alder', source: 's', through: 1, acknowledged: 1 };
  const neighbour = appender.append([row()], progress);
  for (const wrong of [
    { source: 'a\0b' },
    { feed: '\ud800' },
    { through: Number.NaN },
    { acknowledged: 0.5 },
  ]) {
    await assert.rejects(appender.append([row()], { ...progress, ...wrong }), { code: 'bad-option' });
  }
  await appender.append([row()], { ...progress, source: "'; drop table concord.batch; --\\" });
  assert.deepEqual((await neighbour).refused, []);
  await appender.close();
});

test('a new appender goes on after the last number, with a clock that may have been set back', async () => {
  const first = await createAppender(tested.database);
  const before = await first.append([row()]);
  await first.close();
  const second = await createAppender(tested.database, { now: () => 0 });
  const next = await second.append([row()]);
  assert.equal(next.firstSeq, before.lastSeq + 1);
  assert.equal(next.ingested, before.ingested);
  await second.close();
});

test('rows of two days go into two partitions, made on demand', async () => {
  let now = Date.UTC(2031, 4, 5, 23, 59, 59, 999);
  const appender = await createAppender(tested.database, { now: () => now });
  const evening = appender.append([row({ series: 'evening' })]);
  now += 1;
  const morning = appender.append([row({ series: 'morning' })]);
  await Promise.all([evening, morning]);
  const rows = await stored<{ leaf: string }>('tableoid::regclass::text as leaf', "ingested >= '2031-01-01'");
  assert.deepEqual(
    rows.map(({ leaf }) => leaf),
    ['observation_20310505', 'observation_20310506'],
  );
  await appender.close();
});

test('a full queue refuses, and room waits until it is not', async () => {
  const appender = await createAppender(tested.database, { maxWaiting: 10 });
  const accepted = appender.append(Array.from({ length: 100 }, () => row()));
  await assert.rejects(appender.append([row()]), { code: 'queue-full' });
  let roomy = false;
  const room = appender.room().then(() => {
    roomy = true;
  });
  await Promise.resolve();
  assert.equal(roomy, false);
  await accepted;
  await room;
  await appender.append([row()]);
  await appender.close();
});
