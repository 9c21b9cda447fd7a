import assert from 'node:assert/strict';
import { test } from 'node:test';
import { designConstellation, gpstFromUtc, satelliteState, utcMillis } from '@concord/gnss';
import { isFailure, propagate, temeToEcef } from '@concord/orbit';
import { onePass } from '../decode/passes.testing.ts';
import { CORRIDORS } from './corridors.testing.ts';
import { fleetOf, vesselAt } from './fleet.ts';
import { ImageTaker } from './image-taker.ts';
import { inRing } from './plane.ts';
import { catalogueText, satellitesOf } from './satellites.ts';
import { sceneItems } from './scene.ts';
import { sectionAt } from './swath-section.ts';
import { MID_OCEAN_CORRIDOR, watersOf } from './waters.ts';

const START = Date.parse('2026-11-24T00:00:00Z');
const waters = watersOf(MID_OCEAN_CORRIDOR);
const { elsets, imagers } = satellitesOf(waters.plane.origin, 'seed', START);
const taken = (index: number, start: number, until: number, step: number) => {
  const imager = imagers[index];
  assert.ok(imager !== undefined);
  const taker = new ImageTaker(imager, waters, start);
  const takes = [];
  for (let at = start; at <= until; at += step) takes.push(...taker.take(at));
  return takes;
};

test('forty satellites stand in the catalogue, all marked EXERCISE, two of them with a swath', () => {
  const imaging = new Map(imagers.map(({ elset, halfSwath_km }) => [elset.satNo, { halfSwath_km }]));
  const bytes = new TextEncoder().encode(catalogueText(elsets));
  const { items, quarantined } = onePass(bytes, 'omm', { now: () => START, imaging });
  assert.deepEqual([items.length, quarantined.length], [40, 0]);
  assert.ok(
    items.every((item) => String(item.record['name']).startsWith('EXERCISE ') && item.time === START),
  );
  assert.ok(items.every((item) => Number(item.series) >= 99_001 && Number(item.series) <= 99_040));
  assert.equal(items.filter((item) => 'imaging' in item.record).length, 2);
});

test('the navigation satellites’ elements have them near where their broadcast has them', () => {
  const gpst = gpstFromUtc(utcMillis(START));
  for (const ephemeris of designConstellation(gpst)) {
    const elset = elsets.find(({ name }) => name?.includes(ephemeris.sat));
    assert.ok(elset !== undefined);
    const state = propagate(elset, START);
    assert.ok(!isFailure(state));
    const { position_km } = temeToEcef(state, START);
    const { position } = satelliteState(ephemeris, gpst);
    const off = Math.hypot(...position_km.map((value, axis) => value - (position[axis] ?? 0) / 1000));
    // The pull of Moon and Sun is in the osculating elements only.
    assert.ok(off < 150, `${ephemeris.sat} ${off} km`);
  }
});

for (const [name, corridor] of CORRIDORS) {
  for (const start of [START, START + 31_415_926_535]) {
    test(`${name} at ${new Date(start).toISOString()}: both are over the waters when they are meant to be`, () => {
      const here = watersOf(corridor);
      const [low, high] = satellitesOf(here.plane.origin, 'seed', start).imagers;
      assert.ok(low !== undefined && high !== undefined);
      const [pass, tip] = [sectionAt(low, here, start + 36_000), sectionAt(high, here, start + 50 * 60_000)];
      assert.ok(pass !== undefined && Math.hypot(pass.middle.x, pass.middle.y) < 15);
      assert.ok(tip !== undefined && Math.hypot(tip.middle.x, tip.middle.y) < 60);
      const strips = new ImageTaker(low, here, start).take(start + 90_000);
      assert.equal(strips.length, 1);
      const frames = new ImageTaker(high, here, start).take(start + 3_600_000);
      assert.ok(frames.length >= 10, `${frames.length} frames in the first hour`);
    });
  }
}

test('the low satellite’s strip begins and ends as its line enters and leaves the waters, within the first minute', () => {
  const [take, ...more] = taken(0, START, START + 120_000, 100);
  assert.equal(more.length, 0);
  assert.ok(take !== undefined && take.end < START + 60_000);
  assert.ok(take.end - take.start > 15_000 && take.end - take.start < 60_000);
  assert.ok(waters.ring.every((corner) => inRing(take.footprint, corner)));
});

test('the high one takes a frame every three minutes for an hour and more', () => {
  const takes = taken(1, START, START + 3_600_000, 60_000);
  assert.deepEqual(
    takes.map(({ end }) => end - START),
    Array.from({ length: 20 }, (_, i) => 20_000 + i * 180_000),
  );
});

test('what is taken does not depend on how time is stepped, and a gap leaves out what is too old', () => {
  for (const index of [0, 1]) {
    const whole = taken(index, START, START + 600_000, 600_000);
    for (const step of [100, 777, 60_000])
      assert.deepEqual(taken(index, START, START + 600_000, step), whole);
  }
  const taker = new ImageTaker(imagers[1]!, waters, START);
  const after = taker.take(START + 3_600_000, START + 3_430_000);
  assert.deepEqual(
    after.map(({ end }) => end - START),
    [20_000 + 180_000 * 19],
  );
});

test('a scene shows its vessels: found inside the footprint, near where they are, with a small picture', () => {
  const fleet = fleetOf(waters, 'seed');
  for (const take of [
    ...taken(0, START, START + 90_000, 90_000),
    ...taken(1, START, START + 30_000, 30_000),
  ]) {
    const items = sceneItems(take, fleet, waters, 'seed', START);
    assert.deepEqual(sceneItems(take, fleet, waters, 'seed', START), items);
    const [scene, ...detections] = items;
    assert.equal(scene?.kind, 'eo.scene');
    const thumbnail = String(scene.record['thumbnail']);
    assert.ok(thumbnail.startsWith('data:image/png;base64,') && thumbnail.length <= 4096);
    const { type, coordinates } = scene.record['footprint'] as { type: string; coordinates: number[][][] };
    assert.equal(type, 'Polygon');
    assert.deepEqual(coordinates[0]?.[0], coordinates[0]?.at(-1));
    const { gsd_m } = take.imager;
    assert.ok(detections.length > 15 && detections.length <= 60);
    assert.equal(new Set(detections.map(({ series }) => series)).size, detections.length);
    for (const detection of detections) {
      assert.equal(detection.kind, 'eo.detection');
      assert.equal(detection.record['sceneId'], scene.record['sceneId']);
      assert.ok(detection.place !== undefined && 'point' in detection.place);
      const at = waters.plane.toPlane(detection.place.point);
      const nearest = Math.min(
        ...fleet.map((vessel) => {
          const is = vesselAt(vessel, detection.time - START);
          return Math.hypot(is.x - at.x, is.y - at.y);
        }),
      );
      assert.ok(nearest < (gsd_m / 1000) * 6, `${nearest} km`);
      const confidence = detection.record['confidence'] as number;
      assert.ok(confidence > 0.5 && confidence < 1);
    }
  }
});
