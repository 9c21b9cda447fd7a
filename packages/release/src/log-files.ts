import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import {
  createNoteSigner,
  formatVerifierKey,
  LogReader,
  LogWriter,
  type NoteSigner,
  parseCheckpoint,
  signCheckpoint,
} from '@concord/ledger';
import { ReleaseError } from './error.ts';
import type { ReceiptEntry } from './receipts.ts';

export interface LogFilesOptions {
  /** Folder that holds a folder a log. */
  readonly dir: string;
  /** Name of the node in checkpoint origins and keys: no spaces, no plus. */
  readonly node: string;
  /** Seed of the node's Ed25519 key, 32 bytes. */
  readonly seed: Uint8Array;
  /** Leaves of a log that are durable in the record, in order, from an index on. */
  readonly leaves: (log: string, from: number, limit: number) => Promise<readonly Uint8Array[]>;
  /** Logs that the record knows. */
  readonly logs: () => Promise<readonly string[]>;
  readonly now: () => number;
  readonly onError: (cause: unknown) => void;
}

interface Log {
  readonly signer: NoteSigner;
  writer: LogWriter;
  state: { size: number; root: string; at: string };
  dirty: boolean;
}

const CHECKPOINT_MS = 1000;
/** A partial tile that was superseded stays this long for whoever reads by an older checkpoint. */
const SUPERSEDED_MS = 60_000;
const LEAVES = 5000;

const notThere = (cause: unknown): undefined => {
  if ((cause as { code?: string }).code === 'ENOENT') return undefined;
  throw cause;
};

/**
 * The logs of receipts as files of C2SP tlog-tiles. The record (the database) is ahead of the files, never behind: a
 * start goes on where the files end. Tiles are written first, then the checkpoint, whole or not at all.
 */
export class LogFiles {
  readonly #options: LogFilesOptions;
  readonly #logs = new Map<string, Promise<Log>>();
  readonly #ready = new Map<string, Log>();
  #superseded: { readonly path: string; readonly at: number }[] = [];
  #timer: NodeJS.Timeout | undefined;
  #writing: Promise<void> = Promise.resolve();

  constructor(options: LogFilesOptions) {
    this.#options = options;
  }

  /** Brings every log up to its record and keeps it there. */
  async open(): Promise<void> {
    const { logs, dir } = this.#options;
    // Also those of which there are files alone: the record may be older than they are.
    const names = new Set([...(await logs()), ...((await readdir(dir).catch(notThere)) ?? [])]);
    for (const log of names) (await this.#log(log)).dirty = true;
    await this.publish();
    this.#timer = setInterval(() => void this.publish().catch(this.#options.onError), CHECKPOINT_MS);
    this.#timer.unref();
  }

  #log(log: string): Promise<Log> {
    let opened = this.#logs.get(log);
    if (!opened) {
      opened = this.#resume(log);
      this.#logs.set(log, opened);
      opened.then(
        (one) => this.#ready.set(log, one),
        () => this.#logs.delete(log),
      );
    }
    return opened;
  }

  async #resume(log: string): Promise<Log> {
    const signer = await createNoteSigner(this.origin(log), this.#options.seed);
    const bytes = await this.read(log, 'checkpoint');
    const read = (path: string) => this.read(log, path);
    const writer = bytes ? await LogWriter.resume(read, parseCheckpoint(bytes)) : new LogWriter();
    await this.#agree(log, writer.size);
    return { signer, writer, state: { size: 0, root: '', at: '' }, dirty: true };
  }

  /**
   * What has been signed is in the record, to the last leaf. A record that has been put back to an earlier time does
   * not know what it gave out since: going on would fork the log.
   * @throws ReleaseError `ledger-ahead`
   */
  async #agree(log: string, size: number): Promise<void> {
    if (size === 0) return;
    const { leaves } = this.#options;
    const [kept] = await leaves(log, size - 1, 1);
    const signed = await new LogReader((path) => this.read(log, path), size).entry(size - 1);
    if (kept && Buffer.compare(kept, signed) === 0) return;
    throw new ReleaseError(
      'ledger-ahead',
      `the log ${log} has ${size} signed receipts, and the database does not have ${kept ? 'the last of them' : 'that many'}: ` +
        'it is older than the log; put a newer backup back',
    );
  }

  /** The origin line of a log's checkpoints, which is the name of its key as well. */
  origin(log: string): string {
    return `${this.#options.node}/ledger/${log}`;
  }

  /** The key by which a log's checkpoints are verified (C2SP signed-note). */
  async verifierKey(log: string): Promise<string> {
    return formatVerifierKey((await this.#log(log)).signer.key);
  }

  /** Receipts that have become durable. */
  appended(entries: readonly ReceiptEntry[]): void {
    for (const log of new Set(entries.map((one) => one.log))) {
      const ready = this.#ready.get(log);
      if (ready) ready.dirty = true;
      else void this.#log(log).catch(this.#options.onError);
    }
  }

  /** Writes what is new and signs it. */
  publish(): Promise<void> {
    const next = this.#writing.then(() => this.#publish());
    this.#writing = next.catch(() => undefined);
    return next;
  }

  async #publish(): Promise<void> {
    const { leaves, now } = this.#options;
    for (const [name, log] of this.#ready) {
      if (!log.dirty) continue;
      log.dirty = false;
      try {
        for (;;) {
          const more = await leaves(name, log.writer.size, LEAVES);
          for (const leaf of more) log.writer.append(leaf);
          if (more.length < LEAVES) break;
        }
        const at = now();
        const { size, root, files, superseded } = log.writer.take();
        for (const { path, bytes } of files) await this.#write(name, path, bytes);
        const checkpoint = await signCheckpoint({ origin: this.origin(name), size, root }, [log.signer]);
        await this.#write(name, 'checkpoint', checkpoint);
        log.state = { size, root: Buffer.from(root).toString('base64'), at: new Date(at).toISOString() };
        this.#superseded.push(...superseded.map((path) => ({ path: this.#path(name, path), at })));
      } catch (cause) {
        log.dirty = true;
        throw cause;
      }
    }
    const limit = now() - SUPERSEDED_MS;
    const old = this.#superseded.filter((one) => one.at < limit);
    this.#superseded = this.#superseded.filter((one) => one.at >= limit);
    for (const { path } of old) await rm(path, { force: true });
  }

  async #write(log: string, path: string, bytes: Uint8Array): Promise<void> {
    const file = this.#path(log, path);
    await mkdir(dirname(file), { recursive: true });
    await writeFile(`${file}.new`, bytes);
    await rename(`${file}.new`, file);
  }

  #path(log: string, path: string): string {
    return join(this.#options.dir, log, path);
  }

  /** A file of a log; paths are checked by the door that takes them. */
  read(log: string, path: string): Promise<Uint8Array | undefined> {
    return readFile(this.#path(log, path)).catch(notThere);
  }

  state(log: string): { size: number; root: string; at: string } | undefined {
    return this.#ready.get(log)?.state;
  }

  async close(): Promise<void> {
    clearInterval(this.#timer);
    await this.publish().catch(this.#options.onError);
  }
}
