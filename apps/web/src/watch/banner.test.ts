import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { DataMode, Label } from '../api/contract.ts';
import { levelsOf, lineOf } from './banner.ts';

const label = (policy: string, classification: string, dataMode: DataMode = 'EXERCISE'): Label => ({
  policy,
  classification,
  dataMode,
  banner: '',
});
const order = new Map([['ALDER', ['UNCLASSIFIED', 'RESTRICTED', 'SECRET']]]);

test('of a known policy the highest level stands in the line', () => {
  const line = lineOf(
    [label('ALDER', 'SECRET'), label('ALDER', 'RESTRICTED'), label('BIRCH', 'OFFICIAL')],
    order,
  );
  assert.equal(line.text, 'ALDER SECRET / BIRCH OFFICIAL');
});

test('where the order is not known, or a level is not in it, all levels are named', () => {
  assert.equal(lineOf([label('ALDER', 'B'), label('ALDER', 'A')]).text, 'ALDER A · B');
  assert.equal(
    lineOf([label('ALDER', 'SECRET'), label('ALDER', 'OTHER')], order).text,
    'ALDER SECRET · OTHER',
  );
});

test('every data mode is named', () => {
  assert.deepEqual(lineOf([label('A', 'x', 'TEST'), label('A', 'x', 'REAL')]).modes, ['REAL', 'TEST']);
  assert.deepEqual(lineOf([]), { text: '', modes: [] });
});

test('the rows of a table of equal protection give the order of levels', () => {
  const table = [
    { ALDER: 'SECRET', BIRCH: 'SECRET' },
    { ALDER: 'RESTRICTED', BIRCH: 'OFFICIAL' },
  ];
  const levels = levelsOf([[{ ALDER: 'SECRET', CEDAR: 'HIGH' }], table]);
  assert.deepEqual(levels.get('ALDER'), ['RESTRICTED', 'SECRET']);
  assert.deepEqual(levels.get('BIRCH'), ['OFFICIAL', 'SECRET']);
  assert.deepEqual(levels.get('CEDAR'), ['HIGH']);
});
