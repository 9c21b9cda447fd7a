import {
  decodeReceipt,
  formatProof,
  LedgerError,
  parseCheckpoint,
  prove,
  verifyProof,
} from '@concord/ledger';
import { clientOptions, clientUsage } from '../client-options.ts';
import { keysOf } from '../log-keys.ts';
import { heldLog, logSource } from '../log-source.ts';
import { options, print, printText, say, UsageError } from '../verb.ts';

export const usage = `ledger prove RECEIPT --log URL|DIR [--key FILE] [--text] [--token T]

The proof that a receipt is in a log: {index, size, root, receipt, entry, proof}. RECEIPT is its index in the log, from
0; entry is the receipt's own text, of which the proof is; proof is a C2SP tlog-proof, to be kept beside it and checked
offline against the log's key.

  --log URL|DIR  the log, as for concord ledger verify
  --key FILE     the log's verifier key, by which the proof is checked before it is printed
  --text         prints the proof alone, as it is kept

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    ...clientOptions,
    log: { type: 'string' },
    key: { type: 'string' },
    text: { type: 'boolean', default: false },
  });
  const [receipt = ''] = positionals;
  if (positionals.length !== 1 || !/^\d{1,15}$/.test(receipt))
    throw new UsageError('say which receipt: its index in the log, a number from 0');
  if (values.log === undefined) throw new UsageError('say in which log: --log URL or DIR');
  const keys = values.key === undefined ? undefined : keysOf(values.key).slice(0, 1);
  const read = await heldLog(await logSource(values.log, values));
  if ((await read('checkpoint')) === undefined) {
    say(`concord: ${values.log}: there is no checkpoint there for you`);
    return 2;
  }
  try {
    const { entry, proof } = await prove(read, Number(receipt));
    if (keys) await verifyProof(entry, proof, keys);
    const text = Buffer.from(formatProof(proof)).toString('utf8');
    if (values.text) {
      await printText(text);
      return 0;
    }
    const { size, root } = parseCheckpoint(proof.checkpoint);
    await print({
      index: proof.index,
      size,
      root: Buffer.from(root).toString('base64'),
      receipt: decodeReceipt(entry),
      entry: Buffer.from(entry).toString('utf8'),
      proof: text,
    });
    return 0;
  } catch (cause) {
    if (!(cause instanceof LedgerError)) throw cause;
    say(`concord: ${cause.code}: ${cause.message}`);
    return cause.code === 'index' ? 2 : 1;
  }
}
