import assert from 'node:assert/strict';
import { request } from 'node:http';
import { after, before, test } from 'node:test';
import type { GrantId, OfficerId, PartyId } from '@concord/label';
import { demoLabel, type NodeConfig } from '@concord/server';
import { type Json, type TestNode, testNode } from './harness.ts';

const YESTERDAY = Date.now() - 86_400_000;
/** Who must not know of what Alder's feeds bring, each for a reason of its own. */
const BLIND = ['out@cedar', 'former@birch', 'elsewhere@birch', 'never@birch'] as const;

function withBlind(config: NodeConfig): NodeConfig {
  const ben = config.officers.find(({ id }) => id === 'ben@birch')!;
  const grant = config.grants.find(({ officer }) => officer === ben.id)!;
  const officers = BLIND.slice(1).map((id) => ({ ...ben, id: id as OfficerId }));
  return {
    ...config,
    officers: [...config.officers, ...officers],
    grants: [
      ...config.grants,
      { ...grant, id: 'ended' as GrantId, officer: 'former@birch' as OfficerId, from: 0, until: YESTERDAY },
      { ...grant, id: 'other' as GrantId, officer: 'elsewhere@birch' as OfficerId, purposes: ['fisheries'] },
    ],
  };
}

let t: TestNode;
const run: Record<string, string> = {};

function open(party: string, feed: string) {
  return t.node.intake.open({
    party: party as PartyId,
    feed,
    source: 'test',
    format: 'test',
    label: demoLabel(party),
  });
}

before(async () => {
  t = await testNode(withBlind);
  const [lat, lon, time] = [32, -41, Date.now()];
  const ts = new Date(time).toISOString();
  await open('alder', 'hidden').accept([
    {
      kind: 'gnss.position',
      time,
      series: 'R1',
      place: { point: { lat, lon } },
      record: { receiver: 'R1', ts, lat, lon },
    },
    { kind: 'orbit.elset', time, series: '5', record: { satNo: 5, epoch: ts } },
    {
      kind: 'eo.detection',
      time,
      series: 'd',
      place: { point: { lat, lon } },
      record: { detectionId: 'd', ts, lat, lon },
    },
  ]);
  const opened = await t.ask('ada@alder', '/api/feeds/hidden-run/runs', { source: 'x.ais', mode: 'TEST' });
  run['hidden'] = String(opened.body['run']);
  run['absent'] = '00000000-0000-4000-8000-000000000000';
});
after(() => t.close());

interface Raw {
  readonly status: number;
  readonly headers: Readonly<Record<string, unknown>>;
  readonly text: string;
}

/** An answer with its headers, apart from those that say when. */
async function raw(officer: string, method: string, path: string): Promise<Raw> {
  const authorization = `Bearer ${await t.token(officer)}`;
  return await new Promise((resolve, reject) => {
    const call = request(`${t.node.url}${path}`, { method, headers: { authorization } }, (response) => {
      let text = '';
      response.on('data', (data: Buffer) => {
        text += data.toString();
      });
      response.on('end', () => {
        const { date, etag, 'content-security-policy': nonce, ...headers } = response.headers;
        resolve({ status: response.statusCode ?? 0, headers, text });
      });
    });
    call.on('error', reject);
    call.end();
  });
}

const HIDDEN = ['alder/hidden/gnss.position', 'alder/hidden/orbit.elset', 'alder/hidden/eo.detection'];
/** As long as the hidden one, so that lengths can be compared as well. */
const absentOf = (stream: string) => stream.replace('hidden', 'absent');

/** Ways to ask about one stream. */
const WAYS = [
  (stream: string) => `/api/items?stream=${stream}`,
  (stream: string) => `/api/items?stream=${stream}&limit=1`,
  (stream: string) => `/api/items?stream=${stream}&from=2020-01-01T00:00:00Z&to=2040-01-01T00:00:00Z`,
  (stream: string) => `/api/items?stream=${stream}&bbox=-180,-90,180,90`,
  (stream: string) => `/api/items?stream=${stream}&cursor=${'A'.repeat(43)}`,
  (stream: string) => `/api/items?stream=birch/own/ais.position&stream=${stream}`,
  (stream: string) => `/api/latest?stream=${stream}`,
  (stream: string) => `/api/latest?stream=${stream}&bbox=-42,31,-40,33`,
  (stream: string) => `/api/reasons?stream=${stream}`,
];

for (const officer of BLIND) {
  test(`${officer}: about a hidden stream every answer is that about one that does not exist`, async () => {
    for (const stream of HIDDEN) {
      for (const way of WAYS) {
        const hidden = await raw(officer, 'GET', way(stream));
        const absent = await raw(officer, 'GET', way(absentOf(stream)));
        assert.ok(hidden.status >= 400, way(stream));
        assert.deepEqual(
          { ...hidden, text: hidden.text.replaceAll('hidden', 'absent') },
          absent,
          way(stream),
        );
      }
    }
    const [a, b] = await Promise.all(
      [HIDDEN, HIDDEN.map(absentOf)].map(async (streams) => {
        const live = await t.live(officer, { streams });
        await live.until(() => live.controls.filter((one) => one['type'] === 'error').length === 3);
        live.close();
        return JSON.stringify(live.controls).replaceAll('hidden', 'absent');
      }),
    );
    assert.equal(a, b);
  });

  test(`${officer}: lists, pages and totals are as if there were nothing`, async () => {
    for (const path of [
      '/api/items',
      '/api/latest',
      '/api/items?kind=gnss.position',
      '/api/items?bbox=-42,31,-40,33',
    ]) {
      assert.deepEqual((await t.ask(officer, path)).body, { items: [], next: null }, path);
    }
    assert.deepEqual((await t.ask(officer, '/api/streams')).body, { streams: [] });
    const live = await t.live(officer, { streams: ['*'], from: 'latest' });
    await live.until(() => live.controls.some((one) => one['phase'] === 'live'));
    assert.deepEqual(live.items, []);
    live.close();
  });

  test(`${officer}: runs, grants, logs and tiles of others do not exist`, async () => {
    const pairs: [string, string, string][] = [
      ['GET', `/api/runs/${run['hidden']}`, `/api/runs/${run['absent']}`],
      ['POST', `/api/runs/${run['hidden']}/chunks?offset=0`, `/api/runs/${run['absent']}/chunks?offset=0`],
      ['GET', '/ledger/home-alder/checkpoint', '/ledger/home-dummy/checkpoint'],
      ['GET', '/ledger/home-alder/tile/entries/000', '/ledger/home-dummy/tile/entries/000'],
    ];
    if (officer === 'out@cedar') {
      pairs.push(
        ['GET', '/api/agreements/strait-watch', '/api/agreements/strait-waste'],
        ['GET', '/ledger/strait-watch/checkpoint', '/ledger/strait-waste/checkpoint'],
        ['POST', '/api/grants/strait-watch-ben/revoke', '/api/grants/strait-waste-ben/revoke'],
      );
    }
    const blank = (text: string) =>
      text
        .replace(/home-\w{5}|strait-wa\w{3}/g, '')
        .replaceAll(run['hidden']!, '')
        .replaceAll(run['absent']!, '');
    for (const [method, hidden, absent] of pairs) {
      const [a, b] = [await raw(officer, method, hidden), await raw(officer, method, absent)];
      assert.ok(a.status >= 400, hidden);
      assert.deepEqual({ ...a, text: blank(a.text) }, { ...b, text: blank(b.text) }, hidden);
    }
  });
}

test('an item is found by its identifier as it was released, and by nobody who may not have it', async () => {
  const mine = (await t.ask('ben@birch', '/api/items?stream=alder/hidden/gnss.position')).body[
    'items'
  ] as Json[];
  const [shown] = mine;
  const found = await t.ask('ben@birch', `/api/items/${shown?.['id']}`);
  assert.deepEqual([found.status, found.body], [200, shown]);
  for (const officer of BLIND) {
    const hidden = await raw(officer, 'GET', `/api/items/${shown?.['id']}`);
    for (const id of ['A'.repeat(22), 'x', 'B'.repeat(60), '%00']) {
      assert.deepEqual(await raw(officer, 'GET', `/api/items/${id}`), hidden, `${officer} ${id}`);
    }
    assert.equal(hidden.status, 404);
  }
  // By its other party's name for it neither.
  const [own] = (await t.ask('ada@alder', '/api/items?stream=alder/hidden/gnss.position')).body[
    'items'
  ] as Json[];
  assert.equal((await t.ask('ada@alder', `/api/items/${own?.['id']}`)).status, 200);
  assert.equal((await t.ask('ben@birch', `/api/items/${own?.['id']}`)).status, 404);
});

test('what is late does not show before it is due: not as a stream, a count, a cursor or an identifier', async () => {
  const particulars = (feed: string, count: number) =>
    open('birch', feed).accept(
      Array.from({ length: count }, (_, i) => ({
        kind: 'ais.static' as const,
        time: Date.now(),
        series: String(i),
        record: { mmsi: 200_000_000 + i, destination: 'X', ts: new Date().toISOString() },
      })),
    );
  const position = async () => {
    const [lat, lon, ts] = [32, -41, new Date().toISOString()];
    const ship = {
      kind: 'ais.position' as const,
      time: Date.now(),
      series: '1',
      place: { point: { lat, lon } },
    };
    await open('birch', 'shown').accept([{ ...ship, record: { mmsi: 1, ts, lat, lon } }]);
  };
  await position();
  const before = await t.ask('ada@alder', '/api/items?kind=ais.position');
  const streams = (await t.ask('ada@alder', '/api/streams')).text;
  const live = await t.live('ada@alder', { streams: ['*'] });
  await live.until(() => live.controls.some((one) => one['phase'] === 'live'));
  const said = live.controls.length;
  await particulars('laters', 500);
  assert.deepEqual((await t.ask('ada@alder', '/api/items?kind=ais.position')).text, before.text);
  assert.deepEqual((await t.ask('ada@alder', '/api/items?kind=ais.static')).body, { items: [], next: null });
  assert.equal((await t.ask('ada@alder', '/api/streams')).text, streams);
  for (const way of WAYS) {
    const [late, absent] = [
      await raw('ada@alder', 'GET', way('birch/laters/ais.static')),
      await raw('ada@alder', 'GET', way('birch/absent/ais.static')),
    ];
    assert.deepEqual({ ...late, text: late.text.replaceAll('laters', 'absent') }, absent);
  }
  await position();
  await live.until(() => live.items.length > 0);
  assert.deepEqual(
    live.items.map((one) => one['stream']),
    ['birch/shown/ais.position'],
  );
  assert.equal(live.controls.length, said, 'nothing was said of it');
  live.close();
  const shown = (await t.ask('ada@alder', '/api/items?kind=ais.position')).body['items'] as Json[];
  // Opaque: that 500 items lie between two of them does not show in their names.
  for (const { id } of shown) assert.match(String(id), /^[\w-]{22}$/);
});
