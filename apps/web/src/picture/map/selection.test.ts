import assert from 'node:assert/strict';
import { test } from 'node:test';
import { latLngToCell } from 'h3-js';
import type { Released } from '../../api/contract.ts';
import { Picture } from '../objects/picture.ts';
import { selectionOf } from './selection.ts';

const object = (kind: string, item: Record<string, unknown>) => {
  const picture = new Picture();
  const label = { policy: 'A', classification: 'B', dataMode: 'TEST' as const, banner: '' };
  const released: Released = {
    id: '1',
    stream: `a/b/${kind}`,
    kind,
    time: '2026-12-01T00:00:00Z',
    label,
    dataMode: 'TEST',
    obligations: {},
    originators: ['a'],
    item,
  };
  picture.apply(released, 0);
  return [...picture.objects()][0];
};
const shapes = (of: ReturnType<typeof selectionOf>) =>
  [...of.points, ...of.shapes].map((it) => it.geometry.type);

test('a coarse object is outlined as its cell, without any point', () => {
  const ship = object('ais.position', { mmsi: 1, cell: latLngToCell(32, -41, 7) });
  assert.deepEqual(shapes(selectionOf(ship, undefined)), ['Polygon']);
});

test('a satellite has its sub-point, track and horizon, and nothing before its worker answers', () => {
  const satellite = object('orbit.elset', { satNo: 7 });
  assert.ok(satellite);
  assert.deepEqual(shapes(selectionOf(satellite, undefined)), []);
  const here = { lon: 1, lat: 2, altKm: 500 };
  const told = {
    type: 'selected' as const,
    key: satellite.key,
    at: 0,
    here,
    track: [
      [0, 0],
      [1, 1],
    ] as const,
  };
  assert.deepEqual(shapes(selectionOf(satellite, told)), ['Point', 'LineString', 'Polygon']);
  assert.deepEqual(shapes(selectionOf(satellite, { ...told, key: 'another' })), []);
});

test('nothing selected is nothing drawn', () => {
  assert.deepEqual(shapes(selectionOf(undefined, undefined)), []);
});
