import assert from 'node:assert/strict';
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { createAppender } from '../appender/appender.ts';
import { type Database, insideOf, openDatabase } from '../database.ts';
import { type Binaries, copiedBinaries, installedBinaries, libraryLinks, libraryPath } from './binaries.ts';
import { openCluster } from './cluster.ts';
import { targetOf } from './make-logins.ts';
import { isAlive } from './process-identity.ts';
import { freePort, startPostgres, stopPostgres } from './server.ts';

const row = { stream: 1, series: '', time: 0, releaseClass: 1, label: 1, lat: null, lon: null, record: '{}' };

let folder: string;
before(async () => {
  folder = mkdtempSync(join(tmpdir(), 'concord-test-'));
  chmodSync(folder, 0o711);
  const database = await openDatabase({ dataDir: folder });
  const appender = await createAppender(database);
  await appender.append([row]);
  await database.close();
});
after(() => rmSync(folder, { recursive: true, force: true }));

const countOf = async (database: Database): Promise<number> => {
  const { rows } = await insideOf(database).connections.owner.query(
    'select count(*) as n from concord.observation',
  );
  return rows[0]?.n;
};

/** Starts a program of ours on the folder and reads which PostgreSQL it started. */
async function startProgram(
  file: string,
  ...args: string[]
): Promise<{ program: ChildProcess; postgres: number }> {
  const path = fileURLToPath(new URL(file, import.meta.url));
  const program = spawn(process.execPath, [path, folder, ...args], { stdio: ['ignore', 'pipe', 'ignore'] });
  const [line] = (await once(program.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { program, postgres: Number(line.toString()) };
}

async function gone(pid: number): Promise<boolean> {
  for (const end = performance.now() + 5_000; performance.now() < end; await sleep(5)) {
    if (!isAlive(pid)) return true;
  }
  return false;
}

test('a database comes back with its rows, and its secrets are for one account only', async () => {
  const database = await openDatabase({ dataDir: folder });
  assert.equal(await countOf(database), 1);
  const pid = database.pid ?? 0;
  assert.ok(isAlive(pid));
  for (const login of ['superuser', 'owner', 'writer', 'policy', 'reader']) {
    assert.equal(statSync(join(folder, 'secrets', login)).mode & 0o777, 0o600);
  }
  await database.close();
  assert.equal(isAlive(pid), false);
  await assert.rejects(database.whenUp(), { code: 'closed' });
});

test('a second server on one folder is told who works there', async () => {
  const database = await openDatabase({ dataDir: folder });
  await assert.rejects(openDatabase({ dataDir: folder }), {
    code: 'in-use',
    message: /^process \d+ already works on/,
  });
  assert.equal(await countOf(database), 1);
  await database.close();
});

test('a second server on one database is refused, wherever it runs', async () => {
  const database = await openDatabase({ dataDir: folder });
  const port = insideOf(database).connections.owner.options.port ?? 0;
  const url = (login: 'owner' | 'writer' | 'policy' | 'reader'): string => {
    const { user, password, database: name } = targetOf(folder, login, port);
    return `postgres://${user}:${String(password)}@127.0.0.1:${port}/${name}`;
  };
  const urls = { owner: url('owner'), writer: url('writer'), policy: url('policy'), reader: url('reader') };
  await assert.rejects(openDatabase({ urls }), { code: 'in-use' });
  await assert.rejects(openDatabase({ urls: { ...urls, reader: urls.owner } }), { code: 'bad-option' });
  await assert.rejects(openDatabase({ urls: { ...urls, owner: 'http://x' } }), { code: 'bad-option' });
  await database.close();

  const cluster = await openCluster(folder);
  const child = await startPostgres(cluster, port);
  const external = await openDatabase({ urls });
  assert.equal(external.pid, undefined);
  assert.equal(await countOf(external), 1);
  await external.close();
  await stopPostgres(child);
});

test('PostgreSQL dies with its server, however that ends, and the folder opens again', async () => {
  for (const ending of ['wait', 'exit', 'throw']) {
    const { program, postgres } = await startProgram('life.testing.ts', ending);
    if (ending === 'wait') program.kill('SIGKILL');
    assert.ok(await gone(postgres), ending);
  }
  const database = await openDatabase({ dataDir: folder });
  assert.equal(await countOf(database), 1);
  await database.close();
});

test('without setpriv PostgreSQL dies with its server as well', async () => {
  const { program, postgres } = await startProgram('watched.testing.ts');
  await sleep(50);
  assert.ok(isAlive(postgres));
  program.kill('SIGKILL');
  assert.ok(await gone(postgres));
});

test('an orphan of an earlier life is stopped', async () => {
  const orphan = await startPostgres(await openCluster(folder), await freePort());
  const database = await openDatabase({ dataDir: folder });
  assert.equal(isAlive(orphan.pid ?? 0), false);
  assert.equal(await countOf(database), 1);
  await database.close();
});

test('a stale postmaster.pid whose process id is now another program’s does not keep the folder shut', async () => {
  const bystander = spawn('sleep', ['60']);
  const { data } = await openCluster(folder);
  writeFileSync(
    join(data, 'postmaster.pid'),
    `${bystander.pid}\n${data}\n1\n5432\n\n127.0.0.1\n0 0\nready\n`,
  );
  writeFileSync(join(folder, 'lock'), `${bystander.pid}\nanother boot 1\n0\n`);
  const database = await openDatabase({ dataDir: folder });
  assert.equal(await countOf(database), 1);
  await database.close();
  assert.ok(isAlive(bystander.pid ?? 0));
  bystander.kill();
});

test('PostgreSQL that is killed is started again, and both are told', async () => {
  const database = await openDatabase({ dataDir: folder });
  const events: string[] = [];
  database.onDown(() => {
    if (events.at(-1) !== 'down') events.push('down');
  });
  database.onUp(() => events.push('up'));
  for (let n = 0; n < 2; n += 1) {
    const pid = database.pid ?? 0;
    const down = new Promise<void>((resolve) => {
      const stop = database.onDown(() => {
        stop();
        resolve();
      });
    });
    process.kill(pid, 'SIGKILL');
    await down;
    assert.equal(database.isUp, false);
    await database.whenUp();
    assert.notEqual(database.pid, pid);
    assert.equal(await countOf(database), 1);
  }
  assert.deepEqual(events, ['down', 'up', 'down', 'up']);
  await database.close();
});

test('a data folder that cannot be used is an error with a code, and leaves nothing running', async () => {
  const bad = join(folder, 'bad');
  mkdirSync(bad);
  const database = await openDatabase({ dataDir: bad });
  await database.close();
  rmSync(join(bad, 'postgres', 'PG_VERSION'));
  await assert.rejects(openDatabase({ dataDir: bad }), {
    code: 'database-not-started',
    message: /not a valid data directory/,
  });
  assert.equal(existsSync(join(bad, 'lock')), false);
});

test('below a folder that only root may pass, the database works where it was told to', {
  skip: process.getuid?.() !== 0 && 'only as root',
}, async () => {
  const shut = mkdtempSync(join(tmpdir(), 'concord-shut-'));
  const dataDir = join(shut, 'data');
  try {
    for (const _ of [1, 2]) {
      const database = await openDatabase({ dataDir });
      assert.equal(await countOf(database), 0);
      process.kill(database.pid ?? 0, 'SIGKILL');
      await new Promise<void>((resolve) => database.onUp(resolve));
      assert.equal(await countOf(database), 0);
      await database.close();
    }
    const orphan = await startPostgres(await openCluster(dataDir), await freePort());
    const database = await openDatabase({ dataDir });
    assert.equal(isAlive(orphan.pid ?? 0), false);
    await database.close();
    assert.ok(existsSync(join(dataDir, 'postgres', 'PG_VERSION')));
    assert.equal(statSync(shut).mode & 0o777, 0o700);
  } finally {
    rmSync(shut, { recursive: true, force: true });
  }
});

test('programs that the account cannot reach are copied once, whoever comes first', () => {
  const shelf = join(folder, 'shelf');
  const copies = [1, 2].map(() => copiedBinaries(installedBinaries(), shelf));
  assert.deepEqual(copies[0], copies[1]);
  assert.deepEqual(
    readdirSync(shelf).map((name) => name.replace(/-[0-9].*/, '')),
    ['postgresql'],
  );
  const links = join(folder, 'shelf-links');
  libraryLinks(copies[0] as Binaries, links);
  const env = libraryPath(copies[0] as Binaries, links);
  const { stdout } = spawnSync((copies[0] as Binaries).initdb, ['--version'], { env, encoding: 'utf8' });
  assert.match(stdout, /^initdb \(PostgreSQL\) \d+/);
});
