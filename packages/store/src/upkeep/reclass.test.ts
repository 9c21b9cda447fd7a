import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { type TestDatabase, testDatabase } from '../../../../tests/database.ts';
import { createAppender } from '../appender/appender.ts';
import { insideOf } from '../database.ts';
import { createReaders } from '../readers/readers.ts';
import { createReclass } from './reclass.ts';

let tested: TestDatabase;
before(async () => {
  tested = await testDatabase();
});
after(() => tested.stop());

test('re-classed rows are released from their instant on, under row security as well, and in its order', async () => {
  const start = Date.now() - 10_000;
  let now = start;
  const appender = await createAppender(tested.database, { now: () => now++ });
  const row = { stream: 1, series: '', label: 1, lat: null, lon: null, record: '{}' };
  for (let i = 0; i < 10; i++)
    await appender.append([{ ...row, time: start + i, releaseClass: i % 2 === 0 ? 1 : 2 }]);
  await appender.close();
  const { policy } = insideOf(tested.database).connections;
  // Class 2 is nobody's; class 3 is subject 7's at once and subject 8's after a minute.
  await policy.query('insert into concord.allowed values (7, 1, 0), (7, 3, 0), (8, 3, 1)');
  const tables = createReclass(tested.database);
  const since = start + 5000;
  assert.equal(
    await tables.reclass({ stream: 1, releaseClass: 2, to: start + 6 }, { releaseClass: 3, since }, 2),
    2,
  );
  assert.equal(
    await tables.reclass({ stream: 1, releaseClass: 2, to: start + 6 }, { releaseClass: 3, since }, 2),
    1,
  );
  assert.equal(
    await tables.reclass({ stream: 1, releaseClass: 2, to: start + 6 }, { releaseClass: 3, since }, 2),
    0,
  );
  assert.deepEqual(await tables.again(), [{ stream: 1, releaseClass: 3 }]);

  const readers = createReaders(tested.database);
  const pages = (subject: number, rung: 0 | 1, order: 'first' | 'again', upTo: number) =>
    readers.asSubject(subject, 'birch', (reader) =>
      reader.page({
        streams: [1],
        classes: [
          { id: 1, rung: 0 },
          { id: 3, rung },
        ],
        order,
        upTo,
        limit: 100,
      }),
    );
  const later = Date.now();
  const first = await pages(7, 0, 'first', later);
  assert.deepEqual(
    first.map(({ seq }) => seq),
    [1, 3, 5, 7, 9],
  );
  const again = await pages(7, 0, 'again', later);
  assert.deepEqual(
    again.map(({ seq, release }) => [seq, release]),
    [
      [2, since],
      [4, since],
      [6, since],
    ],
  );
  assert.deepEqual(await pages(7, 0, 'again', since - 1), []);
  assert.deepEqual(await pages(8, 1, 'again', later + 60_000), [], 'row security counts from there as well');
});
