import { equalBytes } from './bytes.ts';
import { openCheckpoint, parseCheckpoint, type SignedCheckpoint } from './checkpoint.ts';
import { LedgerError } from './error.ts';
import type { Finding, Report } from './finding.ts';
import type { ReadResource } from './log-reader.ts';
import type { VerifiedSignature } from './note.ts';
import { verifyNote } from './note.ts';
import type { VerifierKey } from './note-key.ts';
import { walkTiles } from './walk-tiles.ts';

export type VerifyOptions = {
  /** The log's keys; without any, signatures stay unchecked and `signedBy` is empty. */
  readonly keys?: readonly VerifierKey[];
  /** Keys that must have cosigned, each of them. */
  readonly cosigners?: readonly VerifierKey[];
  /** The origin line that is expected. */
  readonly origin?: string;
  /** An older checkpoint of the same log, which this one must extend; under the same keys. */
  readonly previousCheckpoint?: Uint8Array;
  /** Whether entries must be receipts of one agreement; on by default, off for logs of other things. */
  readonly receipts?: boolean;
  /** Called after each bundle. */
  readonly onProgress?: (entries: number, size: number) => void;
};

/** What a check of a whole log came to. */
export type LogReport = {
  readonly ok: boolean;
  readonly origin: string | undefined;
  readonly size: number;
  /** The root that was recomputed from the entries' hashes; undefined where it could not be. */
  readonly root: Uint8Array | undefined;
  readonly signedBy: readonly VerifiedSignature[];
  /** Receipts of each kind. */
  readonly kinds: Readonly<Record<string, number>>;
  readonly findings: readonly Finding[];
};

/** Beyond this many findings the rest is counted only. */
const MAX_FINDINGS = 1000;

/**
 * Checks a log from its checkpoint down to every byte that the checkpoint covers: signatures, every tile, every
 * entry, the root, and that an earlier checkpoint is a prefix. Does not throw on a bad log: it reports. Memory stays
 * the same whatever the size.
 */
export async function verifyLog(read: ReadResource, options: VerifyOptions = {}): Promise<LogReport> {
  const findings: Finding[] = [];
  let beyond = 0;
  const report: Report = (code, where, why) => {
    if (findings.length < MAX_FINDINGS) findings.push({ code, where, why });
    else beyond += 1;
  };
  const kinds: Record<string, number> = {};
  const done = (over: Partial<LogReport>): LogReport => {
    if (beyond > 0) findings.push({ code: 'more-findings', where: '', why: `and ${beyond} more` });
    const blank = { origin: undefined, size: 0, root: undefined, signedBy: [] };
    return { ...blank, ...over, kinds, findings, ok: findings.length === 0 };
  };

  const head = await readHead(read, options, report);
  if (head === undefined) return done({});
  const { checkpoint, signedBy } = head;
  const previous = await readPrevious(checkpoint, options, report);
  const walk = await walkTiles(read, checkpoint, { report, kinds, previous: previous?.size, ...options });
  if (walk.root !== undefined && !equalBytes(walk.root, checkpoint.root))
    report('root', 'checkpoint', 'the leaves do not add up to the root that was signed');
  if (
    previous !== undefined &&
    walk.previousRoot !== undefined &&
    !equalBytes(walk.previousRoot, previous.root)
  )
    report(
      'forked',
      'checkpoint',
      `the first ${previous.size} entries are not those of the earlier checkpoint`,
    );
  return done({ origin: checkpoint.origin, size: checkpoint.size, root: walk.root, signedBy });
}

type Head = { checkpoint: SignedCheckpoint; signedBy: readonly VerifiedSignature[] };

async function readHead(
  read: ReadResource,
  options: VerifyOptions,
  report: Report,
): Promise<Head | undefined> {
  let bytes: Uint8Array | undefined;
  let checkpoint: SignedCheckpoint;
  try {
    bytes = await read('checkpoint');
  } catch (error) {
    report('read', 'checkpoint', messageOf(error));
    return undefined;
  }
  if (bytes === undefined) {
    report('checkpoint-missing', 'checkpoint', 'the log serves no checkpoint');
    return undefined;
  }
  try {
    checkpoint = parseCheckpoint(bytes);
  } catch (error) {
    report('checkpoint-syntax', 'checkpoint', messageOf(error));
    return undefined;
  }
  if (options.origin !== undefined && checkpoint.origin !== options.origin)
    report('checkpoint-origin', 'checkpoint', `of ${checkpoint.origin}, and not of ${options.origin}`);
  const signedBy: VerifiedSignature[] = [];
  await checkSignatures(checkpoint, 'signature', options.keys ?? [], 1, signedBy, report);
  const cosigners = options.cosigners ?? [];
  await checkSignatures(checkpoint, 'cosignature', cosigners, cosigners.length, signedBy, report);
  return { checkpoint, signedBy };
}

async function checkSignatures(
  checkpoint: SignedCheckpoint,
  code: 'signature' | 'cosignature',
  keys: readonly VerifierKey[],
  wanted: number,
  into: VerifiedSignature[],
  report: Report,
): Promise<void> {
  if (keys.length === 0) return;
  try {
    const found = await verifyNote(checkpoint, keys);
    into.push(...found);
    const absent = keys.filter((key) => !found.some((one) => one.key === key)).map((key) => key.name);
    if (found.length < wanted) report(code, 'checkpoint', `not signed by ${absent.join(', ')}`);
  } catch (error) {
    report(code, 'checkpoint', messageOf(error));
  }
}

async function readPrevious(
  checkpoint: SignedCheckpoint,
  { previousCheckpoint, keys }: VerifyOptions,
  report: Report,
): Promise<SignedCheckpoint | undefined> {
  if (previousCheckpoint === undefined) return undefined;
  let previous: SignedCheckpoint;
  try {
    previous = parseCheckpoint(previousCheckpoint);
    if (keys !== undefined && keys.length > 0) await openCheckpoint(previousCheckpoint, keys);
  } catch (error) {
    report('previous-checkpoint', 'previous checkpoint', messageOf(error));
    return undefined;
  }
  if (previous.origin !== checkpoint.origin) {
    report('previous-checkpoint', 'previous checkpoint', `of another log, ${previous.origin}`);
    return undefined;
  }
  if (previous.size > checkpoint.size) {
    report('shrunk', 'checkpoint', `${checkpoint.size} entries where there were ${previous.size}`);
    return undefined;
  }
  return previous;
}

const messageOf = (error: unknown): string =>
  error instanceof LedgerError ? `${error.code}: ${error.message}` : String(error);
