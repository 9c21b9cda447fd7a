import { createHash, randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/**
 * A thousand readers in a process of their own, as cheap as they can be: bare sockets that upgrade, count lines in
 * what they receive, and acknowledge the last cursor now and then. Told by messages of its parent.
 */
interface Order {
  readonly type: 'open' | 'expect';
  readonly port: number;
  readonly path: string;
  readonly tokens: readonly string[];
  readonly perToken: number;
  readonly subscribe: boolean;
  /** Lines that all clients together are to receive from now on. */
  readonly lines: number;
}

const ACK_BYTES = 31 * 1024;
const NEWLINE = 10;

let expected = Number.MAX_SAFE_INTEGER;
let received = 0;

function count(lines: number): void {
  received += lines;
  if (received < expected) return;
  expected = Number.MAX_SAFE_INTEGER;
  process.send?.({ type: 'all', at: performance.timeOrigin + performance.now() });
}

/** A masked text frame of a client (RFC 6455, section 5.2). */
function masked(text: string): Buffer {
  const payload = Buffer.from(text);
  const head =
    payload.length < 126
      ? Buffer.from([0x81, 0x80 | payload.length])
      : Buffer.from([0x81, 0xfe, payload.length >> 8, payload.length & 255]);
  const mask = randomBytes(4);
  for (let i = 0; i < payload.length; i++) payload[i]! ^= mask[i & 3]!;
  return Buffer.concat([head, mask, payload]);
}

function client(order: Order, token: string): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const socket = connect(order.port, '127.0.0.1');
    const key = createHash('sha1').update(String(Math.random())).digest().subarray(0, 16).toString('base64');
    socket.setNoDelay(true);
    socket.on('error', reject);
    socket.write(
      `GET ${order.path} HTTP/1.1\r\nHost: localhost:${order.port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
        `Sec-WebSocket-Key: ${key}\r\nSec-WebSocket-Version: 13\r\nAuthorization: Bearer ${token}\r\n\r\n`,
    );
    let open = false;
    let unacknowledged = 0;
    socket.on('data', (data: Buffer) => {
      if (!open) {
        const end = data.indexOf('\r\n\r\n');
        if (end < 0) return;
        if (!data.subarray(0, 12).toString().includes('101'))
          return reject(new Error(data.subarray(0, 60).toString()));
        open = true;
        if (order.subscribe) socket.write(masked('{"type":"subscribe","streams":["*"]}'));
        resolve(socket);
        return;
      }
      let lines = 0;
      for (let at = data.indexOf(NEWLINE); at >= 0; at = data.indexOf(NEWLINE, at + 1)) lines++;
      if (lines > 0) count(lines);
      if (!order.subscribe) return;
      const cut =
        data.length < 2000
          ? /"type":"cut".*"cursor":"([\w-]{43})"/.exec(data.toString('latin1'))?.[1]
          : undefined;
      if (cut) socket.write(masked(`{"type":"ack","cursor":"${cut}"}`));
      unacknowledged += data.length;
      if (unacknowledged < ACK_BYTES) return;
      const at = data.lastIndexOf('"cursor":"');
      const found = at < 0 ? '' : data.toString('latin1', at + 10, at + 53);
      if (found.length < 43) return;
      unacknowledged = 0;
      socket.write(masked(`{"type":"ack","cursor":"${found}"}`));
    });
  });
}

process.on('message', (order: Order) => {
  if (order.type === 'expect') {
    received = 0;
    expected = order.lines;
    process.send?.({ type: 'ready' });
    return;
  }
  void (async () => {
    for (const token of order.tokens) {
      for (let i = 0; i < order.perToken; i++) await client(order, token);
    }
    process.send?.({ type: 'open' });
  })().catch((cause: unknown) => {
    process.stderr.write(`${String(cause)}\n`);
    process.exit(1);
  });
});
