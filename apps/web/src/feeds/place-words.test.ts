import assert from 'node:assert/strict';
import { test } from 'node:test';
import { placeWords } from './place-words.ts';

test('a place names its line and byte', () => {
  assert.equal(placeWords({ line: 12, offset: 340 }), 'line 12, byte 340');
  assert.equal(placeWords(7), 'byte 7');
  assert.equal(placeWords('header'), 'header');
  assert.equal(placeWords({ frame: 3 }), 'frame 3');
});

test('what says nothing is a dash', () => {
  for (const none of [undefined, null, {}, { line: {} }]) assert.equal(placeWords(none), '–');
});
