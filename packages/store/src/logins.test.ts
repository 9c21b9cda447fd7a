import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { Client, type Pool } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { type TestDatabase, testDatabase } from '../../../tests/database.ts';
import { createAppender } from './appender/appender.ts';
import type { Connections } from './connections.ts';
import { insideOf } from './database.ts';
import { dayOf, partitionName } from './migrations/partitions.ts';

const DENIED = { code: '42501' };

let tested: TestDatabase;
let logins: Connections;
const leaf = `concord.${partitionName(dayOf(Date.now()))}`;

before(async () => {
  tested = await testDatabase();
  logins = insideOf(tested.database).connections;
  const appender = await createAppender(tested.database);
  const common = { stream: 1, series: '', time: 0, label: 1, lat: null, lon: null, record: '{}' };
  await appender.append([1, 2, 3].map((releaseClass) => ({ ...common, releaseClass })));
  await appender.close();
  await logins.policy.query('insert into concord.allowed values (7, 1, 0), (7, 2, 1), (8, 3, 0)');
});
after(() => tested.stop());

const asSubject = async (subject: number, text: string): Promise<unknown[]> => {
  const client = await logins.reader.connect();
  try {
    await client.query('begin read only');
    await client.query("select set_config('concord.subject', $1, true)", [String(subject)]);
    return (await client.query(text)).rows;
  } finally {
    await client.query('rollback');
    client.release();
  }
};

test('the reader sees what is allowed to its subject, after its delay, and nothing of other subjects', async () => {
  const query = 'select release_class as c from concord.observation order by 1';
  assert.deepEqual(await asSubject(7, query), [{ c: 1 }]);
  assert.deepEqual(await asSubject(8, query), [{ c: 3 }]);
  assert.deepEqual(await asSubject(9, query), []);
  assert.deepEqual(await asSubject(8, 'select release_class as c from concord.allowed'), [{ c: 3 }]);
});

test('a reader without a subject gets an error, on a fresh connection and on one that had a subject', async () => {
  const client = new Client(logins.reader.options);
  await client.connect();
  try {
    const query = 'select 1 from concord.observation';
    await assert.rejects(client.query(query), { code: '42704' });
    await client.query("begin; select set_config('concord.subject', '7', true)");
    assert.equal((await client.query(query)).rowCount, 1);
    await client.query('commit');
    await assert.rejects(client.query(query), { code: '22P02' });
  } finally {
    await client.end();
  }
});

test('the reader reads no leaf, no statistics of one, and writes nothing', async () => {
  for (const text of [
    `select 1 from ${leaf}`,
    `copy ${leaf} to stdout`,
    'insert into concord.observation (seq) select seq from concord.observation where false',
    'delete from concord.observation',
    'insert into concord.allowed values (9, 1, 0)',
    'update concord.allowed set delay = 0',
    'alter table concord.observation disable row level security',
    'drop policy released on concord.observation',
    'create table concord.mine (x int)',
    'create temporary table mine (x int)',
    'call concord.commit_batch(999, 1, 1, now(), 1, null, null)',
  ]) {
    await assert.rejects(
      async () => {
        const client = await logins.reader.connect();
        try {
          await client.query("set default_transaction_read_only = off; set concord.subject = '7'");
          await client.query(text);
        } finally {
          client.release(true);
        }
      },
      { code: '42501' },
      text,
    );
  }
  assert.deepEqual(await asSubject(7, "select 1 from pg_stats where schemaname = 'concord'"), []);
});

test('the writer copies into leaves, and selects and decides nothing', async () => {
  const denied = [
    'select 1 from concord.observation',
    `select 1 from ${leaf}`,
    `select seq from ${leaf} limit 0`,
    `insert into ${leaf} (seq) select seq from ${leaf}`,
    `delete from ${leaf}`,
    `update ${leaf} set release_class = 1`,
    `truncate ${leaf}`,
    'insert into concord.observation (seq) values (1)',
    'insert into concord.allowed values (9, 1, 0)',
    'select 1 from concord.allowed',
    'select 1 from concord.batch',
    'select 1 from concord.feed_run',
    'select 1 from concord.quarantine',
    'select 1 from concord.receipt',
    'select 1 from concord.grant_',
    'create table concord.mine (x int)',
  ];
  for (const text of denied) await assert.rejects(logins.writer.query(text), DENIED, text);
  const client = await logins.writer.connect();
  const copy = client.query(copyFrom(`copy ${leaf} from stdin`));
  await new Promise((resolve, reject) => copy.on('finish', resolve).on('error', reject).end());
  client.release();
});

test('policy alone decides, and sees no item', async () => {
  for (const text of ['select 1 from concord.observation', `select 1 from ${leaf}`]) {
    await assert.rejects(logins.policy.query(text), DENIED, text);
  }
  for (const text of [
    'update concord.receipt set leaf = leaf',
    'delete from concord.receipt',
    'delete from concord.epoch',
    'update concord.epoch set n = n + 1',
    'delete from concord.batch',
  ]) {
    await assert.rejects(logins.policy.query(text), DENIED, text);
  }
  await logins.policy.query('update concord.allowed set delay = 0 where subject_class = 0');
});

test('no login becomes another, and none is a superuser or passes row security by', async () => {
  const pools: Pool[] = [logins.reader, logins.writer, logins.policy, logins.owner];
  for (const pool of pools) {
    for (const role of ['owner', 'writer', 'policy', 'reader', 'postgres']) {
      if (role === pool.options.user) continue;
      await assert.rejects(pool.query(`set role ${role}`), DENIED, `${pool.options.user} to ${role}`);
      await assert.rejects(pool.query(`set session authorization ${role}`), DENIED);
    }
  }
  const { rows } = await logins.owner.query(
    `select rolname from pg_roles where rolname = any('{owner,writer,policy,reader}')
     and (rolsuper or rolbypassrls or rolcreaterole or rolcreatedb or rolreplication)`,
  );
  assert.deepEqual(rows, []);
});

test('a party’s quarantine and receipts are for that party alone', async () => {
  await logins.policy.query(
    `insert into concord.quarantine (at, party, feed, code, message, place, bytes)
     values (now(), 'alder', 'f', 'c', 'm', '{}', ''), (now(), 'birch', 'f', 'c', 'm', '{}', '')`,
  );
  const client = new Client(logins.reader.options);
  await client.connect();
  try {
    await assert.rejects(client.query('select 1 from concord.quarantine'), { code: '42704' });
    await client.query("begin; select set_config('concord.party', 'birch', true)");
    const { rows } = await client.query('select party from concord.quarantine');
    assert.deepEqual(rows, [{ party: 'birch' }]);
    await client.query('commit');
    assert.deepEqual((await client.query('select party from concord.quarantine')).rows, []);
  } finally {
    await client.end();
  }
});
