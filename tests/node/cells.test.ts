import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { ItemKind, PartyId } from '@concord/label';
import { demoLabel } from '@concord/server';
import fc from 'fast-check';
import { cellToBoundary, cellToLatLng, latLngToCell } from 'h3-js';
import { type Json, type TestNode, testNode } from './harness.ts';

/**
 * Two streams that differ only in what a clause takes away: each item of the one lies elsewhere in the same cell, at
 * another second of the same minute, with another course, than its twin. Whatever is asked, the answers are the same.
 */
const SHIPS = 40;
const H3 = 6;
const MINUTE = Date.UTC(2026, 10, 1, 12);

interface Twin {
  readonly lat: number;
  readonly lon: number;
  readonly time: number;
  readonly speed: number;
  readonly course: number;
}

let t: TestNode;
const twins: [Twin, Twin][] = [];

/** A point of a cell: on the way from its middle to a corner, never quite there. */
function pointIn(cell: string, corner: number, way: number): { lat: number; lon: number } {
  const [lat, lon] = cellToLatLng(cell);
  const corners = cellToBoundary(cell);
  const [toLat, toLon] = corners[corner % corners.length]!;
  return { lat: lat + (toLat - lat) * way, lon: lon + (toLon - lon) * way };
}

const twin = (cell: string) =>
  fc
    .record({
      corner: fc.nat(5),
      way: fc.double({ min: 0, max: 0.9, noNaN: true }),
      second: fc.nat(59_999),
      speed: fc.nat(30),
      course: fc.nat(359),
    })
    .map(
      ({ corner, way, second, speed, course }): Twin => ({
        ...pointIn(cell, corner, way),
        time: second,
        speed,
        course,
      }),
    );

async function give(party: string, feed: string, kind: ItemKind, all: readonly Twin[]): Promise<void> {
  const intake = t.node.intake.open({
    party: party as PartyId,
    feed,
    source: 'test',
    format: 'test',
    label: demoLabel(party),
  });
  await intake.accept(
    all.map(({ lat, lon, time, speed, course }, i) => {
      const ts = new Date(time).toISOString();
      const what =
        kind === 'ais.position'
          ? { mmsi: 200_000_000 + i, speed, course, raw: `!AIVDM,${i},${lat}` }
          : { detectionId: `d-${i}`, confidence: speed / 30, raw: `${lat}` };
      return {
        kind,
        time,
        series: String(i),
        place: { point: { lat, lon } },
        record: { ...what, ts, lat, lon },
      };
    }),
  );
}

before(async () => {
  t = await testNode();
  // Around the south-western corner of the approaches, so that some cells lie within them, some outside, some across.
  for (let i = 0; i < SHIPS; i++) {
    const cell = latLngToCell(28.9 + (i % 8) * 0.03, -46.1 + Math.floor(i / 8) * 0.04, H3);
    const [pair] = fc.sample(fc.tuple(twin(cell), twin(cell)), { numRuns: 1, seed: i + 1 });
    const at = MINUTE + i * 60_000;
    twins.push(pair!.map((one) => ({ ...one, time: at + one.time })) as [Twin, Twin]);
  }
  for (const side of [0, 1] as const) {
    const all = twins.map((pair) => pair[side]);
    const feed = `twin-${side}`;
    await give('birch', feed, 'ais.position', all);
    await give('alder', feed, 'eo.detection', all);
  }
});
after(() => t.close());

/** An answer without what must differ: names of streams, and identifiers and cursors, which are opaque. */
function plain(answer: { status: number; body: Json }, side: 0 | 1): unknown {
  const { items = [], next, ...rest } = answer.body as { items?: Json[]; next?: unknown };
  return {
    status: answer.status,
    more: next !== null,
    items: items.map(({ id, ...item }) => ({ ...item, id: String(id).length })),
    rest: JSON.parse(JSON.stringify(rest).replaceAll(`twin-${side}`, 'twin')),
  };
}

const same = (value: unknown, side: 0 | 1): unknown =>
  JSON.parse(JSON.stringify(value).replaceAll(`twin-${side}`, 'twin'));

/** All pages of a query, as they come. */
async function pages(officer: string, path: string, stream: string, query: string, side: 0 | 1) {
  const found: unknown[] = [];
  let cursor = '';
  for (let page = 0; page < 60; page++) {
    const answer = await t.ask(officer, `${path}?stream=${stream}${query}${cursor && `&cursor=${cursor}`}`);
    found.push(same(plain(answer, side), side));
    const { next } = answer.body;
    if (typeof next !== 'string') break;
    cursor = next;
  }
  return found;
}

/** An edge of a box between the twins of some pair, where a query could tell them apart. */
const between = (of: 'lat' | 'lon') =>
  fc
    .record({ i: fc.nat(SHIPS - 1), way: fc.double({ min: -0.5, max: 1.5, noNaN: true }) })
    .map(({ i, way }) => {
      const [a, b] = twins[i]!;
      return a[of] + (b[of] - a[of]) * way;
    });
const instant = fc
  .record({ i: fc.nat(SHIPS - 1), side: fc.nat(1), by: fc.integer({ min: -1, max: 1 }) })
  .map(({ i, side, by }) => new Date(twins[i]![side]!.time + by).toISOString());
const anyQuery = fc
  .record(
    {
      lats: fc.tuple(between('lat'), between('lat')),
      lons: fc.tuple(between('lon'), between('lon')),
      from: instant,
      to: instant,
      limit: fc.integer({ min: 1, max: SHIPS }),
    },
    { requiredKeys: [] },
  )
  .map(({ lats, lons, from, to, limit }) => {
    const parts: string[] = [];
    if (lats && lons) {
      const [south, north] = [Math.min(...lats), Math.max(...lats)];
      parts.push(`bbox=${Math.min(...lons)},${south},${Math.max(...lons)},${north}`);
    }
    if (from !== undefined) parts.push(`from=${from}`);
    if (to !== undefined) parts.push(`to=${to}`);
    if (limit !== undefined) parts.push(`limit=${limit}`);
    return parts.map((one) => `&${one}`).join('');
  });

for (const { officer, name, kind, whole } of [
  { officer: 'ada@alder', name: 'ships', kind: 'birch/twin-0/ais.position', whole: true },
  {
    officer: 'ben@birch',
    name: 'detections, on both sides of the edge of their area',
    kind: 'alder/twin-0/eo.detection',
    whole: false,
  },
]) {
  test(`no filter, page or cursor tells ${name} apart that lie in one cell`, async () => {
    const streams = [kind, kind.replace('twin-0', 'twin-1')] as const;
    const counts: number[] = [];
    const property = fc.asyncProperty(anyQuery, async (query) => {
      const [a, b] = await Promise.all([
        pages(officer, '/api/items', streams[0], query, 0),
        pages(officer, '/api/items', streams[1], query, 1),
      ]);
      assert.deepEqual(a, b, query);
      counts.push(a.flatMap((page) => (page as { items: unknown[] }).items).length);
      const filter = query.replace(/&(from|to|limit)=[^&]*/g, '');
      const [x, y] = await Promise.all([
        pages(officer, '/api/latest', streams[0], filter, 0),
        pages(officer, '/api/latest', streams[1], filter, 1),
      ]);
      assert.deepEqual(x, y, filter);
    });
    await fc.assert(property, { numRuns: 120, examples: [['']] });
    const [all = 0, ...some] = counts;
    assert.ok(whole ? all === SHIPS : all > 0 && all < SHIPS, `${all} of ${SHIPS} are released`);
    assert.ok(some.some((n) => n > 0 && n < all));
  });
}

test('reasons and live items of both are the same, and hold nothing of what was taken away', async () => {
  const [a, b] = await Promise.all(
    ([0, 1] as const).map(async (side) => {
      const stream = `birch/twin-${side}/ais.position`;
      const why = await t.ask('ada@alder', `/api/reasons?stream=${stream}`);
      const live = await t.live('ada@alder', { streams: [stream], from: 'latest' });
      await live.until(() => live.items.length >= SHIPS);
      const items = live.items.map(({ id, cursor, ...item }) => item);
      live.close();
      const text = JSON.stringify(items);
      for (const { lat, lon } of twins.map((pair) => pair[side])) {
        for (const secret of [String(lat), String(lon), 'AIVDM', 'course', 'speed'])
          assert.ok(!text.includes(secret), secret);
      }
      return same({ why: why.body, items }, side);
    }),
  );
  assert.deepEqual(a, b);
});
