import { createReadStream, statSync } from 'node:fs';
import { UsageError } from './verb.ts';

const PIECE_BYTES = 256 * 1024;

/** How an input is called in messages. */
export const inputName = (path: string): string => (path === '-' ? 'standard input' : path);

/**
 * The bytes of a file, or of standard input for `-`, piece by piece.
 *
 * @throws UsageError where it cannot be read
 */
export async function* bytesOf(path: string): AsyncGenerator<Uint8Array, void, undefined> {
  if (path !== '-') checkFile(path);
  const stream = path === '-' ? process.stdin : createReadStream(path, { highWaterMark: PIECE_BYTES });
  try {
    for await (const piece of stream as AsyncIterable<Buffer>) yield piece;
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

/** A whole input as text, for forms that are small; `UsageError` where it is larger than `most` bytes. */
export async function textOf(path: string, most = 256 * 1024 * 1024): Promise<string> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytesOf(path)) {
    size += piece.length;
    if (size > most) throw new UsageError(`${inputName(path)} has over ${most} bytes`);
    pieces.push(piece);
  }
  return Buffer.concat(pieces).toString('utf8');
}

/** The first bytes of an input, and all of its bytes with these. */
export async function peek(
  path: string,
  most: number,
): Promise<{ head: Uint8Array; bytes: AsyncGenerator<Uint8Array, void, undefined> }> {
  const source = bytesOf(path);
  const pieces: Uint8Array[] = [];
  let size = 0;
  while (size < most) {
    const { done, value } = await source.next();
    if (done) break;
    pieces.push(value);
    size += value.length;
  }
  async function* all(): AsyncGenerator<Uint8Array, void, undefined> {
    yield* pieces;
    yield* source;
  }
  return { head: Buffer.concat(pieces).subarray(0, most), bytes: all() };
}

/** @throws UsageError where there is no file of that name */
function checkFile(path: string): void {
  try {
    if (statSync(path).isDirectory()) throw new UsageError(`${path} is a folder, not a file`);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function unreadable(path: string, cause: unknown): unknown {
  const { code } = cause as NodeJS.ErrnoException;
  if (cause instanceof UsageError || code === undefined) return cause;
  const why = code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'it may not be read' : code;
  return new UsageError(`${inputName(path)}: ${why}`);
}
