import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { issueClearance, signAgreement } from '@concord/authority';
import type { AgreementId, OfficerId, PartyId } from '@concord/label';
import { demoLabel } from '@concord/server';
import { type Answer, type Json, type LiveClient, pause, type TestNode, testNode, until } from './harness.ts';

const AREA = JSON.stringify({
  type: 'Polygon',
  coordinates: [
    [
      [9, 53],
      [12, 53],
      [12, 56],
      [9, 56],
      [9, 53],
    ],
  ],
});
/** What the text names. */
export const FILES = { 'areas/bay.geojson': AREA };
/** An agreement of the demonstration's parties beside the one that runs. */
export const bay = (version: number) => `agreement: bay-watch
version: ${version}
title: Bay Watch
parties:
  alder: { name: Alder Coast Guard, policy: ALDER }
  birch: { name: Birch Maritime Authority, policy: BIRCH }
authority: { name: Joint Staff Commission, quorum: all }
inForce: { from: 2026-01-01, until: 2036-01-01 }
equivalence:
  - { alder: SECRET, birch: SECRET }
  - { alder: CONFIDENTIAL, birch: CONFIDENTIAL }
  - { alder: RESTRICTED, birch: OFFICIAL }
areas:
  bay: areas/bay.geojson
assurances:
  own-use:
    by: birch
    to: alder
    text: Positions stay with Birch.
    ifBreached: { suspend: [positions] }
clauses:
  positions: { from: alder, to: birch, covers: [gnss.position], ceiling: SECRET, within: bay, purposes: [rescue] }
`;

export type Key = Parameters<typeof signAgreement>[2];

export const STREAM = 'alder/coast/gnss.position';
export let t: TestNode;
export let keys: Map<string, Key>;

/** Starts a node with some more officers of Birch; they have no grant. */
export async function start(): Promise<void> {
  t = await testNode((config) => ({
    ...config,
    officers: [
      ...config.officers,
      ...(['bo@birch', 'bill@birch', 'bob@birch'] as OfficerId[]).map((id) => ({
        ...config.officers.find((one) => one.id === 'ben@birch')!,
        id,
      })),
      {
        ...config.officers.find((one) => one.id === 'release@birch')!,
        id: 'release@cedar' as OfficerId,
        party: 'cedar' as PartyId,
      },
    ],
  }));
  keys = new Map(
    ['alder', 'birch', 'cedar'].map((party) => [
      party,
      JSON.parse(readFileSync(join(t.dataDir, 'party-keys', `${party}.jwk`), 'utf8')) as Key,
    ]),
  );
}
export const stop = () => t.close();

export const ok = (answer: Answer): Json => {
  assert.ok(answer.status < 300, answer.text);
  return answer.body;
};
export const refused = (answer: Answer, status: number, code: string) => {
  assert.equal(answer.status, status, answer.text);
  assert.equal(answer.body['code'], code, answer.text);
};
export const post = (officer: string, path: string, body: Json = {}) => t.ask(officer, path, body);
export const versionPath = (n: number) => `/api/agreements/bay-watch/versions/${n}`;
export const signature = (party: string, n: number, text = bay(n), key = party) =>
  signAgreement(
    { agreement: 'bay-watch' as AgreementId, version: n, text, files: FILES },
    party as PartyId,
    keys.get(key)!,
  );
export const sign = async (party: string, n: number, jws?: string, text?: string) =>
  post(`release@${party}`, `${versionPath(n)}/signatures`, { jws: jws ?? (await signature(party, n, text)) });
export const draft = async (n: number, text = bay(n)) =>
  post('release@alder', '/api/proposals', { text, files: FILES });

/** Draft to in force, by the ordinary way. */
export async function bringIntoForce(n: number, text = bay(n)): Promise<Json> {
  ok(await draft(n, text));
  ok(await post('release@alder', `${versionPath(n)}/propose`));
  ok(await sign('alder', n, undefined, text));
  ok(await sign('birch', n, undefined, text));
  return ok(await post('chair@authority', `${versionPath(n)}/approvals`));
}

let fed = 0;
export const feeds = new Map<string, ReturnType<TestNode['node']['intake']['open']>>();
/** One more position in the bay. */
export async function feedOne(lat = 54, label = demoLabel('alder', 'REAL')): Promise<number> {
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
export const countOf = (message: Json) => (message['item'] as Json)['count'] as number;

export async function reading(officer: string): Promise<LiveClient> {
  const client = await t.live(officer, { streams: ['*'] });
  return client;
}

/** What comes by server-sent events. */
export async function events(
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

/** Everything that a query gives, page by page. */
export const seenBy = async (officer: string): Promise<number[]> => {
  const seen: number[] = [];
  for (let cursor = ''; ; ) {
    const path = `/api/items?stream=${encodeURIComponent(STREAM)}&limit=1000${cursor && `&cursor=${cursor}`}`;
    const { body } = await t.ask(officer, path);
    const items = (body['items'] as Json[] | undefined) ?? [];
    seen.push(...items.map(countOf));
    cursor = String(body['next'] ?? '');
    if (items.length === 0 || cursor === '') return seen;
  }
};

export const kindsOnLedger = async (log: string): Promise<string[]> => {
  const rows = await t.node.storage.leaves(log, 0, 10_000);
  return rows.map((leaf) => {
    const receipt = JSON.parse(Buffer.from(leaf).toString()) as Json;
    return String(receipt['act'] ?? receipt['target'] ?? receipt['kind']);
  });
};

let clearances = 0;
export async function certificate(
  officer: string,
  more: { ms?: number; level?: string } = {},
): Promise<string> {
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

export const wish = (officer: string, more: Json = {}): Json => ({
  officer,
  agreement: 'bay-watch',
  level: 'SECRET',
  purposes: ['rescue'],
  until: new Date(Date.now() + 3_600_000).toISOString(),
  ...more,
});
export async function granted(officer: string, clearance?: string): Promise<string> {
  const of = wish(officer, { clearance: clearance ?? (await certificate(officer)) });
  const { id } = ok(await post('security@birch', '/api/grants', of));
  assert.equal(ok(await post('release@alder', `/api/grants/${String(id)}/accept`))['state'], 'active');
  return String(id);
}

/** Both doors of live data are open for an officer and have had an item. */
export async function watching(officer: string) {
  // A stream is asked for by name at the door of events: it must be there.
  const first = await feedOne();
  await until(async () => (await seenBy(officer)).includes(first));
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
export async function cutFor(
  { socket, sse }: Awaited<ReturnType<typeof watching>>,
  officer: string,
): Promise<void> {
  const counts = [await feedOne(), await feedOne()];
  await pause(200);
  assert.ok(!socket.items.some((one) => counts.includes(countOf(one))), 'nothing by WebSocket');
  for (const count of counts) assert.ok(!sse.text().includes(`"count":${count}`), 'nothing by events');
  assert.ok(socket.controls.some((one) => one['type'] === 'cut' && one['stream'] === STREAM));
  assert.deepEqual(await seenBy(officer), [], 'and nothing by a query');
  socket.close();
  sse.close();
}
