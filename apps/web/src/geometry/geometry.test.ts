import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { latLngToCell } from 'h3-js';
import { closeRing, type Position, unwrap } from './antimeridian.ts';
import { boundsOf, positionsOf } from './bounds.ts';
import { cellCentre, cellRing } from './cell.ts';
import { angleBetween, circle, horizonAngle } from './circle.ts';
import { coastlines } from './coastline.ts';

const width = (ring: readonly Position[]): number => {
  const lons = ring.map(([lon]) => lon);
  return Math.max(...lons) - Math.min(...lons);
};

test('a line over the antimeridian runs on past 180', () => {
  assert.deepEqual(
    unwrap([
      [179, 1],
      [-179, 2],
      [-178, 3],
    ]),
    [
      [179, 1],
      [181, 2],
      [182, 3],
    ],
  );
});

test('a cell at the antimeridian is as narrow as its neighbours', () => {
  const ring = cellRing(latLngToCell(-16.5, 180, 5));
  assert.ok(ring);
  assert.ok(width(ring) < 0.5, `${width(ring)} degrees wide`);
});

test('every cell ring away from the poles is closed, narrow and around its middle', () => {
  fc.assert(
    fc.property(
      fc.double({ min: -80, max: 80, noNaN: true }),
      fc.double({ min: -180, max: 180, noNaN: true }),
      (lat, lon) => {
        const cell = latLngToCell(lat, lon, 7);
        const ring = cellRing(cell);
        const centre = cellCentre(cell);
        assert.ok(ring && centre);
        assert.deepEqual(ring[0], ring.at(-1));
        assert.ok(width(ring) < 1);
        for (const point of ring) assert.ok(angleBetween(point, centre) < 0.03);
      },
    ),
  );
});

test('what is no cell has no ring', () => {
  for (const bad of ['', 'nonsense', 7, undefined, '8728308281']) assert.equal(cellRing(bad), undefined);
});

test('points of a circle lie at its radius, also over the antimeridian', () => {
  const ring = circle(179, 10, 20);
  assert.ok(width(ring) < 45);
  for (const point of ring) assert.ok(Math.abs(angleBetween(point, [179, 10]) - 20) < 1e-6);
});

test('a circle around a pole is led along the pole', () => {
  const ring = circle(30, 85, 20);
  assert.ok(Math.abs(width(ring) - 360) < 1e-6);
  assert.ok(ring.some(([, lat]) => lat === 90));
  assert.deepEqual(ring[0], ring.at(-1));
  assert.ok(circle(30, -85, 20).some(([, lat]) => lat === -90));
});

test('a ring that is already closed is left so', () => {
  const ring: Position[] = [
    [0, 0],
    [1, 0],
    [1, 1],
    [0, 0],
  ];
  assert.deepEqual(closeRing(ring), ring);
});

test('from 20,180 km the horizon is 76 degrees away', () => {
  assert.ok(Math.abs(horizonAngle(20_180) - 76.1) < 0.1);
  assert.equal(horizonAngle(-5), 0);
});

test('the shore leaves out the edges along the antimeridian', () => {
  const ring: Position[] = [
    [170, 60],
    [180, 60],
    [180, 65],
    [175, 66],
    [170, 60],
  ];
  assert.deepEqual(coastlines([ring]), [
    [
      [170, 60],
      [180, 60],
    ],
    [
      [180, 65],
      [175, 66],
      [170, 60],
    ],
  ]);
});

test('bounds follow a polygon over the antimeridian', () => {
  const points = positionsOf({
    type: 'Polygon',
    coordinates: [
      [
        [179, 0],
        [-179, 0],
        [-179, 2],
        [179, 0],
      ],
    ],
  });
  assert.deepEqual(boundsOf(points), [179, 0, 181, 2]);
  assert.equal(boundsOf([]), undefined);
});

test('the shore does not jump around the Earth', () => {
  const ring: Position[] = [
    [178, 70],
    [-180, 69],
    [-179, 68],
    [178, 70],
  ];
  assert.deepEqual(coastlines([ring]), [
    [
      [-180, 69],
      [-179, 68],
    ],
  ]);
});
