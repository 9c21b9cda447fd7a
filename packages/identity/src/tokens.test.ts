import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OfficerId } from '@concord/label';
import fc from 'fast-check';
import { base64url, type JWTPayload, SignJWT } from 'jose';
import { generateNodeKey, importNodeKey } from './node-key.ts';
import { createMemoryTokenRevocations } from './token-revocations.ts';
import { createTokens, type TokenEnd } from './tokens.ts';

const ada = 'ada@alder' as OfficerId;
const origin = 'http://localhost:8080';
const jwk = await generateNodeKey('EdDSA');
const START = Date.UTC(2027, 0, 1);

async function setUp(key = jwk) {
  const clock = { now: START };
  const ends: TokenEnd[] = [];
  const revocations = createMemoryTokenRevocations();
  const tokens = await createTokens({
    key,
    origin,
    revocations,
    now: () => clock.now,
    onEnd: (end) => ends.push(end),
  });
  return { clock, ends, revocations, tokens };
}

test('a token names its officer, purposes and end, with either kind of key', async () => {
  for (const alg of ['EdDSA', 'ES256'] as const) {
    const { tokens } = await setUp(await generateNodeKey(alg));
    const { token, jti, expiresAt } = await tokens.mint({
      officer: ada,
      purposes: ['search-and-rescue'],
      ttl: 60_000,
    });
    assert.equal(expiresAt, START + 60_000);
    const verified = { jti, officer: ada, purposes: ['search-and-rescue'], issuedAt: START, expiresAt };
    assert.deepEqual(await tokens.verify(token), verified);
  }
});

test('a token is over at its end, also one that was verified before', async () => {
  const { tokens, clock } = await setUp();
  const { token } = await tokens.mint({ officer: ada, ttl: 60_000 });
  await tokens.verify(token);
  clock.now += 60_000;
  await assert.rejects(tokens.verify(token), { code: 'token-expired' });
  const { tokens: others } = await setUp();
  clock.now = START;
  const late = await createTokens({
    key: jwk,
    origin,
    revocations: createMemoryTokenRevocations(),
    now: () => START + 61_000,
  });
  await assert.rejects(late.verify(token), { code: 'token-expired' });
  await others.verify(token);
});

test('a revoked token is refused and its streams end at once', async () => {
  const { tokens, ends } = await setUp();
  const { token, jti } = await tokens.mint({ officer: ada });
  const other = await tokens.mint({ officer: ada });
  await tokens.verify(token);
  const revoking = tokens.revoke(jti);
  assert.deepEqual(ends, [{ jti }]);
  await assert.rejects(tokens.verify(token), { code: 'token-revoked' });
  await revoking;
  assert.equal((await tokens.verify(other.token)).jti, other.jti);
});

test('all tokens of an officer are revoked, and later ones are good', async () => {
  const { tokens, ends, clock } = await setUp();
  const { token } = await tokens.mint({ officer: ada });
  const ben = await tokens.mint({ officer: 'ben@birch' as OfficerId });
  await tokens.revokeAll(ada);
  assert.deepEqual(ends, [{ officer: ada }]);
  await assert.rejects(tokens.verify(token), { code: 'token-revoked' });
  await tokens.verify(ben.token);
  clock.now += 1000;
  await tokens.verify((await tokens.mint({ officer: ada })).token);
});

test('a token with any character changed is refused', async () => {
  const { tokens } = await setUp();
  const { token } = await tokens.mint({ officer: ada });
  await fc.assert(
    fc.asyncProperty(
      fc.nat(token.length - 1),
      fc.constantFrom('A', 'x', '7', '-', '.', '=', ' '),
      async (at, char) => {
        if (token[at] === char) return;
        const changed = token.slice(0, at) + char + token.slice(at + 1);
        // The last character of a signature carries stray bits: another text for the same bytes is still the same token.
        const bytes = (text: string) =>
          text.split('.').map((part) => Buffer.from(part, 'base64url').toString('hex'));
        if (bytes(changed).join() === bytes(token).join()) return;
        await assert.rejects(tokens.verify(changed), { code: 'token-invalid' });
      },
    ),
  );
});

test('tokens of other makes are refused', async () => {
  const { tokens } = await setUp();
  const key = await importNodeKey(jwk);
  const at = START / 1000;
  const claims = { iss: origin, aud: origin, sub: ada, jti: 'j', iat: at, exp: at + 60 };
  const typ = 'concord-token+jwt';
  const signed = (payload: JWTPayload, header: object = {}, signer = key) =>
    new SignJWT(payload).setProtectedHeader({ alg: signer.alg, typ, ...header }).sign(signer.privateKey);
  await tokens.verify(await signed(claims));
  const part = (value: object) => base64url.encode(JSON.stringify(value));
  const { sub: _sub, ...nobody } = claims;
  const { exp: _exp, ...endless } = claims;
  const { jti: _jti, ...nameless } = claims;
  const secret = new TextEncoder().encode(jwk.x);
  for (const [name, token] of [
    ['alg none', `${part({ alg: 'none', typ })}.${part(claims)}.`],
    [
      'public key as an HMAC secret',
      await new SignJWT(claims).setProtectedHeader({ alg: 'HS256', typ }).sign(secret),
    ],
    ['another key', await signed(claims, {}, await importNodeKey(await generateNodeKey('EdDSA')))],
    ['another algorithm', await signed(claims, {}, await importNodeKey(await generateNodeKey('ES256')))],
    ['an ID token', await signed(claims, { typ: 'JWT' })],
    ['another node', await signed({ ...claims, aud: 'http://localhost:8081' })],
    ['another issuer', await signed({ ...claims, iss: 'http://localhost:8081' })],
    ['no officer', await signed(nobody)],
    ['no end', await signed(endless)],
    ['no id', await signed(nameless)],
    ['a strange officer', await signed({ ...claims, sub: 'Ada' })],
    ['strange purposes', await signed({ ...claims, purposes: 'all' })],
    ['nothing', ''],
    ['too long', 'x'.repeat(5000)],
  ] as const)
    await assert.rejects(tokens.verify(token), { code: 'token-invalid' }, name);
});

test('what cannot be is not minted', async () => {
  const { tokens } = await setUp();
  for (const grant of [{ ttl: 0 }, { ttl: Number.NaN }, { ttl: 25 * 3_600_000 }, { purposes: ['A B'] }])
    await assert.rejects(tokens.mint({ officer: ada, ...grant }), { code: 'configuration' });
  const { d: _secret, ...publicJwk } = jwk;
  await assert.rejects(setUp(publicJwk), { code: 'configuration' });
  await assert.rejects(setUp({ kty: 'oct', k: 'AAAA' }), { code: 'configuration' });
});
