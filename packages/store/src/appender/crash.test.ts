import assert from 'node:assert/strict';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { after, before, test } from 'node:test';
import { setImmediate, setTimeout as sleep } from 'node:timers/promises';
import { type TestDatabase, testDatabase } from '../../../../tests/database.ts';
import { insideOf } from '../database.ts';
import { createAppender } from './appender.ts';
import type { Appended, CommittedRow, Row } from './row.ts';

let tested: TestDatabase;
before(async () => {
  tested = await testDatabase();
});
after(() => tested.stop());

const row = (series: string): Row => ({
  stream: 1,
  series,
  time: 0,
  releaseClass: 1,
  label: 1,
  lat: null,
  lon: null,
  record: `{"of":"${series}"}`,
});

/** Everything given is stored, once, under the number that was acknowledged. */
async function assertExactlyOnce(prefix: string, given: readonly Promise<Appended>[]): Promise<void> {
  const { owner } = insideOf(tested.database).connections;
  const { rows } = await owner.query<{ seq: number; series: string }>(
    'select seq, series from concord.observation where series like $1 order by seq',
    [`${prefix} %`],
  );
  const wanted: { seq: number; series: string }[] = [];
  for (const [n, appending] of given.entries()) {
    const { firstSeq, lastSeq, refused } = await appending;
    assert.deepEqual(refused, []);
    for (let seq = firstSeq; seq <= lastSeq; seq += 1) wanted.push({ seq, series: `${prefix} ${n}` });
  }
  assert.deepEqual(rows, wanted);
}

test('over ten kills of PostgreSQL every acknowledged row is there once, in order', {
  timeout: 120_000,
}, async () => {
  const { database } = tested;
  const committed: CommittedRow[] = [];
  const errors: Error[] = [];
  const appender = await createAppender(database, {
    onCommitted: (rows) => committed.push(...rows),
    onError: (error) => errors.push(error),
  });
  const given: Promise<Appended>[] = [];
  for (let kill = 0; kill < 10; kill += 1) {
    await database.whenUp();
    const before = given.length;
    for (let n = 0; n < 10 + kill; n += 1) {
      const rows = Array.from({ length: 1 + (given.length % 40) }, () => row(`kill ${given.length}`));
      given.push(appender.append(rows));
      if (n % 3 === 0) await setImmediate();
    }
    // With one batch acknowledged and others on their way: in their copy, in their commit, or waiting.
    await given[before];
    await sleep(kill);
    if (database.pid !== undefined) process.kill(database.pid, 'SIGKILL');
    await new Promise<void>((resolve) => {
      const stop = database.onDown(() => {
        stop();
        resolve();
      });
    });
    given.push(appender.append([row(`kill ${given.length}`)]));
  }
  await Promise.all(given);
  await appender.close();
  assert.ok(errors.length > 0, 'no batch was hit');
  await assertExactlyOnce('kill', given);
  const seqs = committed.map(({ seq }) => seq);
  assert.deepEqual(
    seqs,
    [...new Set(seqs)].sort((a, b) => a - b),
  );
});

/** A door to the database that can be told to swallow answers, as a network does that fails at the wrong moment. */
async function leakyDoor(
  port: number,
): Promise<{ port: number; swallow(after: RegExp): void; server: Server }> {
  let pattern: RegExp | undefined;
  const server = createServer((client: Socket) => {
    const upstream = connect(port, '127.0.0.1');
    let swallowing = false;
    client.on('data', (data) => {
      if (pattern?.test(data.toString('latin1')) === true) {
        pattern = undefined;
        swallowing = true;
      }
      upstream.write(data);
    });
    upstream.on('data', (data) => {
      if (!swallowing) client.write(data);
      // The copy is let in, its end is not told: 'C' (command complete) of the commit never arrives.
      else if (data.includes('CALL') || data.includes('COPY')) client.destroy();
      else client.write(data);
    });
    for (const [one, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      one.on('error', () => undefined);
      one.on('close', () => other.destroy());
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    swallow: (after) => {
      pattern = after;
    },
    server,
  };
}

test('a batch whose commit was done and whose answer was lost is not stored again', {
  timeout: 30_000,
}, async (context) => {
  const { database } = tested;
  const { writer } = insideOf(database).connections;
  const direct = writer.options.port;
  const door = await leakyDoor(direct ?? 0);
  writer.options.port = door.port;
  context.after(async () => {
    writer.options.port = direct;
    const last = await writer.connect();
    last.release(true);
    door.server.close();
  });
  const errors: Error[] = [];
  const appender = await createAppender(database, { onError: (error) => errors.push(error) });
  // The pool's connections of before are set aside.
  const old = await Promise.all([writer.connect(), writer.connect()]);
  for (const client of old) client.release(true);

  const given = [appender.append([row('answer 0')])];
  await given[0];
  door.swallow(/copy concord\./);
  given.push(appender.append([row('answer 1'), row('answer 1')]));
  await given[1];
  given.push(appender.append([row('answer 2')]));
  await Promise.all(given);
  assert.equal(errors.length, 1);
  assert.equal((errors[0] as { code?: string }).code, 'database-down');
  await assertExactlyOnce('answer', given);
  await appender.close();
});

test('rows that wait while the database is closed are told', { timeout: 60_000 }, async () => {
  let told = 0;
  // A connection may outlive the first process of PostgreSQL for a moment, and then the rows do not wait.
  for (let tries = 0; told === 0 && tries < 10; tries += 1) {
    const own = await testDatabase();
    const appender = await createAppender(own.database);
    await appender.append([row('first')]);
    process.kill(own.database.pid ?? 0, 'SIGKILL');
    await new Promise<void>((resolve) => own.database.onDown(() => resolve()));
    const waiting = Promise.allSettled([appender.append([row('second')])]);
    await own.stop();
    const [outcome] = await waiting;
    if (outcome.status === 'fulfilled') continue;
    assert.equal((outcome.reason as { code?: string }).code, 'closed');
    told += 1;
  }
  assert.equal(told, 1, 'the rows never had to wait');
});
