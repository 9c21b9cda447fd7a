import assert from 'node:assert/strict';
import { test } from 'node:test';
import { createMemoryAdapter } from './oidc-adapter.ts';

function setUp() {
  const clock = { now: 1_000_000 };
  const adapter = createMemoryAdapter(() => clock.now);
  return {
    clock,
    codes: adapter('AuthorizationCode'),
    tokens: adapter('AccessToken'),
    sessions: adapter('Session'),
  };
}

test('a record is found in its own model until its time is over', async () => {
  const { clock, codes, tokens, sessions } = setUp();
  await codes.upsert('a', { jti: 'a' }, 60);
  await sessions.upsert('s', { uid: 'u' }, 60);
  assert.deepEqual(await codes.find('a'), { jti: 'a' });
  assert.deepEqual(await sessions.findByUid('u'), { uid: 'u' });
  assert.equal(await tokens.find('a'), undefined);
  assert.equal(await codes.findByUid('u'), undefined);
  clock.now += 60_000;
  assert.equal(await codes.find('a'), undefined);
  assert.equal(await sessions.findByUid('u'), undefined);
});

test('a code that was consumed says so', async () => {
  const { codes } = setUp();
  await codes.upsert('a', {}, 60);
  await codes.consume('a');
  await codes.consume('absent');
  assert.deepEqual(await codes.find('a'), { consumed: 1000 });
});

test('a grant takes with it all that was given out for it, and nothing else', async () => {
  const { codes, tokens } = setUp();
  await codes.upsert('a', { grantId: 'g' }, 60);
  await tokens.upsert('b', { grantId: 'g' }, 60);
  await tokens.upsert('c', { grantId: 'h' }, 60);
  await codes.revokeByGrantId('g');
  assert.deepEqual([await codes.find('a'), await tokens.find('b')], [undefined, undefined]);
  assert.ok(await tokens.find('c'));
  await tokens.destroy('c');
  assert.equal(await tokens.find('c'), undefined);
});

test('strangers who begin logins do not fill the memory', async () => {
  const { codes } = setUp();
  for (let i = 0; i < 20_100; i += 1) await codes.upsert(String(i), {}, 60);
  assert.equal(await codes.find('0'), undefined);
  assert.ok(await codes.find('20099'));
});
