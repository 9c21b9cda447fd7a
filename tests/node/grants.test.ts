import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { withdrawClearance } from '@concord/authority';
import type { PartyId } from '@concord/label';
import {
  bringIntoForce,
  certificate,
  cutFor,
  feedOne,
  granted,
  keys,
  kindsOnLedger,
  ok,
  post,
  reading,
  refused,
  STREAM,
  seenBy,
  start,
  stop,
  t,
  watching,
  wish,
} from './bay.ts';
import { type Json, until } from './harness.ts';

before(async () => {
  await start();
  await bringIntoForce(1);
});
after(() => stop());

test('a grant takes a valid certificate and two persons, one from each side, never its officer', async () => {
  const clearance = await certificate('bo@birch');
  refused(
    await post('security@birch', '/api/grants', wish('bo@birch', { clearance: 'c-none' })),
    400,
    'bad-request',
  );
  const others = await certificate('bill@birch');
  refused(
    await post('security@birch', '/api/grants', wish('bo@birch', { clearance: others })),
    400,
    'bad-request',
  );
  const low = await certificate('bo@birch', { level: 'OFFICIAL' });
  refused(
    await post('security@birch', '/api/grants', wish('bo@birch', { clearance: low })),
    400,
    'bad-request',
  );
  for (const who of ['bo@birch', 'ben@birch', 'security@alder', 'release@alder', 'chair@authority'])
    refused(await post(who, '/api/grants', wish('bo@birch', { clearance })), 403, 'forbidden');
  refused(
    await post('security@birch', '/api/grants', wish('security@birch', { clearance })),
    403,
    'forbidden',
  );
  const { id, state } = ok(await post('security@birch', '/api/grants', wish('bo@birch', { clearance })));
  assert.equal(state, 'nominated');
  assert.deepEqual(await seenBy('bo@birch'), []);
  for (const who of [
    'security@birch',
    'release@birch',
    'bo@birch',
    'ada@alder',
    'security@alder',
    'chair@authority',
  ])
    refused(await post(who, `/api/grants/${String(id)}/accept`), 403, 'forbidden');
  assert.equal(
    (await post('out@cedar', `/api/grants/${String(id)}/accept`)).text,
    (await post('out@cedar', '/api/grants/none/accept')).text,
  );
  const [one, two] = await Promise.all(
    [1, 2].map(() => post('release@alder', `/api/grants/${String(id)}/accept`)),
  );
  assert.deepEqual([one?.status, two?.status].sort(), [200, 404], 'accepted twice it is accepted once');
  const count = await feedOne();
  await until(async () => (await seenBy('bo@birch')).includes(count));
  const kinds = await kindsOnLedger('bay-watch');
  assert.ok(kinds.includes('nominated') && kinds.includes('granted'));
  refused(await post('release@alder', '/api/clearances', { certificate: 'x' }), 400, 'bad-signature');
});

test('a withdrawn certificate cuts what is open under it before the answer', async () => {
  const clearance = await certificate('bill@birch');
  await granted('bill@birch', clearance);
  const open = await watching('bill@birch');
  const withdrawal = (id: string, by = 'birch') =>
    withdrawClearance({ party: by as PartyId, clearance: id, at: Date.now(), reason: 'left' }, keys.get(by)!);
  const path = `/api/clearances/${clearance}/withdraw`;
  refused(await post('security@birch', path, { withdrawal: await withdrawal('c-1') }), 400, 'bad-signature');
  refused(
    await post('security@birch', path, { withdrawal: await withdrawal(clearance, 'alder') }),
    404,
    'not-found',
  );
  assert.equal((await post('security@alder', path, { withdrawal: await withdrawal(clearance) })).status, 404);
  const done = ok(await post('security@birch', path, { withdrawal: await withdrawal(clearance) }));
  assert.ok((done['cutoffs'] as Json[]).length > 0);
  await cutFor(open, 'bill@birch');
  const kinds = await kindsOnLedger('bay-watch');
  assert.ok(kinds.includes('withdrawn') && kinds.includes('clearance'));
});

test('a certificate that expires cuts by itself', async () => {
  const clearance = await certificate('bob@birch', { ms: 4000 });
  await granted('bob@birch', clearance);
  const open = await watching('bob@birch');
  await until(() => open.socket.controls.some((one) => one['type'] === 'cut' && one['stream'] === STREAM));
  await cutFor(open, 'bob@birch');
});

test('broken glass: two persons, a reason, a day at most, and the authority is told at once', async () => {
  const chair = await reading('chair@authority');
  await until(() => chair.controls.length > 0);
  const of = wish('ben@birch', { reason: 'a ship on fire' });
  const day = new Date(Date.now() + 25 * 3_600_000).toISOString();
  refused(await post('security@birch', '/api/break-glass', { ...of, until: day }), 400, 'bad-request');
  assert.equal((await post('security@birch', '/api/break-glass', { ...of, reason: '' })).status, 400);
  for (const who of ['ben@birch', 'security@alder', 'chair@authority'])
    refused(await post(who, '/api/break-glass', of), 403, 'forbidden');
  const { id } = ok(await post('security@birch', '/api/break-glass', of));
  for (const who of ['security@birch', 'release@birch', 'ben@birch'])
    refused(await post(who, `/api/grants/${String(id)}/accept`), 403, 'forbidden');
  assert.deepEqual(await seenBy('ben@birch'), []);
  ok(await post('release@alder', `/api/grants/${String(id)}/accept`));
  const count = await feedOne();
  await until(async () => (await seenBy('ben@birch')).includes(count));
  await until(() => chair.controls.some((one) => one['kind'] === 'break-glass' && one['subject'] === id));
  assert.ok((await kindsOnLedger('bay-watch')).includes('break-glass'));
  const listed = ok(await t.ask('chair@authority', '/api/break-glass'))['breakGlass'] as Json[];
  assert.equal(listed.find((one) => one['id'] === id)?.['breakGlass'], 'a ship on fire');
  ok(await post('chair@authority', `/api/grants/${String(id)}/revoke`, { reason: 'over' }));
  assert.deepEqual(await seenBy('ben@birch'), []);
});
