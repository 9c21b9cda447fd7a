import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import {
  bay,
  bringIntoForce,
  certificate,
  cutFor,
  feedOne,
  granted,
  kindsOnLedger,
  ok,
  post,
  refused,
  seenBy,
  start,
  stop,
  t,
  watching,
} from './bay.ts';
import { type Json, until } from './harness.ts';

/** The bay agreement, in which positions rest on suspicion, and Birch confirms its clearances every quarter of a minute. */
const TEXT = bay(1).replace(
  'clauses:',
  'incidents: { notify: PT24H, suspendOnSuspicion: [positions] }\naccess:\n  birch: { confirmation: PT15S }\nclauses:',
);

before(async () => {
  await start();
  await bringIntoForce(1, TEXT);
});
after(() => stop());

test('a clearance that its home authority has not confirmed lately ceases to count by itself', async () => {
  // Certificates of these tests hold from two seconds ago, and that is when they confirm.
  await granted('bob@birch', await certificate('bob@birch'));
  const count = await feedOne();
  await until(async () => (await seenBy('bob@birch')).includes(count));
  const open = await watching('bob@birch');
  await until(() => open.socket.controls.some((one) => one['type'] === 'cut'), 20_000);
  await cutFor(open, 'bob@birch');
  assert.deepEqual(await seenBy('bob@birch'), []);
});

test('an incident lets what the agreement names rest at once, until all have said that it is over', async () => {
  await granted('bo@birch', await certificate('bo@birch'));
  const before = await feedOne();
  await until(async () => (await seenBy('bo@birch')).includes(before));
  const path = '/api/agreements/bay-watch/incidents';
  const open = await watching('bo@birch');
  refused(await post('bo@birch', path, { says: 'not mine to say' }), 403, 'forbidden');
  assert.equal((await post('out@cedar', path, { says: 'x' })).status, 404);
  refused(await post('release@alder', `${path}/close`), 409, 'conflict');
  ok(await post('security@birch', path, { says: 'a laptop is missing' }));
  await cutFor(open, 'bo@birch');
  assert.deepEqual(await seenBy('bo@birch'), []);
  const closed = async (officer: string) => ok(await post(officer, `${path}/close`))['closed'];
  assert.equal(await closed('release@alder'), false);
  assert.equal(await closed('chair@authority'), false);
  // Whoever reports anew begins anew: what was agreed before does not count.
  ok(await post('release@alder', path, { says: 'another one' }));
  assert.equal(await closed('release@birch'), false);
  assert.equal(await closed('chair@authority'), false);
  assert.deepEqual(await seenBy('bo@birch'), []);
  assert.equal(await closed('security@alder'), true);
  const standing = t.node.release.standing.world.agreements.find((one) => one.terms.id === 'bay-watch');
  assert.equal(standing?.suspicion, false);
  // A new certificate confirms anew.
  await granted('bill@birch', await certificate('bill@birch'));
  const after = await feedOne();
  await until(async () => (await seenBy('bill@birch')).includes(after));
  const kinds = await kindsOnLedger('bay-watch');
  assert.equal(kinds.filter((one) => one === 'incident').length, 2);
  assert.ok(kinds.includes('agreement') && kinds.includes('restored'));
});

test('terms of an agreement are said in words, those of its duties too', async () => {
  const version = ok(await t.ask('ben@birch', '/api/agreements/bay-watch/versions/1'));
  const words = JSON.stringify(version['inWords']);
  assert.match(words, /suspicion/i);
  assert.match(words, /confirm/i);
  assert.ok((version as Json)['text'] === TEXT);
});

test('an agreement is not activated with terms that this node would not execute', async () => {
  const text = bay(2)
    .replace('clauses:', 'lawChange: { notify: P30D, consult: P30D }\nclauses:')
    .replace('purposes: [rescue] }', 'purposes: [rescue], hold: P30D, copies: 2 }');
  const version = await bringIntoForce(2, text);
  assert.equal(version['phase'], 'approved', 'approved, and not active');
  const why = JSON.stringify(version['refused']);
  for (const term of ['lawChange', 'hold of positions', 'copies of positions'])
    assert.ok(why.includes(term), `${term}: ${why}`);
  const current = t.node.release.standing.world.agreements.find((one) => one.terms.id === 'bay-watch');
  assert.equal(current?.terms.version, 1, 'the version before stays in force');
});
