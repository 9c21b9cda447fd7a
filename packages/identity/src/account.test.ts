import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OfficerId } from '@concord/label';
import { accountsOf, createPasswordCheck } from './account.ts';
import { hashPassword, newPassword, verifyPassword } from './password.ts';

const ada = 'ada@alder' as OfficerId;
const passwordHash = await hashPassword('right');
const find = accountsOf([{ officer: ada, passwordHash }]);

test('a password is verified against its hash, in any Unicode form, and no other is', async () => {
  assert.match(passwordHash, /^\$scrypt\$32768\$8\$1\$/);
  assert.ok(await verifyPassword('right', passwordHash));
  assert.ok(!(await verifyPassword('Right', passwordHash)));
  assert.ok(!(await verifyPassword('', passwordHash)));
  assert.ok(!(await verifyPassword('right', undefined)));
  assert.ok(await verifyPassword('e\u0301', await hashPassword('\u00e9')));
  await assert.rejects(verifyPassword('right', 'right'), { code: 'configuration' });
  await assert.rejects(hashPassword(''), { code: 'configuration' });
});

test('a new password has 76 random bits and no vowels', () => {
  const passwords = new Set(Array.from({ length: 50 }, newPassword));
  assert.equal(passwords.size, 50);
  for (const password of passwords)
    assert.match(password, /^([2-9b-df-hjkmnp-tvwxz]{4}-){3}[2-9b-df-hjkmnp-tvwxz]{4}$/);
});

test('after five attempts an account is shut for that address only, and opens after the window', async () => {
  let time = 0;
  const check = createPasswordCheck(find, () => time);
  const attempt = { officer: ada, password: 'wrong', address: '192.0.2.1' };
  // At once, not one after the other: none of them may slip past the count.
  const first = await Promise.allSettled(Array.from({ length: 8 }, () => check(attempt)));
  const codes = first.map((result) => (result.status === 'rejected' ? result.reason.code : 'ok'));
  assert.deepEqual(codes.sort(), [...Array(5).fill('login-failed'), ...Array(3).fill('login-throttled')]);
  await assert.rejects(check({ ...attempt, password: 'right' }), {
    code: 'login-throttled',
    retryAfter: 300,
  });
  assert.equal(await check({ ...attempt, password: 'right', address: '192.0.2.2' }), ada);
  time += 300_000;
  assert.equal(await check({ ...attempt, password: 'right' }), ada);
});

test('a right password gives all attempts back, whatever the case of the name', async () => {
  const check = createPasswordCheck(find, () => 0);
  const attempt = { officer: ' ADA@alder ', password: 'wrong', address: 'a' };
  for (let round = 0; round < 2; round += 1) {
    for (let i = 0; i < 4; i += 1) await assert.rejects(check(attempt), { code: 'login-failed' });
    assert.equal(await check({ ...attempt, password: 'right' }), ada);
  }
});

test('one address cannot try many accounts', async () => {
  const check = createPasswordCheck(
    async () => undefined,
    () => 0,
  );
  const codes: string[] = [];
  for (let i = 0; i < 52; i += 1)
    await check({ officer: `n${i}@alder`, password: '', address: 'a' }).catch((error) =>
      codes.push(error.code),
    );
  assert.deepEqual(codes.slice(-3), ['login-failed', 'login-throttled', 'login-throttled']);
});
