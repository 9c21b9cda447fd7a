import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { test } from 'node:test';
import type { AgreementId, OfficerId, PartyId } from '@concord/label';
import type { AuthorityError } from '../error.ts';
import { checkAgreementSignature, signAgreement, type VersionText, versionDigest } from './agreement.ts';
import {
  type Clearance,
  issueClearance,
  readClearance,
  readWithdrawal,
  withdrawClearance,
} from './clearance.ts';
import { readPublicKey, signStatement } from './keys.ts';

const pair = () => {
  const { d = '', ...open } = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' });
  return { open, key: { ...open, d } };
};
const [elm, fir] = [pair(), pair()];
const party = (name: string) => name as PartyId;
const keys = new Map([
  [party('elm'), [readPublicKey(elm.open)]],
  [party('fir'), [readPublicKey(fir.open)]],
]);
const refused = (code: string) => (cause: AuthorityError) => cause.code === code;

const text: VersionText = {
  agreement: 'harbour' as AgreementId,
  version: 2,
  text: 'agreement: harbour\n',
  files: { 'areas/a.geojson': '{}' },
};

test('a signature holds for its text, version, files and party, and for nothing else', async () => {
  const jws = await signAgreement(text, party('elm'), elm.key);
  const check = (of: VersionText, whose = 'elm', by = whose) =>
    checkAgreementSignature(jws, of, party(whose), keys.get(party(by)) ?? []);
  await check(text);
  const others: VersionText[] = [
    { ...text, text: `${text.text} ` },
    { ...text, version: 3 },
    { ...text, agreement: 'haven' as AgreementId },
    { ...text, files: { 'areas/a.geojson': '{ }' } },
    { ...text, files: {} },
  ];
  for (const one of others) {
    await assert.rejects(check(one), refused('bad-signature'));
    assert.notEqual(versionDigest(one), versionDigest(text));
  }
  await assert.rejects(check(text, 'fir'), refused('bad-signature'));
  // The right key over another party's name.
  await assert.rejects(check(text, 'fir', 'elm'), refused('bad-signature'));
  await assert.rejects(checkAgreementSignature(jws, text, party('elm'), []), refused('bad-signature'));
  for (const broken of ['', 'x', `${jws.slice(0, -3)}AAA`, jws.split('.').slice(0, 2).join('.')])
    await assert.rejects(
      checkAgreementSignature(broken, text, party('elm'), keys.get(party('elm')) ?? []),
      refused('bad-signature'),
    );
});

test('an unsigned token and one of another algorithm are no signatures', async () => {
  const jws = await signAgreement(text, party('elm'), elm.key);
  const none = Buffer.from(JSON.stringify({ alg: 'none', typ: 'concord-agreement+jws' })).toString(
    'base64url',
  );
  const forged = `${none}.${jws.split('.')[1]}.`;
  await assert.rejects(
    checkAgreementSignature(forged, text, party('elm'), keys.get(party('elm')) ?? []),
    refused('bad-signature'),
  );
});

const clearance: Clearance = {
  id: 'c-1',
  party: party('elm'),
  officer: 'ann@elm' as OfficerId,
  level: 'SECRET',
  compartments: ['A:X', 'B:Y'],
  nationality: 'EL',
  from: 1_000_000,
  until: 2_000_000,
  status: 'https://elm.example/status/c-1',
};

test('a certificate reads back as it was issued', async () => {
  assert.deepEqual(await readClearance(await issueClearance(clearance, elm.key), keys), clearance);
});

test('a certificate of another party, of a foreign officer or without a validity is refused', async () => {
  const by = async (of: Clearance, key = elm.key) => readClearance(await issueClearance(of, key), keys);
  await assert.rejects(by(clearance, fir.key), refused('bad-signature'));
  await assert.rejects(by({ ...clearance, party: party('oak') }), refused('bad-signature'));
  await assert.rejects(by({ ...clearance, officer: 'ann@fir' as OfficerId }), refused('bad-clearance'));
  await assert.rejects(by({ ...clearance, until: clearance.from }), refused('bad-clearance'));
  await assert.rejects(by({ ...clearance, id: '' }), refused('bad-clearance'));
});

test('a statement of one type never passes for another', async () => {
  const jws = await issueClearance(clearance, elm.key);
  await assert.rejects(readWithdrawal(jws, keys), refused('bad-signature'));
  const withdrawal = { party: party('elm'), clearance: 'c-1', at: 3_000_000, reason: 'left the service' };
  const signed = await withdrawClearance(withdrawal, elm.key);
  assert.deepEqual(await readWithdrawal(signed, keys), withdrawal);
  await assert.rejects(readClearance(signed, keys), refused('bad-signature'));
});

test('a key that is private, or no Ed25519 key, does not belong in a configuration', async () => {
  for (const one of [elm.key, { kty: 'RSA' }, { ...elm.open, x: 'short' }, null, 'x'])
    assert.throws(() => readPublicKey(one), refused('bad-key'));
  await assert.rejects(signStatement('t', 'x', elm.open), refused('bad-key'));
});
