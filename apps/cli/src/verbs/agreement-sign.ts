import { signAgreement } from '@concord/authority';
import type { PartyId } from '@concord/label';
import { readPolicies } from '../agreement/files.ts';
import { readVersion } from '../agreement/version-file.ts';
import { readPartyKey } from '../party-key.ts';
import { options, printText, say, UsageError } from '../verb.ts';

export const usage = `agreement sign FILE --party PARTY --key KEY.jwk [--policy FILE]…

Signs a version of an agreement for a party and prints the signature, a JWS. Offline, on the party's own side: the key
stays there. Signed are the hashes of the text and of the files that it names, with agreement, version and party, as
canonical JSON (RFC 8785). concord agreement hand-in takes the signature to a server.

  --party PARTY  one of the agreement's parties
  --key FILE     the party's private Ed25519 key, a JWK
  --policy FILE  a classification policy, as for concord agreement check`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    party: { type: 'string' },
    key: { type: 'string' },
    policy: { type: 'string', multiple: true },
  });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError('agreement sign takes one file');
  const key = await readPartyKey(values.key);
  const { terms, of } = await readVersion(path, await readPolicies(values.policy));
  const party = terms.parties.find((one) => one.id === values.party)?.id;
  if (!party) throw new UsageError(`--party is one of ${terms.parties.map((one) => one.id).join(', ')}`);
  await printText(`${await signAgreement(of, party as PartyId, key)}\n`);
  say(`${terms.title}, ${terms.id} version ${terms.version}, signed for ${party}`);
  return 0;
}
