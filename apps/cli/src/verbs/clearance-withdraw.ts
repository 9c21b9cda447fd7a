import { withdrawClearance } from '@concord/authority';
import { isPartyId } from '@concord/label';
import { actOptions, post, reasonOf, wordOf } from '../act.ts';
import { clientUsage } from '../client-options.ts';
import { readPartyKey } from '../party-key.ts';
import { options, printText, UsageError } from '../verb.ts';

export const usage = `clearance withdraw ID --party PARTY --key KEY.jwk --reason TEXT [--as OFFICER]

Signs the withdrawal of a certificate of your party. With --as it is handed in: grants that rest on the certificate end
before the answer, {epoch, at, cutoffs}. Without, the signed statement, a JWS, is printed, and nothing else happens.

  --party PARTY   who has issued it
  --key FILE      the party's private Ed25519 key, a JWK
  --reason TEXT   why; it is recorded
${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    ...actOptions,
    party: { type: 'string' },
    key: { type: 'string' },
  });
  const [id, ...more] = positionals;
  if (id === undefined || more.length > 0)
    throw new UsageError('clearance withdraw takes one certificate, by its id');
  const { party = '' } = values;
  if (!isPartyId(party)) throw new UsageError('say who has issued it: --party PARTY');
  const key = await readPartyKey(values.key);
  const statement = { party, clearance: id, at: Date.now(), reason: reasonOf(values) };
  const withdrawal = await withdrawClearance(statement, key);
  if (values.as === undefined && values.token === undefined) {
    await printText(`${withdrawal}\n`);
    return 0;
  }
  return await post(values, `/api/clearances/${wordOf(id)}/withdraw`, { withdrawal });
}
