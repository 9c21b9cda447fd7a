import { createHash } from 'node:crypto';
import type { AgreementId, PartyId } from '@concord/label';
import { canonicalJson } from '@concord/ledger';
import type { JWK } from 'jose';
import { AuthorityError } from '../error.ts';
import { openStatement, signStatement } from './keys.ts';

/** The text of a version with whatever files it names: all that is signed. */
export interface VersionText {
  readonly agreement: AgreementId;
  readonly version: number;
  readonly text: string;
  readonly files: Readonly<Record<string, string>>;
}

export const AGREEMENT_TYPE = 'concord-agreement+jws';

const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

const parts = ({ agreement, version, text, files }: VersionText) => ({
  agreement,
  version,
  text: sha256(text),
  files: Object.fromEntries(Object.entries(files).map(([path, content]) => [path, sha256(content)])),
});

/** The digest of a version: equal digests, the same bytes of text and files. It does not depend on how they are read. */
export const versionDigest = (text: VersionText): string => sha256(canonicalJson(parts(text)));

/** What a party signs: the canonical JSON (RFC 8785) of the hashes of text and files, with its own name. */
export const canonicalText = (text: VersionText, party: PartyId): string =>
  canonicalJson({ ...parts(text), party });

export const signAgreement = (text: VersionText, party: PartyId, key: JWK): Promise<string> =>
  signStatement(AGREEMENT_TYPE, canonicalText(text, party), key);

/** @throws AuthorityError `bad-signature` where it is not the party's, or is over anything else */
export async function checkAgreementSignature(
  jws: string,
  text: VersionText,
  party: PartyId,
  keys: readonly JWK[],
): Promise<void> {
  if ((await openStatement(AGREEMENT_TYPE, jws, keys)) !== canonicalText(text, party))
    throw new AuthorityError('bad-signature', 'the signature is over another text, version or party');
}
