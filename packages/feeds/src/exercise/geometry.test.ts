import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { CORRIDORS } from './corridors.testing.ts';
import { boxOf, clip, inRing, LocalPlane, type PlanePoint } from './plane.ts';
import { onTrack, type Track, trackLength } from './track.ts';
import { watersOf } from './waters.ts';

const degrees = fc.double({ min: -3, max: 3, noNaN: true });
const km = fc.double({ min: -200, max: 200, noNaN: true });
const point = fc.record({ x: km, y: km });

test('a place comes back from the plane, over the antimeridian too', () => {
  fc.assert(
    fc.property(
      fc.constantFrom(0, 179.9, -179.9),
      fc.integer({ min: -70, max: 70 }),
      degrees,
      degrees,
      (lon0, lat0, dLon, dLat) => {
        const plane = new LocalPlane({ lat: lat0, lon: lon0 });
        const lon = ((lon0 + dLon + 540) % 360) - 180;
        const back = plane.toPoint(plane.toPlane({ lat: lat0 + dLat, lon }));
        assert.ok(Math.abs(back.lat - lat0 - dLat) < 1e-9);
        assert.ok(Math.abs(Math.abs(Math.abs(back.lon - lon) - 180) - 180) < 1e-9);
      },
    ),
  );
});

test('what is clipped lies in the box and in the ring, and what lay in both is kept', () => {
  const box = { west: -50, east: 60, south: -30, north: 40 };
  fc.assert(
    fc.property(point, fc.double({ min: 1, max: 150, noNaN: true }), point, (middle, radius, probe) => {
      const ring: PlanePoint[] = [0, 1, 2, 3, 4, 5].map((i) => ({
        x: middle.x + radius * Math.cos(i),
        y: middle.y + radius * Math.sin(i),
      }));
      const clipped = clip(ring, box);
      for (const { x, y } of clipped) {
        assert.ok(
          x >= box.west - 1e-9 && x <= box.east + 1e-9 && y >= box.south - 1e-9 && y <= box.north + 1e-9,
        );
      }
      const inBox = probe.x > box.west && probe.x < box.east && probe.y > box.south && probe.y < box.north;
      assert.equal(clipped.length >= 3 && inRing(clipped, probe), inBox && inRing(ring, probe));
    }),
  );
});

test('a track is closed, goes on without a jump, and its course is where it goes', () => {
  const tracks = fc.record({
    middle: point,
    bearing: fc.integer({ min: 0, max: 360 }),
    halfStraight: fc.double({ min: 0, max: 100, noNaN: true }),
    radius: fc.double({ min: 0.3, max: 20, noNaN: true }),
  });
  fc.assert(
    fc.property(tracks, fc.double({ min: 0, max: 1, noNaN: true }), (track: Track, part) => {
      const length = trackLength(track);
      const at = part * length;
      const [here, there, again] = [
        onTrack(track, at),
        onTrack(track, at + 1e-3),
        onTrack(track, at + length),
      ];
      assert.ok(Math.hypot(again.x - here.x, again.y - here.y) < 1e-6);
      const [dx, dy] = [there.x - here.x, there.y - here.y];
      assert.ok(Math.abs(Math.hypot(dx, dy) - 1e-3) < 1e-6);
      const course = (Math.atan2(dx, dy) * 180) / Math.PI;
      const off = Math.abs(((course - here.course + 540) % 360) - 180);
      assert.ok(off < 0.2, `${course} and ${here.course}`);
    }),
  );
});

for (const [name, corridor] of CORRIDORS) {
  test(`${name}: a corridor has the same waters closed and not closed, its middle inside`, () => {
    const waters = watersOf(corridor);
    const [first] = corridor;
    assert.ok(first !== undefined && waters.inside({ x: 0, y: 0 }));
    const closed = watersOf([...corridor.filter((_, i) => i < 4), first]);
    assert.deepEqual(closed.ring, waters.ring);
    assert.ok(waters.halfLength > waters.halfWidth);
    const box = boxOf(waters.ring);
    assert.ok(box.east - box.west < 300 && box.north - box.south < 300);
  });
}

test('what is no ring is refused with its code', () => {
  for (const corridor of [
    [],
    [[0, 0]],
    [
      [0, 0],
      [1, 1],
      [0, 0],
    ],
    [
      [0, 0],
      [1, 95],
      [1, 0],
    ],
    [
      [0, 0],
      [Number.NaN, 1],
      [1, 0],
    ],
  ]) {
    assert.throws(() => watersOf(corridor as [number, number][]), { name: 'FeedError', code: 'argument' });
  }
});
