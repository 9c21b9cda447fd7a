import { readFileSync } from 'node:fs';
import {
  LedgerError,
  parseCheckpoint,
  type ReadResource,
  type VerifierKey,
  verifyLog,
} from '@concord/ledger';
import { clientOptions, clientUsage } from '../client-options.ts';
import { dataFolder } from '../data-folder.ts';
import { keysOf, nodeKey } from '../log-keys.ts';
import { heldLog, logSource } from '../log-source.ts';
import { options, print, say, UsageError } from '../verb.ts';

export const usage = `ledger verify URL|DIR [--key FILE] [--previous FILE] [--token T]

Checks a log of receipts from its checkpoint down to every byte that it covers: signatures, every tile, every entry, the
root. Prints {ok, origin, size, root, signedBy, kinds, findings:[{code, where, why}]}; the exit status is 0 where all is
well, 1 where there are findings, 2 where there is no log to check.

  URL             such as http://localhost:8080/ledger/strait-watch
  DIR             a folder with checkpoint and tile/… (C2SP tlog-tiles)
  --key FILE      the log's verifier key (name+hash+base64); keys on further lines must have cosigned
  --previous FILE an earlier checkpoint of the same log, which this one must extend

Without --key signatures are not checked, but with --as or --data: then the node's own key is taken.

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    ...clientOptions,
    key: { type: 'string' },
    previous: { type: 'string' },
  });
  const [place] = positionals;
  if (place === undefined || positionals.length > 1) throw new UsageError('say which log: its URL or folder');
  const previousCheckpoint = values.previous === undefined ? undefined : bytesOf(values.previous);
  const given = values.key === undefined ? undefined : keysOf(values.key);
  const read = await heldLog(await logSource(place, values));
  if ((await read('checkpoint')) === undefined) {
    say(`concord: ${place}: there is no checkpoint there for you`);
    return 2;
  }
  const operator = values.as !== undefined || values.data !== undefined;
  const own = given === undefined && operator ? await ownKey(read, dataFolder(values.data)) : undefined;
  const [key, ...cosigners] = given ?? (own ? [own] : []);
  if (key === undefined) say('concord: no key: the signatures are not checked');
  const report = await verifyLog(read, {
    ...(key && { keys: [key], origin: key.name }),
    cosigners,
    ...(previousCheckpoint && { previousCheckpoint }),
  });
  const { ok, origin, size, root, signedBy, kinds, findings } = report;
  await print({
    ok,
    origin: origin ?? null,
    size,
    root: root === undefined ? null : Buffer.from(root).toString('base64'),
    signedBy: signedBy.map((one) => one.key.name),
    kinds,
    findings,
  });
  return ok ? 0 : 1;
}

/** The node's key for the log that this is, by the name that the log gives itself. */
async function ownKey(read: ReadResource, dataDir: string): Promise<VerifierKey | undefined> {
  const checkpoint = await read('checkpoint');
  try {
    return checkpoint && (await nodeKey(dataDir, parseCheckpoint(checkpoint).origin));
  } catch (cause) {
    // A checkpoint that cannot be read is a finding of the check.
    if (cause instanceof LedgerError) return undefined;
    throw cause;
  }
}

function bytesOf(path: string): Uint8Array {
  try {
    return readFileSync(path);
  } catch (cause) {
    throw new UsageError(`${path}: ${(cause as NodeJS.ErrnoException).code ?? cause}`);
  }
}
