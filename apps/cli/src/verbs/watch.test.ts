import assert from 'node:assert/strict';
import { type TestContext, test } from 'node:test';
import { concord, start } from '../cli.testing.ts';
import { type LiveClient, liveServer } from '../live-server.testing.ts';

const STREAM = 'alder/exercise/gnss.position';
const item = (n: number, filler = '') => ({
  type: 'item',
  cursor: `c${n}`,
  id: `i${n}`,
  stream: STREAM,
  item: { filler },
});
const isSubscribe = ({ type }: Record<string, unknown>) => type === 'subscribe';
const isAck = (cursor: string) => (message: Record<string, unknown>) =>
  message['type'] === 'ack' && message['cursor'] === cursor;

async function serving(
  t: TestContext,
  serve: (client: LiveClient, connection: number) => Promise<unknown>,
  options?: Parameters<typeof liveServer>[1],
): Promise<{ url: string; failures: unknown[] }> {
  const failures: unknown[] = [];
  const server = await liveServer(
    (client, n) => serve(client, n).catch((cause) => failures.push(cause)),
    options,
  );
  t.after(() => server.close());
  return { url: server.url, failures };
}

test('prints each item as it came, says the rest on standard error, and ends after as many as asked for', async (t) => {
  let authorization: unknown;
  let subscription: unknown;
  const { url } = await serving(t, async (client) => {
    authorization = client.headers['authorization'];
    subscription = await client.until(isSubscribe);
    client.send({ type: 'phase', phase: 'live' }, item(1), item(2));
    client.send(item(3), item(4));
  });
  const { status, stdout, stderr, lines } = await concord([
    ...['watch', STREAM, '--token', 'T', '--url', url, '--count', '3', '--from-latest'],
  ]);
  assert.equal(status, 0, stderr);
  assert.equal(authorization, 'Bearer T');
  assert.deepEqual(subscription, { type: 'subscribe', streams: [STREAM], from: 'latest' });
  assert.deepEqual(lines(), [item(1), item(2), item(3)]);
  assert.ok(stdout.endsWith('\n'));
  assert.match(stderr, /"phase":"live"/);
});

test('acknowledges what it has printed soon, and every 32 KiB at once', async (t) => {
  let soon = 0;
  let atOnce = 0;
  const { url, failures } = await serving(t, async (client) => {
    await client.until(isSubscribe);
    const first = performance.now();
    client.send(item(1));
    await client.until(isAck('c1'));
    soon = performance.now() - first;
    // By the clock alone each of these would take 200 ms.
    const second = performance.now();
    for (let n = 2; n < 22; n++) {
      client.send(item(n, 'x'.repeat(40_000)));
      await client.until(isAck(`c${n}`));
    }
    atOnce = performance.now() - second;
    client.send(item(22));
  });
  const { status } = await concord(['watch', '*', '--token', 'T', '--url', url, '--count', '22']);
  assert.deepEqual(failures, []);
  assert.equal(status, 0);
  assert.ok(soon < 1000, `${soon} ms`);
  assert.ok(atOnce < 20 * 150, `${atOnce} ms for 20 acknowledgements`);
});

test('a cut is acknowledged at once; nothing is left to watch after it', async (t) => {
  let answered = Number.NaN;
  const { url, failures } = await serving(t, async (client) => {
    await client.until(isSubscribe);
    client.send(item(1));
    const asked = performance.now();
    client.send({ type: 'cut', stream: STREAM, cursor: 'c9' });
    await client.until(isAck('c9'));
    answered = performance.now() - asked;
  });
  const { status, stderr, lines } = await concord(['watch', STREAM, '--token', 'T', '--url', url]);
  assert.deepEqual(failures, []);
  assert.ok(answered < 150, `${answered} ms`);
  assert.equal(status, 1);
  assert.deepEqual(lines(), [item(1)], 'what came before the cut was released');
  assert.match(stderr, /no stream left to watch/);
});

test('goes on behind the last item after a lost connection', async (t) => {
  const cursors: unknown[] = [];
  const { url } = await serving(t, async (client, connection) => {
    cursors.push((await client.until(isSubscribe))['cursor']);
    client.send({ type: 'phase', phase: 'live' }, item(2 * connection - 1), item(2 * connection));
    if (connection < 3) setTimeout(() => client.socket.terminate(), 50);
  });
  const args = ['watch', STREAM, '--token', 'T', '--url', url, '--from-latest', '--count', '6'];
  const { status, lines } = await concord(args);
  assert.equal(status, 0);
  assert.deepEqual(cursors, [undefined, 'c2', 'c4']);
  assert.deepEqual(
    lines().map(({ id }) => id),
    ['i1', 'i2', 'i3', 'i4', 'i5', 'i6'],
  );
});

test('the newest of each series are asked for again where the connection broke among them', async (t) => {
  const asked: unknown[] = [];
  const { url } = await serving(t, async (client, connection) => {
    const { from, cursor } = await client.until(isSubscribe);
    asked.push({ from, cursor });
    client.send(item(1));
    if (connection === 1) setTimeout(() => client.socket.terminate(), 50);
    else client.send(item(2));
  });
  await concord(['watch', '*', '--token', 'T', '--url', url, '--from-latest', '--count', '3']);
  assert.deepEqual(asked, [
    { from: 'latest', cursor: undefined },
    { from: 'latest', cursor: undefined },
  ]);
});

test('--once ends with the connection, Ctrl-C without a complaint', async (t) => {
  const { url } = await serving(t, async (client) => {
    const { cursor } = await client.until(isSubscribe);
    client.send(item(1));
    if (cursor === 'once') setTimeout(() => client.socket.close(), 50);
    else setTimeout(() => running.kill('SIGINT'), 50);
  });
  const once = await concord(['watch', '*', '--token', 'T', '--url', url, '--once', '--cursor', 'once']);
  assert.equal(once.status, 0, once.stderr);
  const running = start(['watch', '*', '--token', 'T', '--url', url]);
  const { status, lines, stderr } = await running.ended;
  assert.equal(status, 0, stderr);
  assert.deepEqual(lines(), [item(1)]);
});

test('a stream that is not there, a token that is not good and a server that is away end it', async (t) => {
  const { url } = await serving(t, async (client) => {
    await client.until(isSubscribe);
    client.send({ type: 'error', code: 'no-such-stream', message: 'there is none', stream: STREAM });
  });
  const absent = await concord(['watch', STREAM, '--token', 'T', '--url', url]);
  assert.equal(absent.status, 1);
  assert.match(absent.stderr, /no-such-stream/);
  const closed = await serving(t, async () => {}, { accepts: () => false });
  const refused = await concord(['watch', STREAM, '--token', 'T', '--url', closed.url]);
  assert.equal(refused.status, 1);
  assert.match(refused.stderr, /does not accept this token/);
  const away = await concord(['watch', STREAM, '--token', 'T', '--url', 'http://127.0.0.1:9']);
  assert.equal(away.status, 1);
  assert.match(away.stderr, /does not answer/);
});

test('it has to be said which streams, and who watches', async () => {
  const ran = await Promise.all([
    concord(['watch', '--token', 'T']),
    concord(['watch', '*']),
    concord(['watch', '*', '--token', 'T', '--count', '0']),
    concord(['watch', '*', '--token', 'T', '--as', 'ada@alder']),
  ]);
  assert.deepEqual(
    ran.map(({ status }) => status),
    [2, 2, 2, 2],
  );
});
