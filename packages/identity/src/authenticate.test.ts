import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OfficerId } from '@concord/label';
import { createAuthenticator } from './authenticate.ts';
import { generateNodeKey } from './node-key.ts';
import { createMemorySessionStore } from './session-store.ts';
import { createSessions } from './sessions.ts';
import { createMemoryTokenRevocations } from './token-revocations.ts';
import { createTokens } from './tokens.ts';

const ada = 'ada@alder' as OfficerId;
const ben = 'ben@birch' as OfficerId;
const origin = 'http://localhost:8080';
const clock = { now: Date.UTC(2027, 0, 1) };
const now = () => clock.now;
const sessions = createSessions({ store: createMemorySessionStore(), secure: false, now });
const revocations = createMemoryTokenRevocations();
const tokens = await createTokens({ key: await generateNodeKey('EdDSA'), origin, revocations, now });
const auth = createAuthenticator({ sessions, tokens, origins: [origin], now });

const begun = await sessions.begin(ada, { headers: {}, address: '' });
const cookie = begun.cookie.slice(0, begun.cookie.indexOf(';'));
const minted = await tokens.mint({ officer: ben, purposes: ['navigation-safety'] });
const authorization = `Bearer ${minted.token}`;

test('a cookie and a token each tell who asks', async () => {
  const person = await auth.authenticate({ cookie });
  assert.deepEqual(person, {
    via: 'cookie',
    officer: ada,
    session: begun.session.id,
    csrfToken: begun.csrfToken,
    expiresAt: begun.session.expires,
  });
  const program = await auth.authenticate({ authorization });
  assert.ok(program.via === 'bearer');
  assert.deepEqual(
    [program.officer, program.jti, program.purposes],
    [ben, minted.jti, ['navigation-safety']],
  );
  assert.equal(program.expiresAt, minted.expiresAt);
});

test('a request with a bad token is refused even with a good cookie', async () => {
  const bad = (value: string | string[]) => auth.authenticate({ cookie, authorization: value });
  await assert.rejects(bad('Basic YTpi'), { code: 'credential-malformed' });
  await assert.rejects(bad(''), { code: 'credential-malformed' });
  await assert.rejects(bad([authorization, authorization]), { code: 'credential-malformed' });
  await assert.rejects(bad('Bearer abc'), { code: 'token-invalid' });
  await assert.rejects(auth.authenticate({}), { code: 'credential-missing' });
});

test('an upgrade by cookie comes from our own pages only, by token from anywhere', async () => {
  assert.equal((await auth.authenticateUpgrade({ cookie, origin })).officer, ada);
  assert.equal((await auth.authenticateUpgrade({ authorization })).officer, ben);
  for (const other of [
    'http://evil.example',
    'null',
    'http://localhost:8080.evil.example',
    'https://localhost:8080',
  ])
    await assert.rejects(auth.authenticateUpgrade({ cookie, origin: other }), { code: 'origin' }, other);
  await assert.rejects(auth.authenticateUpgrade({ cookie }), { code: 'origin' });
  await assert.rejects(auth.authenticateUpgrade({ cookie, origin: [origin, origin] }), { code: 'origin' });
});

test('a change by cookie needs the token of its session, by bearer token none', async () => {
  const change = (headers: Record<string, string>) => auth.authenticateChange({ cookie, ...headers });
  assert.equal((await change({ 'x-csrf-token': begun.csrfToken })).officer, ada);
  assert.equal((await change({ 'x-csrf-token': begun.csrfToken, origin })).officer, ada);
  await assert.rejects(change({}), { code: 'csrf' });
  await assert.rejects(change({ 'x-csrf-token': '' }), { code: 'csrf' });
  await assert.rejects(change({ 'x-csrf-token': `${begun.csrfToken}x` }), { code: 'csrf' });
  await assert.rejects(change({ 'x-csrf-token': begun.csrfToken, origin: 'http://evil.example' }), {
    code: 'origin',
  });
  const other = await sessions.begin(ben, { headers: {}, address: '' });
  await assert.rejects(change({ 'x-csrf-token': other.csrfToken }), { code: 'csrf' });
  assert.equal((await auth.authenticateChange({ authorization })).officer, ben);
});

test('a principal that ended while it was on its way is told', async () => {
  const ended = await sessions.begin(ada, { headers: {}, address: '' });
  const person = await auth.authenticate({ cookie: ended.cookie.slice(0, ended.cookie.indexOf(';')) });
  assert.ok(auth.isLive(person));
  const ending = sessions.end(ended.session.id);
  assert.ok(!auth.isLive(person));
  await ending;

  const token = await tokens.mint({ officer: ada, ttl: 60_000 });
  const program = await auth.authenticate({ authorization: `Bearer ${token.token}` });
  assert.ok(auth.isLive(program));
  const revoking = tokens.revoke(token.jti);
  assert.ok(!auth.isLive(program));
  await revoking;

  const short = await tokens.mint({ officer: ada, ttl: 60_000 });
  const over = await auth.authenticate({ authorization: `Bearer ${short.token}` });
  clock.now += 60_000;
  assert.ok(!auth.isLive(over));
});
