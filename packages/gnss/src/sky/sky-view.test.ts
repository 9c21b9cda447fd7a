import assert from 'node:assert/strict';
import { test } from 'node:test';
import { EphemerisStore } from '../ephemeris/ephemeris-store.ts';
import { ecefFromGeodetic } from '../geodesy.ts';
import { designConstellation } from '../simulate/constellation.ts';
import { type Gpst, gpst } from '../time/time-scale.ts';
import { satellitePlaces, skyView } from './sky-view.ts';

const AT = gpst(2400, 300_000);

test('the GEO at 110.5° E stands in the zenith of the place below it', () => {
  const below = ecefFromGeodetic({ lat: 0, lon: 110.5, heightEllipsoidal: 0 });
  const [highest] = skyView(new EphemerisStore(designConstellation(AT)), AT, below);
  assert.equal(highest?.sat, 'C61');
  assert.equal(highest.orbit, 'GEO');
  assert.ok(highest.elevation > 89.9);
  assert.ok(Math.abs(highest.range - 35_786e3) < 3e3);
  assert.ok(Math.abs(highest.subpoint.lon - 110.5) < 0.01);
});

test('the view is sorted by elevation and cut at the lowest asked for', () => {
  const place = ecefFromGeodetic({ lat: 30, lon: 110, heightEllipsoidal: 0 });
  const store = new EphemerisStore(designConstellation(AT));
  const all = skyView(store, AT, place, -90);
  assert.equal(all.length, 30);
  const elevations = all.map((s) => s.elevation);
  assert.deepEqual(
    elevations,
    elevations.toSorted((a, b) => b - a),
  );
  const visible = skyView(store, AT, place, 10);
  assert.ok(visible.length >= 10 && visible.every((s) => s.elevation >= 10));
});

test('a satellite whose ephemeris is stale or unhealthy is named with the reason', () => {
  const [first, second, ...rest] = designConstellation(AT);
  assert.ok(first && second);
  const store = new EphemerisStore([
    { ...first, health: 1 },
    { ...second, toe: (AT - 1e6) as Gpst },
    ...rest,
  ]);
  const { places, unplaced } = satellitePlaces(store, AT);
  assert.equal(places.length, 28);
  assert.deepEqual(unplaced, [
    { sat: first.sat, refused: 'unhealthy' },
    { sat: second.sat, refused: 'ephemeris-stale' },
  ]);
});
