import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  DEGREE,
  EARTH_RATE,
  ecefToGeodetic,
  geodeticToEcef,
  greenwichSiderealTime,
  subSatellitePoint,
  temeToEcef,
} from './earth.ts';
import { HIGH, LOW } from './fixture.ts';
import { lookAngles } from './look.ts';
import { isFailure, propagate, type TemeState } from './propagate.ts';

const at = (elset: typeof LOW, instant: number): TemeState => {
  const state = propagate(elset, instant);
  if (isFailure(state)) assert.fail(state.message);
  return state;
};

test('sidereal time is that of the textbook: 152.5787878° on 20 August 1992, 12:14 UT1', () => {
  const angle = greenwichSiderealTime(Date.UTC(1992, 7, 20, 12, 14)) / DEGREE;
  assert.ok(Math.abs(angle - 152.57878781) < 1e-7, `${angle}`);
});

test('an Earth-fixed velocity is the change of the Earth-fixed position', () => {
  const instant = Date.UTC(2030, 2, 1, 7);
  const { velocity_km_s } = temeToEcef(at(LOW, instant), instant);
  const [before, after] = [-500, 500].map(
    (ms) => temeToEcef(at(LOW, instant + ms), instant + ms).position_km,
  );
  velocity_km_s.forEach((speed, axis) => {
    assert.ok(Math.abs((after?.[axis] ?? 0) - (before?.[axis] ?? 0) - speed) < 1e-4);
  });
});

test('what stands over the turning Earth has no Earth-fixed velocity', () => {
  const radius = 42_164;
  const state: TemeState = {
    frame: 'TEME',
    position_km: [radius, 0, 0],
    velocity_km_s: [0, radius * EARTH_RATE, 0],
  };
  const { velocity_km_s } = temeToEcef(state, Date.UTC(2030, 0, 1));
  assert.ok(Math.hypot(...velocity_km_s) < 1e-9);
});

test('geodetic coordinates come back from Earth-fixed ones, poles included', () => {
  const place = fc.record({
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
    lon: fc.double({ min: -180, max: 180, noNaN: true }),
    alt_km: fc.double({ min: -10, max: 400_000, noNaN: true }),
  });
  fc.assert(
    fc.property(place, (geodetic) => {
      const again = ecefToGeodetic(geodeticToEcef(geodetic));
      assert.ok(Math.abs(again.lat - geodetic.lat) < 1e-9);
      assert.ok(Math.abs(again.alt_km - geodetic.alt_km) < 1e-6);
      const turn = Math.abs(again.lon - geodetic.lon) % 360;
      assert.ok(Math.min(turn, 360 - turn) * Math.cos(geodetic.lat * DEGREE) < 1e-9);
    }),
  );
});

test('a pole lies 6,356.752 km from the centre', () => {
  assert.ok(Math.abs(geodeticToEcef({ lat: 90, lon: 0, alt_km: 0 })[2] - 6356.7523142) < 1e-6);
});

test('a geostationary object stays over its place, in the sky of its place overhead', () => {
  const instants = [0, 6, 12, 18].map((hour) => Date.UTC(2030, 2, 1, hour));
  const places = instants.map((instant) => subSatellitePoint(at(HIGH, instant), instant));
  for (const { lat, lon, alt_km } of places) {
    assert.ok(Math.abs(lat) < 0.1 && Math.abs(lon - (places[0]?.lon ?? 0)) < 0.2);
    assert.ok(Math.abs(alt_km - 35_786) < 60);
  }
  const instant = instants[0] as number;
  const { position_km } = temeToEcef(at(HIGH, instant), instant);
  const below = { ...(places[0] as (typeof places)[number]), alt_km: 0 };
  assert.ok(lookAngles(below, position_km).elevation_deg > 89.99);
});

test('azimuths run clockwise from north', () => {
  const site = { lat: 0, lon: 0, alt_km: 0 };
  const looks = [
    { lat: 5, lon: 0, alt_km: 500 },
    { lat: 0, lon: 5, alt_km: 500 },
    { lat: -5, lon: 0, alt_km: 500 },
    { lat: 0, lon: -5, alt_km: 500 },
  ].map((place) => lookAngles(site, geodeticToEcef(place)));
  assert.deepEqual(
    looks.map((look) => Math.round(look.azimuth_deg)),
    [0, 90, 180, 270],
  );
  for (const look of looks) assert.ok(look.elevation_deg > 30 && look.range_km > 500 && look.range_km < 800);
});
