import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../../tests/database.ts';
import { createAppender } from '../appender/appender.ts';
import type { Row } from '../appender/row.ts';
import { insideOf } from '../database.ts';
import { DELAYS_MS, type Rung } from '../ladder.ts';
import { createReaders, type Readers } from './readers.ts';
import type { StoredRow } from './stored-row.ts';

const HOUR = 3_600_000;
const start = Date.now() - 3 * HOUR;
const SUBJECT = 7;
const classes: { id: number; rung: Rung }[] = [
  { id: 1, rung: 0 },
  { id: 2, rung: 2 },
  { id: 3, rung: 1 },
];

let tested: TestDatabase;
let readers: Readers;
/** What was stored: 600 rows over 3 hours, in two streams, four classes, five series. */
const rows: (Row & { ingested: number; seq: number })[] = [];

before(async () => {
  tested = await testDatabase();
  readers = createReaders(tested.database);
  let now = start;
  const appender = await createAppender(tested.database, {
    now: () => now,
    onCommitted: (batch) => rows.push(...batch),
  });
  for (let n = 0; n < 200; n += 1) {
    now = start + Math.floor((n / 200) * 3 * HOUR);
    const batch = [0, 1, 2].map((k) => ({
      stream: 1 + (n % 2),
      series: `s${(n + k) % 5}`,
      time: now - 1000,
      releaseClass: 1 + ((n * 7 + k) % 4),
      label: 1,
      lat: k === 2 ? null : (n % 90) - 45,
      lon: k === 2 ? null : (n * 11) % 180,
      record: `{"n":${n}}`,
    }));
    await appender.append(batch);
  }
  await appender.close();
  const { policy } = insideOf(tested.database).connections;
  for (const { id, rung } of classes) {
    await policy.query('insert into concord.allowed values ($1, $2, $3)', [SUBJECT, id, rung]);
  }
});
after(() => tested.stop());

const delayOfClass = (id: number): number | undefined => {
  const found = classes.find((one) => one.id === id);
  return found === undefined ? undefined : DELAYS_MS[found.rung];
};

/** What the subject may see, in release order, computed without the database. */
const expected = (
  now: number,
  keep: (row: Row) => boolean = () => true,
): { seq: number; release: number }[] =>
  rows
    .flatMap((row) => {
      const delay = delayOfClass(row.releaseClass);
      return delay === undefined || !keep(row) ? [] : [{ seq: row.seq, release: row.ingested + delay }];
    })
    .filter(({ release }) => release <= now)
    .sort((a, b) => a.release - b.release || a.seq - b.seq);

const shape = (found: readonly StoredRow[]): { seq: number; release: number }[] =>
  found.map(({ seq, release }) => ({ seq, release }));

test('pages of any size, one after the other, are all visible rows in release order across delays', async () => {
  const upTo = start + 3 * HOUR;
  for (const limit of [1000, 97]) {
    const found: StoredRow[] = [];
    for (;;) {
      const last = found.at(-1);
      const next = await readers.asSubject(SUBJECT, 'birch', (reader) =>
        reader.page({
          streams: [1, 2],
          classes,
          upTo,
          limit,
          ...(last === undefined ? {} : { after: { release: last.release, seq: last.seq } }),
        }),
      );
      found.push(...next);
      if (next.length < limit) break;
    }
    assert.deepEqual(shape(found), expected(upTo));
  }
});

test('pages are whole where one stream has nearly everything and many have a little', async () => {
  const streams = [11, 12, 13, 14, 15, 16];
  const common = { series: '', time: 0, releaseClass: 1, label: 1, lat: null, lon: null, record: '{}' };
  const appender = await createAppender(tested.database);
  const wanted: number[] = [];
  for (let n = 0; n < 30; n += 1) {
    const batch = Array.from({ length: 20 }, (_, k) => ({ ...common, stream: k === 0 ? 11 + (n % 6) : 11 }));
    const { firstSeq } = await appender.append(batch);
    wanted.push(...batch.map((_, k) => firstSeq + k));
  }
  await appender.close();
  for (const limit of [7, 100, 1000]) {
    const found: StoredRow[] = [];
    for (;;) {
      const last = found.at(-1);
      const next = await readers.asSubject(SUBJECT, 'birch', (reader) =>
        reader.page({
          streams,
          classes,
          limit,
          ...(last && { after: { release: last.release, seq: last.seq } }),
        }),
      );
      found.push(...next);
      if (next.length < limit) break;
    }
    assert.deepEqual(
      found.map(({ seq }) => seq),
      wanted,
    );
  }
});

test('a row comes back as it was stored', async () => {
  const [found] = await readers.asSubject(SUBJECT, 'birch', (reader) =>
    reader.page({ streams: [1], classes: [{ id: 1, rung: 0 }], limit: 1 }),
  );
  const { parsed: _, ...wanted } =
    rows.find(({ stream, releaseClass }) => stream === 1 && releaseClass === 1) ?? {};
  assert.deepEqual(found, { ...wanted, since: null, release: start });
});

test('streams, item time and box narrow a page; rows without a point stay for the caller to judge', async () => {
  const upTo = start + 3 * HOUR;
  const [from, to] = [start + HOUR, start + 2 * HOUR];
  const west = await readers.asSubject(SUBJECT, 'birch', (reader) =>
    reader.page({ streams: [2], classes, upTo, from, to, bbox: [20, -30, 90, 30], limit: 1000 }),
  );
  const inBox = ({ lat, lon }: Row): boolean =>
    lat === null || lon === null || (lat >= -30 && lat <= 30 && lon >= 20 && lon <= 90);
  const wanted = expected(
    upTo,
    (row) => row.stream === 2 && row.time >= from && row.time <= to && inBox(row),
  );
  assert.ok(wanted.length > 20);
  assert.deepEqual(shape(west), wanted);

  const across = await readers.asSubject(SUBJECT, 'birch', (reader) =>
    reader.page({ streams: [1, 2], classes, upTo, bbox: [170, -90, 10, 90], limit: 1000 }),
  );
  const onEdges = ({ lon }: Row): boolean => lon === null || lon >= 170 || lon <= 10;
  assert.deepEqual(shape(across), expected(upTo, onEdges));
});

test('what the caller claims beyond the table of what is allowed shows nothing', async () => {
  const claims: { id: number; rung: Rung }[] = [
    { id: 4, rung: 0 },
    { id: 2, rung: 0 },
  ];
  const found = await readers.asSubject(SUBJECT, 'birch', async (reader) => [
    ...(await reader.page({ streams: [1, 2], classes: claims, limit: 1000 })),
    ...(await reader.latest({ streams: [1, 2], classes: claims, limit: 1000 })),
  ]);
  assert.deepEqual(found, []);
  const stranger = await readers.asSubject(8, 'cedar', (reader) =>
    reader.page({ streams: [1, 2], classes, limit: 1000 }),
  );
  assert.deepEqual(stranger, []);
});

test('latest is the newest visible row of each series of each stream', async () => {
  const upTo = start + 2 * HOUR;
  const newest = new Map<string, number>();
  for (const row of rows) {
    const delay = delayOfClass(row.releaseClass);
    if (delay !== undefined && row.ingested + delay <= upTo)
      newest.set(`${row.stream} ${row.series}`, row.seq);
  }
  const wanted = [...newest.values()].sort((a, b) => b - a);
  const found = await readers.asSubject(SUBJECT, 'birch', (reader) =>
    reader.latest({ streams: [1, 2], classes, upTo, limit: 100 }),
  );
  assert.equal(wanted.length, 10);
  assert.deepEqual(
    found.map(({ seq }) => seq),
    wanted,
  );
  const three = await readers.asSubject(SUBJECT, 'birch', (reader) =>
    reader.latest({ streams: [1, 2], classes, upTo, limit: 3 }),
  );
  assert.deepEqual(
    three.map(({ seq }) => seq),
    wanted.slice(0, 3),
  );
});

test('an empty set asks the database for nothing', async () => {
  const { reader: pool } = insideOf(tested.database).connections;
  let taken = 0;
  const count = (): void => {
    taken += 1;
  };
  pool.on('acquire', count);
  const found = await readers.asSubject(SUBJECT, 'birch', async (reader) => [
    ...(await reader.page({ streams: [1, 2], classes: [], limit: 10 })),
    ...(await reader.page({ streams: [], classes, limit: 10 })),
    ...(await reader.latest({ streams: [99], classes, limit: 10 })),
  ]);
  pool.off('acquire', count);
  assert.deepEqual([found, taken], [[], 0]);
});

test('a reader that gives up is rejected at once, its query ends, and the pool goes on', {
  timeout: 10_000,
}, async () => {
  const { reader: pool, owner } = insideOf(tested.database).connections;
  const locker = await owner.connect();
  await locker.query('begin; lock table concord.observation in access exclusive mode');
  const gaveUp = new AbortController();
  const reading = readers.asSubject(
    SUBJECT,
    'birch',
    (reader) => reader.page({ streams: [1], classes, limit: 10 }),
    { signal: gaveUp.signal },
  );
  const waiting = async (): Promise<number> => {
    const { rows: found } = await locker.query<{ n: number }>(
      'select count(*) as n from pg_locks where not granted',
    );
    return found[0]?.n ?? 0;
  };
  while ((await waiting()) === 0);
  gaveUp.abort();
  await assert.rejects(reading, { code: 'aborted' });
  while ((await waiting()) > 0);
  await locker.query('rollback');
  locker.release();
  const after = await readers.asSubject(SUBJECT, 'birch', (reader) =>
    reader.page({ streams: [1], classes, limit: 10 }),
  );
  assert.equal(after.length, 10);
  assert.equal(pool.waitingCount, 0);
  await assert.rejects(
    readers.asSubject(SUBJECT, 'birch', async (reader) => reader.page({ streams: [1], classes, limit: 10 }), {
      signal: gaveUp.signal,
    }),
    { code: 'aborted' },
  );
});

test('a reader kept beyond its transaction is refused', async () => {
  const kept = await readers.asSubject(SUBJECT, 'birch', async (reader) => ({ reader }));
  await assert.rejects(kept.reader.page({ streams: [1], classes, limit: 10 }), { code: 'closed' });
});

test('a limit or a rung that makes no sense is refused with a code', async () => {
  for (const query of [
    { streams: [1], classes, limit: -1 },
    { streams: [1], classes, limit: 1e9 },
    { streams: [1], classes: [{ id: 1, rung: 9 as Rung }], limit: 1 },
  ]) {
    await assert.rejects(
      readers.asSubject(SUBJECT, 'birch', (reader) => reader.page(query)),
      { code: 'bad-option' },
    );
  }
});

test('a reader is told when the database goes away in the middle, and is served when it is back', async () => {
  const { database } = tested;
  const reading = readers.asSubject(SUBJECT, 'birch', async (reader) => {
    await reader.page({ streams: [1], classes, limit: 1 });
    const down = new Promise<void>((resolve) => database.onDown(() => resolve()));
    process.kill(database.pid ?? 0, 'SIGKILL');
    await down;
    return reader.page({ streams: [1], classes, limit: 1 });
  });
  await assert.rejects(reading, { code: 'database-down' });
  await database.whenUp();
  const found = await readers.asSubject(SUBJECT, 'birch', (reader) =>
    reader.page({ streams: [1], classes, limit: 10 }),
  );
  assert.equal(found.length, 10);
});
