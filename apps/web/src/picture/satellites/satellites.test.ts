import assert from 'node:assert/strict';
import { registerHooks } from 'node:module';
import { test } from 'node:test';

// The page's bundler maps these names to parts of the package; Node takes them from its index.
registerHooks({
  resolve: (name, context, next) => next(name.replace(/^satellite\.js\/.*/, 'satellite.js'), context),
});
const { satrecOf } = await import('./elements.ts');
const { onSphere, STATE_FLOATS, subPointAt, writeState } = await import('./state.ts');
const { cameraFrom, isBehindEarth, toScreen } = await import('./visibility.ts');

const epoch = Date.parse('2026-12-01T00:00:00Z');
const elset = (more: Record<string, unknown> = {}) => ({
  satNo: 90001,
  epoch: '2026-12-01T00:00:00Z',
  meanMotion: 15.2,
  eccentricity: 0.0001,
  inclination: 97.5,
  raan: 40,
  argOfPerigee: 0,
  meanAnomaly: 0,
  bStar: 0.0001,
  ...more,
});

test('a low satellite is some 500 km up and comes back after its period', () => {
  const satrec = satrecOf(elset());
  assert.ok(satrec);
  const here = subPointAt(satrec, epoch);
  const later = subPointAt(satrec, epoch + 86_400_000 / 15.2);
  assert.ok(here && later);
  assert.ok(here.altKm > 400 && here.altKm < 600, `${here.altKm}`);
  assert.ok(Math.abs(here.lat - later.lat) < 1);
  // The Earth turned under it.
  const west = (((here.lon - later.lon) % 360) + 360) % 360;
  assert.ok(Math.abs(west - 360 / 15.2) < 2, `${west}`);
});

test('elements that are missing or impossible give no satellite', () => {
  for (const bad of [
    { epoch: 'soon' },
    { meanMotion: 0 },
    { eccentricity: 1.2 },
    { raan: undefined },
    { inclination: 'x' },
  ]) {
    assert.equal(satrecOf(elset(bad)), undefined);
  }
});

test('a satellite without a state is written inside the Earth', () => {
  const out = new Float32Array(STATE_FLOATS).fill(9);
  assert.equal(writeState(undefined, epoch, out, 0), false);
  assert.deepEqual([...out], [0, 0, 0, 0, 0, 0]);
});

test('place and velocity lead to the place a minute on within 30 km', () => {
  const satrec = satrecOf(elset());
  assert.ok(satrec);
  const out = new Float32Array(STATE_FLOATS);
  assert.ok(writeState(satrec, epoch, out, 0));
  const later = subPointAt(satrec, epoch + 10_000);
  assert.ok(later);
  const want = onSphere(later);
  const got = [0, 1, 2].map((i) => (out[i] ?? 0) + 10 * (out[i + 3] ?? 0));
  const off = Math.hypot(...want.map((v, i) => v - (got[i] ?? 0)));
  assert.ok(off * 6371 < 30, `${off * 6371} km`);
});

test('axes are those of the map: longitude 0 along z, 90 along x, north along y', () => {
  const near = (a: readonly number[], b: readonly number[]) =>
    assert.ok(a.every((v, i) => Math.abs(v - (b[i] ?? 9)) < 1e-9));
  near(onSphere({ lon: 0, lat: 0, altKm: 0 }), [0, 0, 1]);
  near(onSphere({ lon: 90, lat: 0, altKm: 0 }), [1, 0, 0]);
  near(onSphere({ lon: 0, lat: 90, altKm: 0 }), [0, 1, 0]);
});

test('the far side is hidden, what stands high beyond the limb is seen', () => {
  const camera = cameraFrom([0, 0, 1, -1 / 4]);
  assert.deepEqual(camera, [0, 0, 4]);
  assert.equal(isBehindEarth(camera, [0, 0, -1.1]), true);
  assert.equal(isBehindEarth(camera, [0, 0, 1.1]), false);
  assert.equal(isBehindEarth(camera, [0, 3, -1]), false);
  assert.equal(isBehindEarth(camera, [0, 0.2, -1]), true);
});

test('the middle of the view is the middle of the screen and what is behind the camera is nowhere', () => {
  const look = [1, 0, 0, 0, 0, 1, 0, 0, 0, 0, -1, -1, 0, 0, 0, 4];
  assert.deepEqual(toScreen(look, [0, 0, 1], 200, 100), [100, 50]);
  assert.equal(toScreen(look, [0, 0, 9], 200, 100), undefined);
});
