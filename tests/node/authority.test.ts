import assert from 'node:assert/strict';
import { generateKeyPairSync } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { issueClearance, signAgreement, withdrawClearance } from '@concord/authority';
import type { AgreementId, OfficerId, PartyId } from '@concord/label';
import { demoLabel } from '@concord/server';
import { bay, FILES } from './bay.ts';
import { type Answer, type Json, type LiveClient, pause, type TestNode, testNode, until } from './harness.ts';

type Key = Parameters<typeof signAgreement>[2];

const STREAM = 'alder/coast/gnss.position';
let t: TestNode;
let keys: Map<string, Key>;
const openClients: LiveClient[] = [];

before(async () => {
  t = await testNode((config) => ({
    ...config,
    officers: [
      ...config.officers,
      ...(['bo@birch', 'bill@birch', 'bob@birch'] as OfficerId[]).map((id) => ({
        ...config.officers.find((one) => one.id === 'ben@birch')!,
        id,
      })),
    ],
  }));
  keys = new Map(
    ['alder', 'birch', 'cedar'].map((party) => [
      party,
      JSON.parse(readFileSync(join(t.dataDir, 'party-keys', `${party}.jwk`), 'utf8')) as Key,
    ]),
  );
});
after(() => t.close());

const ok = (answer: Answer): Json => {
  assert.ok(answer.status < 300, answer.text);
  return answer.body;
};
const refused = (answer: Answer, status: number, code: string) => {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.body['code'], code, answer.text);
};
const post = (officer: string, path: string, body: Json = {}) => t.ask(officer, path, body);
const versionPath = (n: number) => `/api/agreements/bay-watch/versions/${n}`;
const signature = (party: string, n: number, text = bay(n), key = party) =>
  signAgreement(
    { agreement: 'bay-watch' as AgreementId, version: n, text, files: FILES },
    party as PartyId,
    keys.get(key)!,
  );
const sign = async (party: string, n: number, jws?: string, text?: string) =>
  post(`release@${party}`, `${versionPath(n)}/signatures`, { jws: jws ?? (await signature(party, n, text)) });
const draft = async (n: number, text = bay(n)) =>
  post('release@alder', '/api/proposals', { text, files: FILES });

/** Draft to in force, by the ordinary way. */
async function bringIntoForce(n: number, text = bay(n)): Promise<Json> {
  ok(await draft(n, text));
  ok(await post('release@alder', `${versionPath(n)}/propose`));
  ok(await sign('alder', n, undefined, text));
  ok(await sign('birch', n, undefined, text));
  return ok(await post('chair@authority', `${versionPath(n)}/approvals`));
}

let fed = 0;
const feeds = new Map<string, ReturnType<TestNode['node']['intake']['open']>>();
/** One more position in the bay. */
async function feedOne(lat = 54, label = demoLabel('alder', 'REAL')): Promise<number> {
  const feed =
    feeds.get(label.classification) ??
    t.node.intake.open({
      party: 'alder' as PartyId,
      feed: 'coast',
      source: 'made up',
      format: 'none',
      label,
    });
  feeds.set(label.classification, feed);
  const count = ++fed;
  const point = { lat, lon: 10 };
  const record = { receiver: 'R', ts: new Date().toISOString(), ...point, alt: 1, count };
  await feed.accept([{ kind: 'gnss.position', time: Date.now(), series: 'R', place: { point }, record }]);
  return count;
}
const countOf = (message: Json) => (message['item'] as Json)['count'] as number;

async function reading(officer: string): Promise<LiveClient> {
  const client = await t.live(officer, { streams: ['*'] });
  openClients.push(client);
  return client;
}

/** What comes by server-sent events. */
async function events(
  officer: string,
): Promise<{ text: () => string; ended: () => boolean; close: () => void }> {
  const authorization = `Bearer ${await t.token(officer)}`;
  let text = '';
  let ended = false;
  const call = request(
    `${t.node.url}/live/sse?stream=${encodeURIComponent(STREAM)}`,
    { headers: { authorization } },
    (response) => {
      response.setEncoding('utf8').on('data', (part: string) => {
        text += part;
      });
      response.on('close', () => {
        ended = true;
      });
      response.on('error', () => undefined);
    },
  );
  call.on('error', () => undefined);
  call.end();
  return { text: () => text, ended: () => ended, close: () => call.destroy() };
}

const seenBy = async (officer: string): Promise<number[]> => {
  const page = await t.ask(officer, `/api/items?stream=${encodeURIComponent(STREAM)}&limit=1000`);
  return ((page.body['items'] as Json[]) ?? []).map(countOf);
};

const kindsOnLedger = async (log: string): Promise<string[]> => {
  const rows = await t.node.storage.leaves(log, 0, 10_000);
  return rows.map((leaf) => {
    const receipt = JSON.parse(Buffer.from(leaf).toString()) as Json;
    return String(receipt['act'] ?? receipt['target'] ?? receipt['kind']);
  });
};

let clearances = 0;
async function certificate(officer: string, more: { ms?: number; level?: string } = {}): Promise<string> {
  const party = officer.split('@')[1]!;
  const id = `c-${++clearances}`;
  const jws = await issueClearance(
    {
      id,
      party: party as PartyId,
      officer: officer as OfficerId,
      level: more.level ?? 'SECRET',
      compartments: [],
      from: Date.now() - 2000,
      until: Date.now() + (more.ms ?? 3_600_000),
    },
    keys.get(party)!,
  );
  ok(await post(`security@${party}`, '/api/clearances', { certificate: jws }));
  return id;
}

const wish = (officer: string, more: Json = {}): Json => ({
  officer,
  agreement: 'bay-watch',
  level: 'SECRET',
  purposes: ['rescue'],
  until: new Date(Date.now() + 3_600_000).toISOString(),
  ...more,
});
async function granted(officer: string, clearance?: string): Promise<string> {
  const of = wish(officer, { clearance: clearance ?? (await certificate(officer)) });
  const { id } = ok(await post('security@birch', '/api/grants', of));
  assert.equal(ok(await post('release@alder', `/api/grants/${String(id)}/accept`))['state'], 'active');
  return String(id);
}

/** Both doors of live data are open for an officer and have had an item. */
async function watching(officer: string) {
  const socket = await reading(officer);
  const sse = await events(officer);
  await until(async () => {
    const count = await feedOne();
    await pause(60);
    return socket.items.some((one) => countOf(one) === count) && sse.text().includes(`"count":${count}`);
  });
  return { socket, sse };
}

/** After a change that returned now: nothing that was fed later reaches them, and the socket was told where it was cut. */
async function cutFor({ socket, sse }: Awaited<ReturnType<typeof watching>>, officer: string): Promise<void> {
  const counts = [await feedOne(), await feedOne()];
  await pause(200);
  assert.ok(!socket.items.some((one) => counts.includes(countOf(one))), 'nothing by WebSocket');
  for (const count of counts) assert.ok(!sse.text().includes(`"count":${count}`), 'nothing by events');
  assert.ok(socket.controls.some((one) => one['type'] === 'cut' && one['stream'] === STREAM));
  assert.deepEqual(await seenBy(officer), [], 'and nothing by a query');
  socket.close();
  sse.close();
}

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

test('suspension by one cuts open readers before the answer; resuming takes all', async () => {
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
