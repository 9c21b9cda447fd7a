import { closeSync, fstatSync, openSync, readSync } from 'node:fs';
import { basename } from 'node:path';
import { UsageError } from '../verb.ts';

/** A recording in a file: read by place, for what is not known to be durable may have to be sent again. */
export class Recording implements Disposable {
  readonly path: string;
  /** Its name without folders: what the server is told of where it comes from. */
  readonly name: string;
  /** Bytes when it was opened; what is written to it afterwards is not of this recording. */
  readonly size: number;
  readonly #file: number;

  constructor(path: string) {
    if (path === '-')
      throw new UsageError('a recording is read again where it has to be: give a file, not standard input');
    try {
      this.#file = openSync(path, 'r');
    } catch (cause) {
      throw new UsageError(`${path} cannot be read: ${(cause as NodeJS.ErrnoException).code ?? cause}`);
    }
    const facts = fstatSync(this.#file);
    if (!facts.isFile()) {
      closeSync(this.#file);
      throw new UsageError(`${path} is no file`);
    }
    this.path = path;
    this.name = basename(path).slice(0, 200);
    this.size = facts.size;
  }

  /** Bytes from an offset on: `length` of them, fewer at the end only. */
  read(offset: number, length: number): Uint8Array {
    const bytes = Buffer.allocUnsafe(Math.max(0, Math.min(length, this.size - offset)));
    let filled = 0;
    while (filled < bytes.length) {
      const count = readSync(this.#file, bytes, filled, bytes.length - filled, offset + filled);
      if (count === 0) throw new Error(`${this.path} has been cut short to ${offset + filled} bytes`);
      filled += count;
    }
    return bytes;
  }

  [Symbol.dispose](): void {
    closeSync(this.#file);
  }
}
