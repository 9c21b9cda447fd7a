import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OfficerId } from '@concord/label';
import { officerOf } from './claims.ts';
import { createRelyingParty } from './relying-party.ts';

const ada = 'ada@alder' as OfficerId;
const options = {
  clientId: 'concord',
  redirectUri: 'http://localhost:1/login/callback',
  officer: { claim: 'sub' },
};

test('plain http is for issuers on this machine only', () => {
  for (const issuer of [
    'http://issuer.example',
    'http://localhost.example',
    'http://10.0.0.1',
    'ftp://localhost',
    'x',
  ])
    assert.throws(() => createRelyingParty({ ...options, issuer }), { code: 'configuration' }, issuer);
  for (const issuer of [
    'http://localhost:1/oidc',
    'http://127.0.0.1:1',
    'http://[::1]:1',
    'https://issuer.example',
  ])
    assert.doesNotThrow(() => createRelyingParty({ ...options, issuer }), issuer);
});

test('an issuer that does not answer is told, and asked again the next time', async () => {
  const party = createRelyingParty({ ...options, issuer: 'http://127.0.0.1:1' });
  await assert.rejects(party.begin(), { code: 'issuer-unreachable' });
  await assert.rejects(party.begin(), { code: 'issuer-unreachable' });
});

test('claims stand for an officer by configuration', () => {
  assert.equal(officerOf({ sub: 'ada@alder' }, { claim: 'sub' }), ada);
  const officers = { u1: ada };
  assert.equal(officerOf({ sub: 'u1' }, { claim: 'sub', officers }), ada);
  assert.equal(officerOf({ email: 'u1', email_verified: true }, { claim: 'email', officers }), ada);
  for (const [claims, mapping] of [
    [{ sub: 'u2' }, { claim: 'sub', officers }],
    [{ sub: 'toString' }, { claim: 'sub', officers }],
    [{ sub: 7 }, { claim: 'sub' }],
    [{ sub: 'Ada' }, { claim: 'sub' }],
    [{ email: 'u1' }, { claim: 'email', officers }],
    [
      { email: 'u1', email_verified: 'true' },
      { claim: 'email', officers },
    ],
  ] as const)
    assert.throws(() => officerOf(claims, mapping), { code: 'officer-unmapped' });
});
