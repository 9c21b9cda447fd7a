import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { directionFromEnu, ecefFromGeodetic, enuFromEcef, geodeticFromEcef } from './geodesy.ts';

test('the equator, the pole and a known station have the coordinates they should have', () => {
  assert.deepEqual(geodeticFromEcef([6_378_137, 0, 0]), { lat: 0, lon: 0, heightEllipsoidal: 0 });
  const pole = geodeticFromEcef([0, 0, 6_356_752.3142]);
  assert.equal(pole.lat, 90);
  assert.ok(Math.abs(pole.heightEllipsoidal) < 1e-3);
  const esbjerg = geodeticFromEcef([3582105.291, 532589.7313, 5232754.8054]);
  assert.ok(Math.abs(esbjerg.lat - 55.4938) < 1e-3);
  assert.ok(Math.abs(esbjerg.lon - 8.4568) < 1e-3);
});

test('geodetic to Earth-fixed and back is the identity from below the sea to beyond the GEO orbit', () => {
  const number = (min: number, max: number) => fc.double({ min, max, noNaN: true });
  fc.assert(
    fc.property(number(-90, 90), number(-180, 180), number(-1e4, 4e7), (lat, lon, heightEllipsoidal) => {
      const position = ecefFromGeodetic({ lat, lon, heightEllipsoidal });
      const back = ecefFromGeodetic(geodeticFromEcef(position));
      for (const axis of [0, 1, 2] as const) assert.ok(Math.abs(back[axis] - position[axis]) < 1e-4);
    }),
  );
});

test('a satellite due east on the horizon and one overhead are seen where they are', () => {
  const place = { lat: 0, lon: 0 };
  const east = directionFromEnu(enuFromEcef(place, [0, 1000, 0]));
  assert.ok(Math.abs(east.azimuth - Math.PI / 2) < 1e-12 && Math.abs(east.elevation) < 1e-12);
  const up = directionFromEnu(enuFromEcef(place, [1000, 0, 0]));
  assert.ok(Math.abs(up.elevation - Math.PI / 2) < 1e-12);
  const west = directionFromEnu(enuFromEcef(place, [0, -1000, 0]));
  assert.ok(Math.abs(west.azimuth - 1.5 * Math.PI) < 1e-12);
});

test('the centre of the Earth has finite coordinates', () => {
  const { lat, lon, heightEllipsoidal } = geodeticFromEcef([0, 0, 0]);
  assert.ok([lat, lon, heightEllipsoidal].every(Number.isFinite));
});
