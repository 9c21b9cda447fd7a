import assert from 'node:assert/strict';
import { test } from 'node:test';
import { areaFilesIn } from './draft-areas.ts';

test('the files of areas stand below their key, and nowhere else', () => {
  const text = `title: x
areas: # where
  corridor: areas/corridor.geojson
  approaches: "areas/approaches.geojson" # wide

clauses:
  live: { within: corridor }
`;
  assert.deepEqual(areaFilesIn(text), [
    { name: 'corridor', path: 'areas/corridor.geojson' },
    { name: 'approaches', path: 'areas/approaches.geojson' },
  ]);
  assert.deepEqual(areaFilesIn('areas: {}\nclauses:\n  a: b\n'), []);
});
