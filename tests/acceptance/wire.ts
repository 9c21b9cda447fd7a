import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** A frame as a client received it (RFC 6455, section 5.2). */
export interface WireFrame {
  readonly opcode: number;
  readonly payload: Buffer;
}

/** A frame of a client: masked, unless told otherwise. */
export function clientFrame(
  payload: Buffer | string,
  { opcode = 1, masked = true, first = 0x80 }: { opcode?: number; masked?: boolean; first?: number } = {},
): Buffer {
  const bytes = Buffer.from(payload);
  const { length } = bytes;
  const head = Buffer.alloc(length < 126 ? 2 : length < 65_536 ? 4 : 10);
  head[0] = first | opcode;
  head[1] = (masked ? 0x80 : 0) | (length < 126 ? length : length < 65_536 ? 126 : 127);
  if (head.length === 4) head.writeUInt16BE(length, 2);
  if (head.length === 10) head.writeBigUInt64BE(BigInt(length), 2);
  if (!masked) return Buffer.concat([head, bytes]);
  const mask = randomBytes(4);
  for (let i = 0; i < length; i++) bytes[i]! ^= mask[i & 3]!;
  return Buffer.concat([head, mask, bytes]);
}

/** Takes frames of a server out of a stream of bytes. */
export class FrameReader {
  #rest: Buffer = Buffer.alloc(0);

  push(bytes: Buffer): WireFrame[] {
    this.#rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    const found: WireFrame[] = [];
    for (;;) {
      const { length } = this.#rest;
      if (length < 2) return found;
      const short = this.#rest[1]! & 0x7f;
      const head = short === 126 ? 4 : short === 127 ? 10 : 2;
      if (length < head) return found;
      const size =
        short === 126
          ? this.#rest.readUInt16BE(2)
          : short === 127
            ? Number(this.#rest.readBigUInt64BE(2))
            : short;
      if (length < head + size) return found;
      found.push({ opcode: this.#rest[0]! & 0x0f, payload: this.#rest.subarray(head, head + size) });
      this.#rest = this.#rest.subarray(head + size);
    }
  }
}

/** A WebSocket on a bare socket, so that a client may read, pause and misbehave as a library would not let it. */
export interface Wire {
  readonly socket: Socket;
  /** Status of the answer to the upgrade; 101 where it became a WebSocket. */
  readonly status: number;
  readonly closed: boolean;
  send(message: unknown): void;
  onFrame(listener: (frame: WireFrame) => void): void;
  ended(): Promise<void>;
}

/** Connects to `/live` of a node on the loopback. */
export async function openWire(
  port: number,
  headers: Readonly<Record<string, string>>,
  path = '/live',
): Promise<Wire> {
  const socket = connect(port, '127.0.0.1');
  socket.setNoDelay(true);
  let closed = false;
  const over = new Promise<void>((resolve) => {
    socket.once('close', () => {
      closed = true;
      resolve();
    });
  });
  socket.on('error', () => undefined);
  const lines = [
    `GET ${path} HTTP/1.1`,
    `Host: localhost:${port}`,
    'Connection: Upgrade',
    'Upgrade: websocket',
    'Sec-WebSocket-Version: 13',
    `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`,
    ...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
  ];
  socket.write(`${lines.join('\r\n')}\r\n\r\n`);
  const listeners: ((frame: WireFrame) => void)[] = [];
  const early: WireFrame[] = [];
  const reader = new FrameReader();
  const give = (bytes: Buffer) => {
    for (const frame of reader.push(bytes)) {
      if (listeners.length === 0) early.push(frame);
      else for (const listener of listeners) listener(frame);
    }
  };
  const status = await new Promise<number>((resolve) => {
    let answer = Buffer.alloc(0);
    void over.then(() => resolve(0));
    const take = (bytes: Buffer) => {
      answer = Buffer.concat([answer, bytes]);
      const end = answer.indexOf('\r\n\r\n');
      if (end < 0) return;
      socket.off('data', take);
      socket.on('data', give);
      const rest = answer.subarray(end + 4);
      const found = Number(answer.toString('latin1', 9, 12));
      if (found === 101 && rest.length > 0) give(rest);
      resolve(found);
    };
    socket.on('data', take);
  });
  return {
    socket,
    status,
    get closed() {
      return closed;
    },
    send: (message) => {
      if (!closed) socket.write(clientFrame(JSON.stringify(message)));
    },
    onFrame: (listener) => {
      listeners.push(listener);
      for (const frame of early.splice(0)) listener(frame);
    },
    ended: () => over,
  };
}
