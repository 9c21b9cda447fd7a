import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { after, before, test } from 'node:test';
import { signAgreement } from '@concord/authority';
import type { AgreementId, PartyId } from '@concord/label';
import {
  bay,
  bringIntoForce,
  cutFor,
  draft,
  FILES,
  feedOne,
  granted,
  type Key,
  keys,
  kindsOnLedger,
  ok,
  post,
  refused,
  seenBy,
  sign,
  signature,
  start,
  stop,
  t,
  versionPath,
  watching,
} from './bay.ts';
import { type Json, until } from './harness.ts';

before(() => start());
after(() => stop());

test('the agreement of the configuration runs as a version that was really signed and approved', async () => {
  const version = ok(await t.ask('ada@alder', '/api/agreements/strait-watch/versions/1'));
  assert.equal(version['phase'], 'active');
  assert.deepEqual([...(version['signedBy'] as string[])].sort(), ['alder', 'birch']);
  assert.deepEqual(version['approvedBy'], ['chair@authority']);
  const kinds = ok(await t.ask('ben@birch', '/api/agreements/strait-watch/versions/1/events'))[
    'events'
  ] as Json[];
  assert.deepEqual(
    kinds.map((one) => one['kind']),
    ['drafted', 'proposed', 'signed', 'signed', 'approved', 'activated'],
  );
  assert.deepEqual((await kindsOnLedger('strait-watch')).slice(0, 4), [
    'signed',
    'signed',
    'approved',
    'activated',
  ]);
});

test('a draft is known to its own party alone; hidden and absent are one answer', async () => {
  const drafted = ok(await draft(1));
  assert.equal(drafted['phase'], 'draft');
  assert.equal(ok(await t.ask('ada@alder', versionPath(1)))['digest'], drafted['digest']);
  for (const officer of ['release@birch', 'ben@birch', 'out@cedar', 'chair@authority']) {
    const absent = '/api/agreements/nowhere/versions/1';
    for (const path of ['', '/events'])
      assert.equal(
        (await t.ask(officer, versionPath(1) + path)).text,
        (await t.ask(officer, absent + path)).text,
      );
    for (const act of ['propose', 'approvals', 'activate', 'signatures', 'withdraw']) {
      const body = { jws: 'x', reason: 'x' };
      const [hidden, none] = [
        await post(officer, `${versionPath(1)}/${act}`, body),
        await post(officer, `${absent}/${act}`, body),
      ];
      assert.deepEqual([hidden.status, hidden.text], [none.status, none.text]);
      assert.equal(hidden.status, 404);
    }
    const end = [
      await post(officer, '/api/agreements/bay-watch/suspend', { reason: 'x' }),
      await post(officer, '/api/agreements/nowhere/suspend', { reason: 'x' }),
    ];
    assert.equal(end[0]?.text, end[1]?.text);
    assert.deepEqual(ok(await t.ask(officer, '/api/proposals'))['proposals'], []);
    assert.deepEqual(ok(await t.ask(officer, '/api/agreements/bay-watch/versions'))['versions'], []);
  }
  refused(await post('ada@alder', `${versionPath(1)}/propose`), 403, 'forbidden');
});

test('a text with findings is no draft, and a party drafts for itself only', async () => {
  const answer = await draft(9, bay(9).replace('[gnss.position]', '[gnss.nothing]'));
  assert.equal(answer.status, 422);
  assert.equal((answer.body['findings'] as Json[])[0]?.['code'], 'unknown-kind');
  refused(await post('security@birch', '/api/proposals', { text: bay(9), files: FILES }), 403, 'forbidden');
  refused(await post('ben@birch', '/api/proposals', { text: bay(9), files: FILES }), 403, 'forbidden');
});

test('a proposal under the name of an agreement between others neither tells of it nor touches it', async () => {
  const text = bay(7)
    .replace('bay-watch', 'strait-watch')
    .replace(/alder: \{.*\}/, 'cedar: { name: Cedar, policy: CEDAR }')
    .replace(/birch: \{.*\}/, 'elm: { name: Elm, policy: ALDER }')
    .replace(/equivalence:\n(.*\n){3}/, 'equivalence:\n  - { cedar: SECRET, elm: SECRET }\n')
    .replaceAll('from: alder, to: birch', 'from: cedar, to: elm')
    .replace('by: birch', 'by: elm')
    .replace('to: alder', 'to: cedar');
  const path = '/api/agreements/strait-watch';
  ok(await post('release@cedar', '/api/proposals', { text, files: FILES }));
  ok(await post('release@cedar', `${path}/versions/7/propose`));
  const versions = ok(await t.ask('release@cedar', `${path}/versions`))['versions'] as Json[];
  assert.deepEqual(
    versions.map((one) => one['version']),
    [7],
  );
  const before = await kindsOnLedger('strait-watch');
  const { world } = t.node.release.standing;
  assert.deepEqual(ok(await post('release@cedar', `${path}/terminate`, { reason: 'mine' }))['cutoffs'], []);
  assert.deepEqual(await kindsOnLedger('strait-watch'), before);
  assert.equal(t.node.release.standing.world, world);
  assert.equal((await t.ask('release@cedar', path)).status, 404);
  assert.equal((await t.ask('ada@alder', `${path}/versions/7`)).status, 404);
});

test('wrong signatures are refused: another key, another text, another party, another version', async () => {
  ok(await post('release@alder', `${versionPath(1)}/propose`));
  assert.equal(ok(await t.ask('ben@birch', versionPath(1)))['phase'], 'proposed');
  assert.equal((await t.ask('out@cedar', versionPath(1))).status, 404);
  const stranger = generateKeyPairSync('ed25519').privateKey.export({ format: 'jwk' }) as Key;
  const of = { agreement: 'bay-watch' as AgreementId, version: 1, text: bay(1), files: FILES };
  const wrong = [
    await signAgreement(of, 'birch' as PartyId, stranger),
    await signature('birch', 1, bay(1), 'alder'),
    await signature('alder', 1),
    await signature('birch', 1, `${bay(1)}# one more line\n`),
    await signature('birch', 2),
    await signAgreement({ ...of, files: {} }, 'birch' as PartyId, keys.get('birch')!),
    'no.jws.atall',
  ];
  for (const jws of wrong) refused(await sign('birch', 1, jws), 400, 'bad-signature');
  refused(
    await post('ben@birch', `${versionPath(1)}/signatures`, { jws: await signature('birch', 1) }),
    403,
    'forbidden',
  );
  assert.deepEqual(ok(await t.ask('ben@birch', versionPath(1)))['signedBy'], []);
});

test('approval comes after all signatures, by the authority, and puts it in force', async () => {
  refused(await post('chair@authority', `${versionPath(1)}/approvals`), 409, 'conflict');
  ok(await sign('alder', 1));
  refused(await post('chair@authority', `${versionPath(1)}/approvals`), 409, 'conflict');
  refused(await post('chair@authority', `${versionPath(1)}/activate`), 409, 'conflict');
  assert.equal(ok(await sign('birch', 1))['phase'], 'signed');
  refused(await post('release@alder', `${versionPath(1)}/approvals`), 403, 'forbidden');
  const inForce = ok(await t.ask('ben@birch', '/api/agreements'))['agreements'] as Json[];
  assert.ok(!inForce.some((one) => one['id'] === 'bay-watch'));
  const active = ok(await post('chair@authority', `${versionPath(1)}/approvals`));
  assert.equal(active['phase'], 'active');
  assert.equal(active['standing'], 'in-force');
  assert.deepEqual(await kindsOnLedger('bay-watch'), ['signed', 'signed', 'approved', 'activated']);
  assert.ok(t.node.release.standing.world.agreements.some((one) => one.terms.id === 'bay-watch'));
});

test('suspension by one cuts open readers before the answer; resuming takes all', async () => {
  await granted('bo@birch');
  const open = await watching('bo@birch');
  refused(await post('ben@birch', '/api/agreements/bay-watch/suspend', { reason: 'no' }), 403, 'forbidden');
  const done = ok(await post('security@birch', '/api/agreements/bay-watch/suspend', { reason: 'a leak' }));
  assert.equal(done['pending'], undefined);
  await cutFor(open, 'bo@birch');
  const kinds = await kindsOnLedger('bay-watch');
  assert.ok(kinds.includes('suspended') && kinds.includes('agreement'));
  const resume = (who: string) => post(who, '/api/agreements/bay-watch/resume');
  refused(await resume('security@birch'), 403, 'forbidden');
  for (const who of ['release@birch', 'release@alder', 'release@alder']) {
    ok(await resume(who));
    assert.deepEqual(await seenBy('bo@birch'), []);
  }
  const version = ok(await resume('chair@authority'));
  assert.equal(version['suspended'], undefined);
  const count = await feedOne();
  await until(async () => (await seenBy('bo@birch')).includes(count));
});

test('who is admitted while a suspension is being computed gets nothing of before', async () => {
  const { standing } = t.node.release;
  const { setWorld } = standing;
  let asked: Promise<number[]> | undefined;
  standing.setWorld = async (world) => {
    asked ??= seenBy('bo@birch');
    await asked;
    await setWorld.call(standing, world);
  };
  try {
    ok(await post('chair@authority', '/api/agreements/bay-watch/suspend', { reason: 'again' }));
    assert.deepEqual(await asked, []);
  } finally {
    standing.setWorld = setWorld;
  }
  for (const who of ['release@birch', 'release@alder', 'chair@authority'])
    ok(await post(who, '/api/agreements/bay-watch/resume'));
  await until(async () => (await seenBy('bo@birch')).length > 0);
});

test('a suspension that cannot be written holds, says so, and is written until it is', async () => {
  const store = t.node.storage.authority as { record: typeof t.node.storage.authority.record };
  const { record } = store;
  let failures = 0;
  store.record = async (entry) => {
    if (failures++ < 2) throw new Error('the disk is full');
    await record(entry);
  };
  const suspensions = async () =>
    (await kindsOnLedger('bay-watch')).filter((one) => one === 'suspended').length;
  const before = await suspensions();
  const done = ok(await post('security@alder', '/api/agreements/bay-watch/suspend', { reason: 'at once' }));
  assert.equal(done['pending'], true);
  assert.deepEqual(await seenBy('bo@birch'), []);
  assert.equal(await suspensions(), before, 'what is not durable is not on the ledger');
  await until(async () => (await suspensions()) === before + 1);
  assert.deepEqual(await seenBy('bo@birch'), []);
  assert.deepEqual(
    t.errors.splice(0).map((cause) => (cause as Error).message),
    ['the disk is full', 'the disk is full'],
  );
  store.record = record;
  for (const who of ['release@birch', 'release@alder', 'chair@authority'])
    ok(await post(who, '/api/agreements/bay-watch/resume'));
  await until(async () => (await seenBy('bo@birch')).length > 0);
});

test('a breach told by the receiver cuts; confirming, accepting and approving together restore', async () => {
  const path = '/api/agreements/bay-watch/assurances/own-use';
  const open = await watching('bo@birch');
  refused(await post('security@birch', `${path}/breach`, { reason: 'not mine to say' }), 403, 'forbidden');
  ok(await post('security@alder', `${path}/breach`, { reason: 'seen in the press' }));
  await cutFor(open, 'bo@birch');
  refused(await post('security@alder', `${path}/confirm`), 403, 'forbidden');
  ok(await post('security@birch', `${path}/confirm`));
  ok(await post('security@alder', `${path}/restore`));
  assert.deepEqual(await seenBy('bo@birch'), []);
  ok(await post('chair@authority', `${path}/restore`));
  const count = await feedOne();
  await until(async () => (await seenBy('bo@birch')).includes(count));
});

test('an amendment takes the place of the old version, which ends; the old number cannot be used again', async () => {
  const narrower = bay(2).replace('ceiling: SECRET', 'ceiling: RESTRICTED');
  refused(await draft(1), 409, 'conflict');
  const active = await bringIntoForce(2, narrower);
  assert.equal(active['phase'], 'active');
  const versions = ok(await t.ask('ben@birch', '/api/agreements/bay-watch/versions'))['versions'] as Json[];
  assert.deepEqual(
    versions.map((one) => one['version']),
    [1, 2],
  );
  const current = t.node.release.standing.world.agreements.filter((one) => one.terms.id === 'bay-watch');
  assert.deepEqual(
    current.map((one) => one.terms.version),
    [2],
  );
  const { changes } = ok(await t.ask('ben@birch', '/api/agreements/bay-watch/diff?from=1&to=2'));
  assert.ok(JSON.stringify(changes).includes('RESTRICTED'));
  assert.equal((await t.ask('out@cedar', '/api/agreements/bay-watch/diff?from=1&to=2')).status, 404);
});

test('an incident is told, and termination by one ends it for good', async () => {
  const open = await watching('bo@birch');
  ok(await post('security@birch', '/api/agreements/bay-watch/incidents', { says: 'a laptop was lost' }));
  ok(await post('release@alder', '/api/agreements/bay-watch/terminate', { reason: 'enough' }));
  await cutFor(open, 'bo@birch');
  const told = open.socket.controls.filter((one) => one['type'] === 'notice').map((one) => one['kind']);
  assert.ok(told.includes('incident') && told.includes('terminated'), told.join());
  refused(await post('release@alder', '/api/agreements/bay-watch/resume'), 409, 'conflict');
  assert.ok((await kindsOnLedger('bay-watch')).includes('incident'));
  assert.deepEqual(t.errors, []);
});
