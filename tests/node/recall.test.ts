import assert from 'node:assert/strict';
import { ServerResponse } from 'node:http';
import { after, before, test } from 'node:test';
import type { Label, PartyId } from '@concord/label';
import { Session, Standing } from '@concord/release';
import { demoCorridor, demoLabel } from '@concord/server';
import { type Json, pause, type TestNode, testNode, until } from './harness.ts';

let t: TestNode;
before(async () => {
  t = await testNode();
});
after(() => t.close());

const feedOf = (feed: string, label: Label = demoLabel('alder', 'TEST')) =>
  t.node.intake.open({ party: 'alder' as PartyId, feed, source: 'made up', format: 'none', label });

/** Positions within the corridor, one a millisecond from `at`. */
const items = (count: number, at: number) =>
  Array.from({ length: count }, (_, i) => {
    const point = { lat: 54.05 + i / 1e5, lon: 10.05 };
    const record = { receiver: 'R1', ts: new Date(at + i).toISOString(), ...point, n: i };
    return { kind: 'gnss.position' as const, time: at + i, series: 'R1', place: { point }, record };
  });

const path = (stream: string) => `/api/items?limit=1000&stream=${encodeURIComponent(stream)}`;
const listed = async (officer: string, stream: string): Promise<Json[]> =>
  ((await t.ask(officer, path(stream))).body['items'] ?? []) as Json[];
const recalls = async (officer: string): Promise<Json[]> =>
  (await t.ask(officer, '/api/recalls')).body['recalls'] as Json[];

test('an item that is recalled is gone for its recipients at once, and asked back from those who had it', async () => {
  const at = Date.now();
  const live = await t.live('ben@birch', { streams: ['*'] });
  const outsider = await t.live('out@cedar', { streams: ['*'] });
  await outsider.until(() => outsider.controls.some((one) => one['phase'] === 'live'));
  const heard = outsider.controls.length;
  await feedOf('one').accept(items(5, at));
  const stream = 'alder/one/gnss.position';
  await live.until(() => live.items.filter((one) => one['stream'] === stream).length === 5);
  const own = await listed('ada@alder', stream);
  const third = own[2]!;
  const theirs = live.items.find((one) => one['time'] === third['time'])!;
  const done = await t.ask('ada@alder', '/api/recalls', { stream, item: third['id'], reason: 'wrong place' });
  assert.equal(done.status, 201, done.text);
  assert.deepEqual(
    (await listed('ben@birch', stream)).map((one) => one['time']),
    own.filter((one) => one !== third).map((one) => one['time']),
  );
  assert.equal((await listed('ada@alder', stream)).length, 5);
  await live.until(() => live.controls.some((one) => one['type'] === 'recall'));
  const told = live.controls.find((one) => one['type'] === 'recall')!;
  assert.deepEqual(told['ids'], [theirs['id']]);
  const [theirCase] = await recalls('ben@birch');
  assert.equal(theirCase?.['id'], told['recall']);
  assert.deepEqual(await recalls('out@cedar'), []);
  await pause(100);
  assert.equal(outsider.controls.length, heard, 'an outsider notices nothing');
  outsider.close();

  const id = String(done.body['id']);
  const state = async (officer: string) =>
    (await recalls(officer))
      .filter((one) => one['id'] === id)
      .flatMap((one) => one['cases'] as Json[])
      .map((one) => `${one['party']} ${one['state']}`);
  assert.deepEqual(await state('ada@alder'), ['birch asked']);
  assert.equal((await t.ask('out@cedar', `/api/recalls/${id}/acknowledge`, {})).status, 404);
  assert.equal((await t.ask('ada@alder', `/api/recalls/${id}/acknowledge`, {})).status, 404);
  assert.equal((await t.ask('ben@birch', `/api/recalls/${id}/acknowledge`, {})).status, 200);
  assert.deepEqual(await state('chair@authority'), ['birch acknowledged']);
  const certificate = { certificate: 'Deleted from all stores.' };
  assert.equal((await t.ask('ben@birch', `/api/recalls/${id}/destroyed`, certificate)).status, 200);
  assert.deepEqual(await state('ben@birch'), ['birch destroyed']);
  assert.equal((await recalls('ada@alder')).find((one) => one['id'] === id)?.['open'], false);
  live.close();
});

test('only officers of its own party recall, and what nobody was given is asked of nobody', async () => {
  await feedOf('unseen').accept(items(3, Date.now()));
  const stream = 'alder/unseen/gnss.position';
  const range = { from: '2020-01-01T00:00:00Z', to: '2090-01-01T00:00:00Z' };
  for (const officer of ['ben@birch', 'out@cedar'])
    assert.equal((await t.ask(officer, '/api/recalls', { stream, ...range })).status, 404);
  const there = await t.ask('out@cedar', '/api/recalls', { stream, ...range });
  const notThere = await t.ask('out@cedar', '/api/recalls', {
    stream: 'alder/unseem/gnss.position',
    ...range,
  });
  assert.equal(there.text, notThere.text.replace('unseem', 'unseen'));
  const done = await t.ask('ada@alder', '/api/recalls', { stream, ...range });
  assert.deepEqual(done.body['cases'], []);
  assert.ok((await recalls('ben@birch')).every((one) => one['id'] !== done.body['id']));
  assert.deepEqual(await listed('ben@birch', stream), []);
});

/** Bytes that the server hands to sockets, by Session or by HTTP response, each noted in the turn of its writing. */
function handOvers(): {
  readonly parts: string[];
  holdAt: number | undefined;
  onHold: () => void;
  restore(): void;
} {
  const { write } = Session.prototype;
  const { hold } = Standing.prototype;
  const { write: writePart } = ServerResponse.prototype;
  const seen = {
    parts: [] as string[],
    holdAt: undefined as number | undefined,
    onHold: (): void => undefined,
    restore() {
      Session.prototype.write = write;
      Standing.prototype.hold = hold;
      ServerResponse.prototype.write = writePart;
    },
  };
  Session.prototype.write = function (frame, position, messages) {
    seen.parts.push(`${this.reader.principal.party} ${frame.toString('utf8')}`);
    write.call(this, frame, position, messages);
  };
  Standing.prototype.hold = function (concerns) {
    const held = hold.call(this, concerns);
    if (seen.holdAt === undefined) {
      seen.holdAt = seen.parts.length;
      seen.onHold();
    }
    return held;
  };
  ServerResponse.prototype.write = function (this: ServerResponse, ...given: unknown[]) {
    if (this.req.url?.startsWith('/api/items')) seen.parts.push(`query ${String(given[0])}`);
    return Reflect.apply(writePart, this, given) as boolean;
  } as typeof writePart;
  return seen;
}

test('a range recalled under load: nothing of it is handed over after the hold at any of the three doors', async () => {
  const stream = 'alder/load/gnss.position';
  const feed = feedOf('load');
  const start = Date.now();
  let count = 0;
  let stopped = false;
  const loading = (async () => {
    while (!stopped) {
      await feed.accept(items(20, start + count));
      count += 20;
      await pause(10);
    }
  })();
  const authorization = `Bearer ${await t.token('ben@birch')}`;
  const events = new AbortController();
  let bySse = 0;
  const live = await t.live('ben@birch', { streams: ['*'] });
  const mine = () => live.items.filter((one) => one['stream'] === stream).length;
  await live.until(() => mine() > 300);
  const url = `${t.node.url}/live/sse?stream=${encodeURIComponent(stream)}`;
  const sse = (async () => {
    while (!events.signal.aborted) {
      const response = await fetch(url, { headers: { authorization }, signal: events.signal });
      for await (const part of response.body!) bySse += (part as Uint8Array).length;
    }
  })().catch(() => undefined);
  let queried = 0;
  const asking = (async () => {
    while (!stopped) queried += (await listed('ben@birch', stream)).length;
  })();
  await until(() => bySse > 20_000 && queried > 1000);
  const watched = handOvers();
  try {
    let committed = 0;
    watched.onHold = () => {
      committed = count;
    };
    const range = { from: new Date(start).toISOString(), to: new Date(start + 1e7).toISOString() };
    const due = '2020-01-01T00:00:00Z';
    const done = await t.ask('ada@alder', '/api/recalls', { stream, ...range, due });
    assert.equal(done.status, 201, done.text);
    assert.deepEqual(
      (done.body['cases'] as Json[]).map((one) => `${one['party']} ${one['state']}`),
      ['birch overdue'],
    );
    await pause(1500);
    stopped = true;
    await Promise.all([loading, asking]);
    const after = watched.parts.slice(watched.holdAt).filter((one) => !one.startsWith('alder'));
    const given = after.flatMap((one) =>
      [...one.matchAll(/"time":"([^"]+)","label"/g)].map(([, time]) => time),
    );
    const numbers = given.map((time) => Date.parse(String(time)) - start);
    assert.ok(committed > 300);
    assert.ok(numbers.length > 100, 'what comes later goes on');
    assert.deepEqual(
      numbers.filter((n) => n < committed),
      [],
    );
    assert.ok((await listed('ada@alder', stream)).length > 100, 'its own party has it still');
    const left = (await listed('ben@birch', stream)).map((one) => Date.parse(String(one['time'])) - start);
    assert.ok(left.every((n) => n >= committed));
  } finally {
    watched.restore();
    stopped = true;
    events.abort();
    live.close();
    await sse;
  }
});

test('an embargo ends by itself: readers have its items late, once, by every way', async () => {
  const end = Date.now() + 2500;
  const label = { ...demoLabel('alder', 'TEST'), embargoUntil: new Date(end).toISOString() };
  const stream = 'alder/embargo/gnss.position';
  const live = await t.live('ben@birch', { streams: ['*'] });
  await feedOf('before').accept(items(1, Date.now()));
  await live.until(() => live.items.some((one) => one['stream'] === 'alder/before/gnss.position'));
  const cursor = String(live.items.at(-1)?.['cursor']);
  await feedOf('embargo', label).accept(items(7, Date.now()));
  await pause(500);
  assert.equal(live.items.filter((one) => one['stream'] === stream).length, 0);
  assert.deepEqual(await listed('ben@birch', stream), []);
  assert.equal((await listed('ada@alder', stream)).length, 7);
  const mine = () => live.items.filter((one) => one['stream'] === stream);
  await live.until(() => mine().length >= 7, 15_000);
  assert.ok(Date.now() >= end);
  await pause(1500);
  assert.equal(mine().length, 7);
  assert.equal(new Set(mine().map((one) => one['id'])).size, 7);
  assert.equal((await listed('ben@birch', stream)).length, 7);
  const [first] = mine();
  const rest = await t.ask('ben@birch', `${path(stream)}&cursor=${String(first?.['cursor'])}`);
  assert.equal((rest.body['items'] as Json[]).length, 6);
  // By an event stream that goes on from before, in two connections: without gap, nothing twice.
  const ids: string[] = [];
  let from = cursor;
  for (const most of [3, 100]) {
    const stop = new AbortController();
    setTimeout(() => stop.abort(), 2500);
    const authorization = `Bearer ${await t.token('ben@birch')}`;
    const url = `${t.node.url}/live/sse?stream=${encodeURIComponent(stream)}&cursor=${from}`;
    const response = await fetch(url, { headers: { authorization }, signal: stop.signal });
    let text = '';
    try {
      for await (const part of response.body!) text += Buffer.from(part as Uint8Array).toString();
    } catch (cause) {
      assert.equal((cause as Error).name, 'AbortError');
    }
    for (const [, at, id] of [...text.matchAll(/^id: (.*)\nevent: item\ndata: .*?"id":"([^"]+)"/gm)].slice(
      0,
      most,
    )) {
      from = String(at);
      ids.push(String(id));
    }
  }
  assert.equal(ids.length, 7);
  assert.deepEqual(new Set(ids), new Set(mine().map((one) => one['id'])));
  live.close();
});

test('a label that is succeeded by a stricter one closes its items at the instant', async () => {
  const turn = Date.now() + 1500;
  const strict = { ...demoLabel('alder', 'TEST'), caveats: ['NOFORN'] };
  const label = {
    ...demoLabel('alder', 'TEST'),
    successor: { at: new Date(turn).toISOString(), label: strict },
  };
  const stream = 'alder/succession/gnss.position';
  await feedOf('succession', label).accept(items(4, Date.now()));
  await until(async () => (await listed('ben@birch', stream)).length === 4);
  await pause(Math.max(0, turn - Date.now()));
  assert.deepEqual(await listed('ben@birch', stream), []);
  await until(async () =>
    (await listed('ada@alder', stream)).every((one) => JSON.stringify(one['label']).includes('NOFORN')),
  );
  assert.deepEqual(await listed('ben@birch', stream), []);
});

test('while the database writes nothing an ended embargo gives nothing and a succession takes all the same', async () => {
  const at = new Date(Date.now() + 1000).toISOString();
  const mode = demoLabel('alder', 'TEST');
  const strict = { ...mode, caveats: ['NOFORN'] };
  await feedOf('closing', { ...mode, successor: { at, label: strict } }).accept(items(2, Date.now()));
  await feedOf('opening', { ...mode, embargoUntil: at }).accept(items(2, Date.now()));
  const [closing, opening] = ['alder/closing/gnss.position', 'alder/opening/gnss.position'];
  assert.equal((await listed('ben@birch', closing)).length, 2);
  const { upkeep } = t.node.storage;
  const { reclass } = upkeep;
  Object.assign(upkeep, { reclass: () => Promise.reject(new Error('no row is written')) });
  try {
    await pause(Math.max(0, Date.parse(at) - Date.now()));
    for (let i = 0; i < 10; i++) {
      assert.deepEqual(await listed('ben@birch', closing), []);
      assert.deepEqual(await listed('ben@birch', opening), []);
      await pause(100);
    }
  } finally {
    Object.assign(upkeep, { reclass });
  }
  await until(async () => (await listed('ben@birch', opening)).length === 2);
  assert.deepEqual(await listed('ben@birch', closing), []);
});

test('what was given is what clients have received, each item once, whatever the door', async () => {
  const ring = demoCorridor();
  const point = {
    lat: ring.reduce((sum, [, lat]) => sum + lat, 0) / ring.length,
    lon: ring.reduce((sum, [lon]) => sum + lon, 0) / ring.length,
  };
  // Only here data of an exercise are given: one clause, and nothing from before.
  const stream = 'alder/sums/gnss.position';
  const feed = feedOf('sums', demoLabel('alder', 'EXERCISE'));
  const received = new Set<unknown>();
  const take = (all: readonly Json[]) => {
    for (const one of all) if (one['stream'] === stream) received.add(one['id']);
  };
  const live = await t.live('ben@birch', { streams: ['*'] });
  const slow = await t.live('ben@birch', { streams: ['*'] }, 'slow');
  for (let i = 0; i < 10; i++) {
    await feed.accept(items(7, Date.now() + 10 * i).map((one) => ({ ...one, place: { point } })));
    if (i % 3 === 0) take(await listed('ben@birch', stream));
  }
  const of = (client: { items: Json[] }) => client.items.filter((one) => one['stream'] === stream);
  await until(() => of(live).length === 70 && of(slow).length === 70);
  take(live.items);
  take(slow.items);
  assert.equal(received.size, 70);
  const lines = async (officer: string) =>
    ((await t.ask(officer, '/api/given')).body['given'] as Json[]).filter((one) =>
      String(one['clauses']).includes('live-gnss'),
    );
  for (const officer of ['ada@alder', 'ben@birch', 'chair@authority']) {
    const [line, ...more] = await lines(officer);
    assert.deepEqual(more, []);
    const { giver, receiver, kind, level, clauses, items: count } = line ?? {};
    assert.deepEqual(
      { giver, receiver, kind, level, clauses, count },
      {
        giver: 'alder',
        receiver: 'birch',
        kind: 'gnss.position',
        level: 'ALDER RESTRICTED',
        clauses: ['strait-watch/live-gnss'],
        count: received.size,
      },
    );
    const [median, p95] = [Number(line?.['delayMedian_ms']), Number(line?.['delayP95_ms'])];
    assert.ok(median >= 0 && median <= p95 && p95 < 20_000, `${median} ${p95}`);
  }
  assert.deepEqual((await t.ask('out@cedar', '/api/given')).body, { given: [] });
  const none = await t.ask('ada@alder', '/api/given?to=2020-01-01T00:00:00Z');
  assert.deepEqual(none.body, { given: [] });
  const csv = (await t.ask('ada@alder', '/api/given?format=csv&by=day')).text;
  assert.match(csv, /^giver,receiver,kind,level,clauses,period,items/);
  assert.match(
    csv,
    /alder,birch,gnss\.position,ALDER RESTRICTED,strait-watch\/live-gnss,\d{4}-\d\d-\d\d,70,/,
  );
  live.close();
  slow.close();
});

test('what was recalled stays so when the hold in memory has ended', { timeout: 120_000 }, async () => {
  const stream = 'alder/last/gnss.position';
  const live = await t.live('ben@birch', { streams: ['*'] });
  const start = String((await t.ask('ben@birch', '/api/items?limit=1')).body['next']);
  await feedOf('last').accept(items(5, Date.now()));
  const of = (client: { items: Json[] }) => client.items.filter((one) => one['stream'] === stream);
  await live.until(() => of(live).length === 5);
  const range = { from: '2020-01-01T00:00:00Z', to: '2090-01-01T00:00:00Z' };
  assert.equal((await t.ask('ada@alder', '/api/recalls', { stream, ...range })).status, 201);
  await pause(64_000);
  // Somebody who comes again, with a cursor from before and one from within, is given none of it.
  for (const cursor of [start, String(of(live)[1]?.['cursor'])]) {
    const again = await t.live('ben@birch', { streams: [stream], cursor });
    await again.until(() => again.controls.some((one) => one['phase'] === 'live'));
    await pause(300);
    assert.deepEqual(again.items, []);
    again.close();
  }
  assert.deepEqual(await listed('ben@birch', stream), []);
  assert.equal((await listed('ada@alder', stream)).length, 5);
  live.close();
});
