import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import { type Area, angleBetween, contains, destination, type Point, polygonsOf, readArea } from './area.ts';
import { DEGREE, ecefToGeodetic, geodeticToEcef, MEAN_RADIUS_KM, temeToEcef } from './earth.ts';
import { OrbitError } from './error.ts';
import { LOW } from './fixture.ts';
import { footprint } from './footprint.ts';
import { eastNorthUp, lookAngles } from './look.ts';
import { isFailure, propagate } from './propagate.ts';
import { swath } from './swath.ts';

/** What GeoJSON asks of an area. */
function assertSound(area: Area): void {
  const polygons = polygonsOf(area);
  assert.ok(polygons.length > 0);
  for (const [ring = []] of polygons) {
    assert.deepEqual(ring.at(0), ring.at(-1));
    let double = 0;
    ring.forEach(([lon, lat], i) => {
      assert.ok(Math.abs(lon) <= 180 + 1e-9 && Math.abs(lat) <= 90 + 1e-9);
      const [beforeLon, beforeLat] = ring.at(i - 1) as Point;
      double += beforeLon * lat - lon * beforeLat;
    });
    assert.ok(double > 0, 'counterclockwise');
  }
}

const anywhere = fc.tuple(
  fc.double({ min: -180, max: 180, noNaN: true }),
  fc.double({ min: -90, max: 90, noNaN: true }),
);

test('a footprint holds the points that see the satellite high enough, over poles and antimeridian alike', () => {
  const satellite = fc.record({
    lat: fc.double({ min: -90, max: 90, noNaN: true }),
    lon: fc.double({ min: -180, max: 180, noNaN: true }),
    alt_km: fc.constantFrom(400, 1500, 20_200, 35_786),
  });
  fc.assert(
    fc.property(
      satellite,
      fc.integer({ min: 0, max: 60 }),
      fc.array(anywhere, { minLength: 20, maxLength: 20 }),
      (place, minElevation_deg, points) => {
        const position = geodeticToEcef(place);
        const area = footprint(position, { minElevation_deg });
        assertSound(area);
        assert.ok(
          contains(area, [place.lon, place.lat]) ||
            Math.abs(place.lon) > 179.999 ||
            Math.abs(place.lat) > 89.99,
        );
        for (const [lon, lat] of points) {
          const { elevation_deg } = lookAngles({ lat, lon, alt_km: 0 }, position);
          // Poles and antimeridian lie on the edge of the map, which is neither in nor out.
          if (
            Math.abs(elevation_deg - minElevation_deg) < 2 ||
            Math.abs(lat) > 89.99 ||
            Math.abs(lon) > 179.99
          )
            continue;
          assert.equal(
            contains(area, [lon, lat]),
            elevation_deg > minElevation_deg,
            `${lon} ${lat} at ${elevation_deg}°`,
          );
        }
      },
    ),
    { numRuns: 200 },
  );
});

test('every corner of a footprint sees the satellite at the minimum elevation', () => {
  const position = geodeticToEcef({ lat: 35, lon: 20, alt_km: 700 });
  const [[ring = []] = []] = polygonsOf(footprint(position, { minElevation_deg: 15, corners: 360 }));
  for (const [lon, lat] of ring) {
    assert.ok(Math.abs(lookAngles({ lat, lon, alt_km: 0 }, position).elevation_deg - 15) < 0.01);
  }
});

test('a footprint over the antimeridian is cut there, one over a pole reaches it', () => {
  const cut = footprint(geodeticToEcef({ lat: 0, lon: 179, alt_km: 700 }));
  assert.equal(cut.type, 'MultiPolygon');
  assert.ok(contains(cut, [-170, 0]) && contains(cut, [170, 0]) && !contains(cut, [0, 0]));
  const south = footprint(geodeticToEcef({ lat: -85, lon: 50, alt_km: 700 }));
  for (const lon of [-179, -90, 0, 90, 179]) assert.ok(contains(south, [lon, -89.9]));
  assert.ok(!contains(south, [0, 89.9]));
});

/** A point off the track of the example satellite: kilometres to the left (negative: right). */
function offTrack(instant: number, left_km: number): Point {
  const state = propagate(LOW, instant);
  if (isFailure(state)) assert.fail(state.message);
  const { position_km, velocity_km_s } = temeToEcef(state, instant);
  const { lat, lon } = ecefToGeodetic(position_km);
  const [east, north] = eastNorthUp(velocity_km_s, lat, lon);
  const heading = Math.atan2(east, north) / DEGREE;
  return destination([lon, lat], heading - 90, left_km / MEAN_RADIUS_KM / DEGREE);
}

test('a swath holds what lies beside the track between its instants, all around the orbit', () => {
  const start = Date.UTC(2030, 2, 1, 6);
  const part = fc.double({ min: 0.02, max: 0.98, noNaN: true });
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 90 }),
      fc.constantFrom(100, 400, 1000),
      part,
      part,
      (minute, width, along, across) => {
        const from = start + minute * 60_000;
        const to = from + 200_000;
        const area = swath(LOW, { from, to, left_km: width, right_km: width / 2 });
        if (isFailure(area)) assert.fail(area.message);
        assertSound(area);
        const instant = from + along * (to - from);
        assert.ok(contains(area, offTrack(instant, width * (1.5 * across - 0.5))));
        assert.ok(!contains(area, offTrack(instant, width * 1.15)));
        assert.ok(!contains(area, offTrack(instant, width * -0.65)));
        assert.ok(!contains(area, offTrack(to + 60_000, 0)));
      },
    ),
    { numRuns: 150 },
  );
});

test('a swath to one side leaves the track itself out', () => {
  const from = Date.UTC(2030, 2, 1, 6);
  const area = swath(LOW, { from, to: from + 60_000, left_km: -100, right_km: 300 });
  if (isFailure(area)) assert.fail(area.message);
  assert.ok(!contains(area, offTrack(from + 30_000, 0)));
  assert.ok(contains(area, offTrack(from + 30_000, -200)));
});

test('a swath that cannot be worked out says why, one that makes no sense is refused', () => {
  const from = Date.UTC(2030, 2, 1, 6);
  const failed = swath({ ...LOW, eccentricity: 2 }, { from, to: from + 1000, left_km: 1, right_km: 1 });
  assert.ok(isFailure(failed) && failed.error === 'bad-elements');
  for (const options of [
    { from, to: from, left_km: 1, right_km: 1 },
    { from, to: from + 1000, left_km: 1, right_km: -1 },
    { from, to: from + 90_000_000, left_km: 1, right_km: 1 },
    { from: Number.NaN, to: from, left_km: 1, right_km: 1 },
  ]) {
    assert.throws(
      () => swath(LOW, options),
      (error) => error instanceof OrbitError && error.code === 'option-range',
    );
  }
});

test('areas are read from geometries, features and collections, and nothing else', () => {
  const coordinates = [
    [
      [0, 0],
      [10, 0],
      [10, 10],
      [0, 0],
    ],
  ];
  const polygon = { type: 'Polygon', coordinates };
  const feature = { type: 'Feature', geometry: polygon, properties: {} };
  for (const value of [
    polygon,
    feature,
    { type: 'FeatureCollection', features: [feature] },
    { type: 'MultiPolygon', coordinates: [coordinates] },
  ]) {
    assert.deepEqual(readArea(value), { type: 'MultiPolygon', coordinates: [coordinates] });
  }
  const bad = [
    null,
    7,
    'x',
    {},
    { type: 'Point', coordinates: [0, 0] },
    { type: 'Polygon', coordinates: [[[0, 0]]] },
    {
      type: 'Polygon',
      coordinates: [
        [
          [0, 91],
          [0, 0],
          [1, 1],
          [0, 91],
        ],
      ],
    },
  ];
  for (const value of bad) {
    assert.throws(
      () => readArea(value),
      (error) => error instanceof OrbitError && error.code === 'option-range',
    );
  }
});

test('a destination lies as far away as it was sent', () => {
  fc.assert(
    fc.property(
      anywhere,
      fc.double({ min: 0, max: 360, noNaN: true }),
      fc.double({ min: 0.001, max: 170, noNaN: true }),
      (from, azimuth, angle) => {
        assert.ok(Math.abs(angleBetween(from, destination(from, azimuth, angle)) - angle) < 1e-6);
      },
    ),
  );
});
