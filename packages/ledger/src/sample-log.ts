import { type Checkpoint, signCheckpoint } from './checkpoint.ts';
import { commit } from './commitment.ts';
import { LogWriter } from './log-writer.ts';
import { createNoteSigner, type NoteSigner } from './note-key.ts';
import type { Receipt } from './receipt.ts';
import { encodeReceipt } from './receipt-codec.ts';

/** Logs in memory for the tests of this package. */

export const ORIGIN = 'node.example/ledger/strait-watch';

export const signerOf = async (name: string, filler: number): Promise<NoteSigner> =>
  await createNoteSigner(name, new Uint8Array(32).fill(filler));

export const receipt = (n: number): Receipt => ({
  v: 1,
  kind: 'open',
  log: 'strait-watch',
  at: new Date(Date.UTC(2027, 0, 1) + n).toISOString(),
  epoch: n,
  session: `s${n}`,
  officer: commit(new Uint8Array(16).fill(n), 'ada@alder'),
  clauses: ['live-gnss'],
});

export type SampleLog = {
  readonly files: Map<string, Uint8Array>;
  readonly read: (path: string) => Promise<Uint8Array | undefined>;
  readonly writer: LogWriter;
  readonly signer: NoteSigner;
  /** Appends receipts, stores the tiles and signs a checkpoint, which is returned. */
  readonly grow: (count: number) => Promise<Uint8Array>;
};

export async function sampleLog(...counts: readonly number[]): Promise<SampleLog> {
  const files = new Map<string, Uint8Array>();
  const signer = await signerOf(ORIGIN, 1);
  const writer = new LogWriter();
  const log: SampleLog = {
    files,
    read: async (path) => files.get(path),
    writer,
    signer,
    grow: async (count) => {
      for (let i = 0; i < count; i += 1) writer.append(encodeReceipt(receipt(writer.size)));
      return await store(files, writer, signer);
    },
  };
  for (const count of counts) await log.grow(count);
  return log;
}

export async function store(
  files: Map<string, Uint8Array>,
  writer: LogWriter,
  signer: NoteSigner,
): Promise<Uint8Array> {
  const update = writer.take();
  for (const { path, bytes } of update.files) files.set(path, bytes);
  const head: Checkpoint = { origin: ORIGIN, size: update.size, root: update.root };
  const checkpoint = await signCheckpoint(head, [signer]);
  files.set('checkpoint', checkpoint);
  for (const path of update.superseded) files.delete(path);
  return checkpoint;
}
