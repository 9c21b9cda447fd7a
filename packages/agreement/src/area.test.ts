import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Point } from '@concord/label';
import fc from 'fast-check';
import { cellToBoundary, cellToLatLng, gridDisk } from 'h3-js';
import { type Area, cellOf, cellWithin, readArea, within } from './index.ts';

type Corner = [number, number];

const geojson = (...polygons: Corner[][][]) =>
  JSON.stringify({
    type: 'MultiPolygon',
    coordinates: polygons.map((rings) => rings.map((ring) => [...ring, ring[0]])),
  });

function area(...polygons: Corner[][][]): Area {
  const read = readArea('here', geojson(...polygons));
  assert.ok(!('problem' in read), JSON.stringify(read));
  return read;
}

const box = (west: number, south: number, east: number, north: number): Corner[] => [
  [west, south],
  [east, south],
  [east, north],
  [west, north],
];

/** A star around a centre: corners at growing bearings, so that it never crosses itself; perhaps with a hole. */
const anyArea = fc
  .record({
    lon: fc.double({ min: -150, max: 150, noNaN: true }),
    lat: fc.double({ min: -60, max: 60, noNaN: true }),
    size: fc.double({ min: 0.5, max: 25, noNaN: true }),
    arms: fc.array(fc.double({ min: 0.5, max: 1, noNaN: true }), { minLength: 3, maxLength: 9 }),
    hole: fc.option(fc.double({ min: 0.01, max: 0.3, noNaN: true }), { nil: undefined }),
  })
  .map(({ lon, lat, size, arms, hole }) => {
    const star = (scale: number): Corner[] =>
      arms.map((arm, i) => {
        const bearing = (2 * Math.PI * i) / arms.length;
        return [lon + size * scale * arm * Math.cos(bearing), lat + size * scale * arm * Math.sin(bearing)];
      });
    return { area: area(hole === undefined ? [star(1)] : [star(1), star(hole)]), lon, lat, size };
  });

test('where the whole cell lies in an area, so does every point of the cell', () => {
  let whole = 0;
  fc.assert(
    fc.property(
      anyArea,
      fc.integer({ min: 0, max: 6 }),
      fc.array(
        fc.tuple(fc.double({ min: -1, max: 1, noNaN: true }), fc.double({ min: -1, max: 1, noNaN: true })),
        {
          minLength: 60,
          maxLength: 60,
        },
      ),
      ({ area, lon, lat, size }, h3, shifts) => {
        // Points around the area and, closer together, around one cell of it.
        const spread = Math.min(size, 22 / 2.6 ** h3);
        const [dx, dy] = shifts[0]!;
        const points = shifts.map(
          ([x, y], i): Point => ({
            lon: lon + size * dx * (i % 2) + spread * x,
            lat: lat + size * dy * (i % 2) + spread * y,
          }),
        );
        for (const point of points) {
          if (!cellWithin(area, point, h3)) continue;
          whole++;
          assert.ok(within(area, { point }), `${JSON.stringify(point)} at ${h3}`);
        }
      },
    ),
    { numRuns: 400 },
  );
  assert.ok(whole > 500, `only ${whole} points lay in whole cells`);
});

test('a hole within a cell keeps the cell out', () => {
  const centre = cellToLatLng(cellOf({ lat: 26, lon: 56 }, 3)!);
  const [lat, lon] = centre;
  const around = box(lon - 5, lat - 5, lon + 5, lat + 5);
  assert.ok(cellWithin(area([around]), { lat, lon }, 3));
  const pond = box(lon + 0.01, lat + 0.01, lon + 0.02, lat + 0.02);
  assert.ok(!cellWithin(area([around, pond]), { lat, lon }, 3));
  assert.ok(within(area([around, pond]), { point: { lat, lon } }));
});

test('the edge of a large cell bends out of a box that holds all its corners', () => {
  let bent = 0;
  for (const cell of gridDisk(cellOf({ lat: 60, lon: 20 }, 1)!, 3)) {
    const [lat, lon] = cellToLatLng(cell);
    const corners = cellToBoundary(cell);
    const north = Math.max(...corners.map(([one]) => one)) + 1e-6;
    if (corners.some((corner) => Math.abs(corner[1] - lon) > 90)) continue;
    const here = area([box(lon - 40, lat - 20, lon + 40, north)]);
    const outside = Array.from({ length: 800 }, (_, i) => ({ lat: north + 1e-3, lon: lon - 40 + i / 10 }));
    if (!outside.some((point) => cellOf(point, 1) === cell)) continue;
    bent++;
    assert.ok(!cellWithin(here, { lat, lon }, 1), cell);
  }
  assert.ok(bent > 0, 'no cell was found whose edge bends out');
});

test('an area over the antimeridian is two halves; a point lies in it, a cell on the line does not', () => {
  const pacific = area([box(175, -5, 180, 5)], [box(-180, -5, -175, 5)]);
  for (const lon of [179.9, -179.9]) assert.ok(within(pacific, { point: { lat: 0, lon } }));
  assert.ok(!within(pacific, { point: { lat: 0, lon: 170 } }));
  assert.ok(cellWithin(pacific, { lat: 0, lon: 178 }, 5));
  assert.ok(!cellWithin(pacific, { lat: 0, lon: 180 }, 5));
  assert.ok(
    !within(pacific, {
      ring: [
        { lat: 0, lon: 179 },
        { lat: 0, lon: -179 },
        { lat: 1, lon: 179 },
      ],
    }),
  );
});

test('cells at the poles lie in no area', () => {
  const world = area([box(-180, -90, 0, 90)], [box(0, -90, 180, 90)]);
  for (const lat of [90, -90, 89.99])
    for (const h3 of [0, 3, 7]) assert.ok(!cellWithin(world, { lat, lon: 0 }, h3));
  assert.ok(cellWithin(world, { lat: 45, lon: 10 }, 5));
});

test('a place that is none lies nowhere', () => {
  const world = area([box(-180, -90, 0, 90)], [box(0, -90, 180, 90)]);
  for (const point of [
    { lat: Number.NaN, lon: 0 },
    { lat: 0, lon: Number.POSITIVE_INFINITY },
    { lat: 91, lon: 0 },
    { lat: 0, lon: 361 },
  ]) {
    assert.ok(!cellWithin(world, point, 5), JSON.stringify(point));
    assert.ok(!within(world, { point }), JSON.stringify(point));
  }
  assert.ok(!within(world, { ring: [] }));
  assert.ok(
    !within(world, {
      ring: [
        { lat: 0, lon: 0 },
        { lat: 1, lon: 1 },
      ],
    }),
  );
});

test('a footprint lies in an area only whole', () => {
  const field = area([box(0, 0, 10, 10), box(4, 4, 5, 5)]);
  const ring = (corners: Corner[]) => ({ ring: corners.map(([lon, lat]) => ({ lat, lon })) });
  assert.ok(within(field, ring(box(1, 1, 3, 3))));
  assert.ok(!within(field, ring(box(1, 1, 11, 3))));
  assert.ok(!within(field, ring(box(3, 3, 6, 6))));
  assert.ok(!within(field, ring(box(-5, -5, 15, 15))));
});

test('an area has the same hash however its file is written, and another one for another shape', () => {
  const ring = [...box(0, 0, 1, 1), [0, 0]];
  const polygon = { type: 'Polygon', coordinates: [ring] };
  const hash = (value: unknown) => {
    const read = readArea('any', JSON.stringify(value, null, 2));
    assert.ok(!('problem' in read));
    return read.hash;
  };
  assert.match(hash(polygon), /^[0-9a-f]{32}$/);
  assert.equal(hash({ type: 'Feature', properties: { a: 1 }, geometry: polygon }), hash(polygon));
  assert.equal(
    hash({ type: 'FeatureCollection', features: [{ type: 'Feature', geometry: polygon }] }),
    hash(polygon),
  );
  assert.notEqual(hash({ type: 'Polygon', coordinates: [[...box(0, 0, 1, 2), [0, 0]]] }), hash(polygon));
});

const deep = `${'{"type":"Feature","geometry":'.repeat(5000)}null${'}'.repeat(5000)}`;
const refused: [string, string][] = [
  ['no JSON', '{'],
  ['null', 'null'],
  ['a point', '{"type":"Point","coordinates":[1,2]}'],
  ['features in features', deep],
  ['no polygon', '{"type":"MultiPolygon","coordinates":[]}'],
  ['a polygon without rings', '{"type":"Polygon","coordinates":[]}'],
  ['a ring that is no list', '{"type":"Polygon","coordinates":["abcd"]}'],
  ['a ring that is not closed', '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1]]]}'],
  ['positions that are no numbers', '{"type":"Polygon","coordinates":[[["0",0],[1,0],[1,1],["0",0]]]}'],
  ['positions that are missing', '{"type":"Polygon","coordinates":[[[],[],[],[]]]}'],
  ['latitude 91', '{"type":"Polygon","coordinates":[[[0,0],[1,91],[1,1],[0,0]]]}'],
  ['an edge over the antimeridian', '{"type":"Polygon","coordinates":[[[179,0],[-179,0],[-179,1],[179,0]]]}'],
  ['two features', '{"type":"FeatureCollection","features":[{},{}]}'],
];
for (const [what, text] of refused) {
  test(`an area of ${what} is refused in words`, () => {
    const read = readArea('any', text);
    assert.ok('problem' in read && read.problem.length > 0);
  });
}
