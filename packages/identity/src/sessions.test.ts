import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { OfficerId } from '@concord/label';
import { createMemorySessionStore, type SessionRecord } from './session-store.ts';
import { createSessions } from './sessions.ts';

const ada = 'ada@alder' as OfficerId;
const ben = 'ben@birch' as OfficerId;
const request = { headers: { 'user-agent': 'browser' }, address: '192.0.2.1' };
const HOUR = 3_600_000;

function setUp() {
  const clock = { now: Date.UTC(2027, 0, 1) };
  const ended: string[] = [];
  const stored: SessionRecord[] = [];
  const memory = createMemorySessionStore();
  const insert = async (one: SessionRecord): Promise<void> => {
    stored.push(one);
    await memory.insert(one);
  };
  const store = { ...memory, insert };
  const sessions = createSessions({
    store,
    secure: false,
    now: () => clock.now,
    onEnd: (id) => ended.push(id),
  });
  return { clock, ended, stored, store, sessions };
}
const carrying = (cookie: string) => ({ cookie: cookie.slice(0, cookie.indexOf(';')) });

test('a session is found by its cookie, of which only a hash is stored', async () => {
  const { sessions, stored } = setUp();
  const { session, cookie, csrfToken } = await sessions.begin(ada, request);
  assert.match(cookie, /^concord_session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Max-Age=43200$/);
  const found = await sessions.find(carrying(cookie));
  assert.deepEqual([found.id, found.officer, found.csrfToken], [session.id, ada, csrfToken]);
  assert.ok(!JSON.stringify(stored).includes(cookie.slice(16, 59)));
});

test('over https the cookie is bound to https and this host', async () => {
  const sessions = createSessions({ store: createMemorySessionStore(), secure: true });
  const { cookie } = await sessions.begin(ada, request);
  assert.match(cookie, /^__Host-concord_session=.*; Secure/);
  assert.equal((await sessions.find(carrying(cookie))).officer, ada);
});

test('no cookie, an unknown one and a planted one beside the true one', async () => {
  const { sessions } = setUp();
  const { cookie } = await sessions.begin(ada, request);
  await assert.rejects(sessions.find({}), { code: 'credential-missing' });
  await assert.rejects(sessions.find({ cookie: 'concord_session=abc' }), { code: 'session-unknown' });
  await assert.rejects(sessions.find({ cookie: 'concord_session=' }), { code: 'session-unknown' });
  const both = { cookie: `concord_session=planted; ${carrying(cookie).cookie}` };
  assert.equal((await sessions.find(both)).officer, ada);
});

test('a session ends after an hour without requests, and after twelve with them', async () => {
  const { sessions, clock, ended } = setUp();
  const idle = await sessions.begin(ada, request);
  clock.now += HOUR;
  await assert.rejects(sessions.find(carrying(idle.cookie)), { code: 'session-expired' });
  assert.deepEqual(ended, [idle.session.id]);
  const busy = await sessions.begin(ada, request);
  for (let i = 0; i < 23; i += 1) {
    clock.now += HOUR / 2;
    await sessions.find(carrying(busy.cookie));
  }
  clock.now += HOUR / 2;
  await assert.rejects(sessions.find(carrying(busy.cookie)), { code: 'session-expired' });
});

test('a live stream keeps its session from being idle, and a sweep ends the streams of the others', async () => {
  const { sessions, clock, ended } = setUp();
  const streaming = await sessions.begin(ada, request);
  const gone = await sessions.begin(ben, request);
  clock.now += HOUR - 1;
  await sessions.touch(streaming.session.id);
  clock.now += 2;
  assert.equal(await sessions.sweep(), 1);
  assert.deepEqual(ended, [gone.session.id]);
  assert.equal((await sessions.find(carrying(streaming.cookie))).officer, ada);
});

test('ending a session ends its streams at once and only for its own officer', async () => {
  const { sessions, ended } = setUp();
  const { session, cookie } = await sessions.begin(ada, request);
  assert.equal(await sessions.end(session.id, ben), false);
  assert.deepEqual(ended, []);
  const ending = sessions.end(session.id, ada);
  assert.equal(await ending, true);
  assert.deepEqual(ended, [session.id]);
  await assert.rejects(sessions.find(carrying(cookie)), { code: 'session-unknown' });
  assert.equal(await sessions.end(session.id), false);
  assert.deepEqual(ended, [session.id]);
});

test('a session that is ended while the store answers is not found, and stays over should the store fail', async () => {
  const { sessions, store } = setUp();
  const { session, cookie } = await sessions.begin(ada, request);
  const finding = sessions.find(carrying(cookie));
  const ending = sessions.end(session.id);
  await assert.rejects(finding, { code: 'session-unknown' });
  await ending;

  const failing = createSessions({
    store: { ...store, remove: async () => Promise.reject(new Error('disk')) },
    secure: false,
  });
  const other = await failing.begin(ada, request);
  await assert.rejects(failing.end(other.session.id), { message: 'disk' });
  await assert.rejects(failing.find(carrying(other.cookie)), { code: 'session-unknown' });
});

test('a login in a browser that has a session ends the former one', async () => {
  const { sessions, ended } = setUp();
  const first = await sessions.begin(ada, request);
  const second = await sessions.begin(ben, { ...request, headers: carrying(first.cookie) });
  assert.deepEqual(ended, [first.session.id]);
  assert.notEqual(first.cookie, second.cookie);
});

test('an officer sees and ends the own sessions', async () => {
  const { sessions, ended } = setUp();
  await sessions.begin(ada, request);
  await sessions.begin(ada, request);
  await sessions.begin(ben, request);
  const list = await sessions.list(ada);
  assert.equal(list.length, 2);
  assert.ok(!('secretHash' in list[0]!) && !('csrfToken' in list[0]!));
  assert.equal(await sessions.endAll(ada), 2);
  assert.equal(ended.length, 2);
  assert.deepEqual(await sessions.list(ada), []);
  assert.equal((await sessions.list(ben)).length, 1);
});
