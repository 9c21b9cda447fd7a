import assert from 'node:assert/strict';
import { test } from 'node:test';
import { joinNotes } from './notes.ts';

test('notes are joined to the most restrictive', () => {
  assert.deepEqual(
    joinNotes([
      '{"position":{"h3":7},"delay":"PT1H","drop":["b"]}',
      '{"position":{"h3":5},"delay":"PT10M","drop":["a","b"]}',
      '{}',
    ]),
    { h3: 5, minutes: 60, drop: ['a', 'b'] },
  );
  assert.deepEqual(joinNotes([]), { drop: [] });
  assert.deepEqual(joinNotes(['{"position":{"h3":0}}']), { h3: 0, drop: [] });
});

test('a note that is missing or cannot be read means deny', () => {
  for (const bad of [
    undefined,
    '',
    '{',
    'null',
    '[]x',
    '{"delay":"PT2M"}',
    '{"delay":"toString"}',
    '{"blur":1}',
    '{"position":{}}',
  ])
    assert.equal(joinNotes(['{}', bad]), undefined, String(bad));
});
