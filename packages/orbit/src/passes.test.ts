import assert from 'node:assert/strict';
import test from 'node:test';
import type { Area } from './area.ts';
import { temeToEcef } from './earth.ts';
import type { Elset } from './elset.ts';
import { OrbitError } from './error.ts';
import { HIGH, LOW } from './fixture.ts';
import { lookAngles } from './look.ts';
import { findPasses, type Pass } from './passes.ts';
import { isFailure, propagate } from './propagate.ts';

const from = Date.UTC(2030, 2, 1);
const to = from + 86_400_000;
const site = { lat: 52, lon: 13, alt_km: 0.1 };

function elevation(elset: Elset, instant: number): number {
  const state = propagate(elset, instant);
  if (isFailure(state)) assert.fail(state.message);
  return lookAngles(site, temeToEcef(state, instant).position_km).elevation_deg;
}

const seconds = (a: string | number, b: string | number): number =>
  Math.abs(Date.parse(`${a}`) - Date.parse(`${b}`)) / 1000;

/** Passes by looking every second: slow, and sure. */
function counted(elset: Elset, least: number): { rise: number; set: number; most: number }[] {
  const found: { rise: number; set: number; most: number }[] = [];
  let open: { rise: number; set: number; most: number } | undefined;
  for (let instant = from; instant <= to; instant += 1000) {
    const now = elevation(elset, instant);
    if (now >= least) {
      open ??= { rise: instant, set: instant, most: now };
      open.set = instant;
      open.most = Math.max(open.most, now);
    } else if (open !== undefined) {
      found.push(open);
      open = undefined;
    }
  }
  return found;
}

for (const [name, elset, least] of [
  ['a low orbit', LOW, 10],
  ['a low orbit at the horizon', LOW, 0],
  ['a low orbit, steep passes only', LOW, 30],
  [
    'an eccentric orbit',
    { ...LOW, meanMotion: 2.0061, eccentricity: 0.72, inclination: 63.4, argOfPerigee: 270, bStar: 0 },
    10,
  ],
  ['a middle orbit', { ...LOW, meanMotion: 2.0057, eccentricity: 0.01, inclination: 55, bStar: 0 }, 5],
] as const) {
  test(`the passes of ${name} are those that a look every second finds`, () => {
    const { passes, failure } = findPasses(elset, { site, from, to, minElevation_deg: least });
    assert.equal(failure, null);
    const inside = passes.filter((pass: Pass) => pass.endsAfter === undefined);
    const expected = counted(elset, least);
    assert.ok(expected.length > 0);
    assert.equal(inside.length, expected.length);
    inside.forEach((pass, i) => {
      const { rise, set, most } = expected[i] as (typeof expected)[number];
      assert.ok(seconds(pass.rise, new Date(rise).toISOString()) <= 1.05);
      assert.ok(seconds(pass.set, new Date(set).toISOString()) <= 1.05);
      assert.ok(pass.maxElevation_deg >= most - 1e-6 && pass.maxElevation_deg < most + 0.5);
    });
  });
}

test('rise and set are met to 0.1 s, and nothing around the culmination is higher', () => {
  for (const pass of findPasses(LOW, { site, from, to }).passes) {
    for (const edge of [pass.rise, pass.set]) {
      const instant = Date.parse(edge);
      const [before, after] = [elevation(LOW, instant - 150) - 10, elevation(LOW, instant + 150) - 10];
      assert.ok(before * after < 0, edge);
    }
    const top = Date.parse(pass.culmination);
    for (const aside of [-2000, 2000]) assert.ok(elevation(LOW, top + aside) < pass.maxElevation_deg);
    assert.match(pass.rise, /^2030-03-0\dT\d\d:\d\d:\d\d\.\dZ$/);
  }
});

test('a pass that only just rises between two samples is found', () => {
  const highest = Math.max(
    ...findPasses(LOW, { site, from, to }).passes.map((pass) => pass.maxElevation_deg),
  );
  const { passes } = findPasses(LOW, { site, from, to, minElevation_deg: highest - 0.0005 });
  assert.equal(passes.length, 1);
  assert.ok(seconds(passes[0]?.rise ?? '', passes[0]?.set ?? '') < 5);
});

test('a satellite that is always up gives one pass that begins before and ends after', () => {
  const states = [0, 90, 180, 270].map((raan) => findPasses({ ...HIGH, raan }, { site, from, to }).passes);
  const always = states.filter((passes) => passes.length === 1);
  assert.ok(always.length > 0 && always.length < 4);
  for (const [pass] of always) {
    assert.deepEqual([pass?.startsBefore, pass?.endsAfter], [true, true]);
    assert.deepEqual([pass?.rise, pass?.set], ['2030-03-01T00:00:00.0Z', '2030-03-02T00:00:00.0Z']);
  }
});

test('an area sees every pass that a site in it sees, and for longer', () => {
  const area: Area = {
    type: 'Polygon',
    coordinates: [
      [
        [10, 50],
        [16, 50],
        [16, 54],
        [10, 54],
        [10, 50],
      ],
    ],
  };
  const bySite = findPasses(LOW, { site, from, to }).passes;
  const byArea = findPasses(LOW, { area, from, to }).passes;
  for (const pass of bySite) {
    const wider = byArea.find((other) => other.rise <= pass.rise && other.set >= pass.set);
    assert.ok(wider !== undefined && wider.maxElevation_deg >= pass.maxElevation_deg - 1e-9);
  }
});

test('a search that fails midway keeps what it found and says why', () => {
  const falling = { ...LOW, meanMotion: 16.2, bStar: 0.05 };
  const { passes, failure } = findPasses(falling, {
    site,
    from,
    to: from + 60 * 86_400_000,
    minElevation_deg: 0,
  });
  assert.ok(failure !== null && passes.length > 0);
  assert.equal(findPasses({ ...LOW, eccentricity: 2 }, { site, from, to }).failure?.error, 'bad-elements');
});

test('options that make no sense are refused', () => {
  for (const options of [
    { site, from: to, to: from },
    { site, from, to: Number.POSITIVE_INFINITY },
    { site, from, to, minElevation_deg: 95 },
    { site: { lat: 91, lon: 0, alt_km: 0 }, from, to },
    { area: { type: 'MultiPolygon', coordinates: [] } as const, from, to },
  ]) {
    assert.throws(
      () => findPasses(LOW, options),
      (error) => error instanceof OrbitError && error.code === 'option-range',
    );
  }
});
