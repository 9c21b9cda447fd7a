import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ITEM_KINDS, type ItemKind } from '@concord/label';
import fc from 'fast-check';
import { cellToLatLng, latLngToCell } from 'h3-js';
import { releasedForm } from './index.ts';

const time = Date.UTC(2027, 0, 1, 12, 34, 56, 789);
const at = { lat: 25.5, lon: 56.5 };
const ship = {
  mmsi: 123456789,
  ts: '2027-01-01T12:34:56.789Z',
  lat: at.lat,
  lon: at.lon,
  speed: 12.5,
  course: 45,
  trueHeading: 46,
  rateOfTurn: 0,
  navStatus: 0,
  raw: '!AIVDM,1,1,,A,13HOI:0P0000VOHLCnHQKwvL05Ip,0*23',
};

test('an item without obligations is released as it is', () => {
  const form = releasedForm('ais.position', {}, time, ship, at);
  assert.deepEqual(form, { time, record: ship });
  assert.deepEqual(releasedForm('ais.position', { delay: 3 }, time, ship, at), form);
});

test('a vessel’s position becomes its cell, its time a minute, and its movement is gone', () => {
  assert.deepEqual(releasedForm('ais.position', { position: { h3: 7 } }, time, ship, at), {
    time: Date.UTC(2027, 0, 1, 12, 34),
    record: {
      mmsi: 123456789,
      ts: '2027-01-01T12:34:00.000Z',
      navStatus: 0,
      cell: latLngToCell(at.lat, at.lon, 7),
    },
  });
});

test('a dropped field takes along what says the same in another notation', () => {
  const form = releasedForm('ais.position', { drop: ['speed', 'unheardOf'] }, time, ship, at);
  const { speed: _speed, raw: _raw, ...rest } = ship;
  assert.deepEqual(form, { time, record: rest });
  const solution = { receiver: 'r', ts: ship.ts, lat: 1, lon: 2, alt: 3, ecef: [1, 2, 3] };
  assert.deepEqual(releasedForm('gnss.position', { drop: ['alt'] }, time, solution, at)?.record, {
    receiver: 'r',
    ts: ship.ts,
    lat: 1,
    lon: 2,
  });
});

test('what cannot be coarser is not released', () => {
  for (const kind of ['gnss.observation', 'gnss.interference', 'eo.scene', 'report'] as const)
    assert.equal(releasedForm(kind, { position: { h3: 7 } }, time, {}, at), undefined);
  assert.equal(releasedForm('ais.position', { position: { h3: 7 } }, time, ship, undefined), undefined);
  assert.equal(
    releasedForm('ais.position', { position: { h3: 7 } }, time, ship, { lat: 91, lon: 0 }),
    undefined,
  );
});

test('a kind without a place is released without one, should its record hold it all the same', () => {
  const form = releasedForm(
    'ais.static',
    { position: { h3: 7 } },
    time,
    { mmsi: 1, shipName: 'A', lat: 1, raw: '!' },
    at,
  );
  assert.deepEqual(form?.record, { mmsi: 1, shipName: 'A' });
});

test('an instant that is not written in UTC does not stay', () => {
  for (const ts of ['2027-01-01T12:34:56+00:00', 'yesterday', 1798806896789, undefined, 'Z']) {
    const form = releasedForm('ais.position', { position: { h3: 7 } }, time, { ...ship, ts }, at);
    assert.ok(form && !('ts' in form.record), String(ts));
  }
});

const coarse: ItemKind[] = ITEM_KINDS.filter(
  (kind) => releasedForm(kind, { position: { h3: 5 } }, time, {}, at) !== undefined,
);

/** A record whose every field depends on where and when it is, under names that were never thought of too. */
const recordAt = (lat: number, lon: number, ms: number) => ({
  ...ship,
  lat,
  lon,
  alt: lat + lon,
  ecef: [lat, lon],
  raw: `!${lat},${lon}`,
  speed: lat,
  course: lon,
  trueHeading: lon,
  heading: lat,
  seconds: ms % 60_000,
  ts: new Date(ms).toISOString(),
  geohash: `${lat}${lon}`,
  position: { lat, lon },
  track: [[lat, lon, ms]],
  residual_m: lat,
  hDop: lon,
  satellitesUsed: [String(lat)],
  satellitesExcluded: [],
  chip: `${lat}`,
  received: ms,
});

test('no field of the coarse form changes when the position moves within its cell and the time within its minute', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...coarse),
      fc.integer({ min: 0, max: 9 }),
      fc.double({ min: -89, max: 89, noNaN: true }),
      fc.double({ min: -179, max: 179, noNaN: true }),
      fc.double({ min: -0.4, max: 0.4, noNaN: true }),
      fc.double({ min: -0.4, max: 0.4, noNaN: true }),
      fc.integer({ min: 0, max: 59_999 }),
      fc.subarray(['shipName', 'navStatus']),
      (kind, h3, lat, lon, x, y, later, drop) => {
        const cell = latLngToCell(lat, lon, h3);
        const [lat0, lon0] = cellToLatLng(cell);
        const turn = ((lon - lon0 + 540) % 360) - 180;
        const moved = { lat: lat0 + (lat - lat0) * x, lon: lon0 + turn * y };
        // Beyond the antimeridian or a pole it is no longer written as a place.
        if (Math.abs(moved.lon) > 180 || Math.abs(moved.lat) > 90) return;
        if (latLngToCell(moved.lat, moved.lon, h3) !== cell) return;
        const minute = Math.floor(time / 60_000) * 60_000;
        const obligations = { position: { h3 }, ...(drop.length > 0 && { drop }) };
        const form = (point: { lat: number; lon: number }, ms: number) =>
          releasedForm(kind, obligations, ms, recordAt(point.lat, point.lon, ms), point);
        const here = form({ lat, lon }, minute);
        if (kind === 'ais.static' || kind === 'gnss.ephemeris') {
          assert.ok(here && !('lat' in here.record) && !('lon' in here.record) && !('raw' in here.record));
        } else {
          assert.deepEqual(form(moved, minute + later), here);
          assert.equal(here?.record['cell'], cell);
        }
        for (const field of drop) assert.ok(!(field in (here?.record ?? {})));
      },
    ),
    { numRuns: 1000 },
  );
});
