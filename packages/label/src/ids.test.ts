import assert from 'node:assert/strict';
import { test } from 'node:test';
import { isItemKind, isOfficerId, isPartyId, isProduct, isWord, type OfficerId, partyOf } from './index.ts';

test('a party is a lower-case word', () => {
  for (const good of ['alder', 'a', 'north-coast-2']) assert.ok(isPartyId(good), good);
  for (const bad of ['', 'Alder', '-a', '2a', 'a b', 'a\n', '__proto__', 'a'.repeat(64)])
    assert.ok(!isPartyId(bad), bad);
});

test('an officer acts for the party that follows the sign', () => {
  assert.ok(isOfficerId('ada.l@alder'));
  for (const bad of ['ada', '@alder', 'ada@', 'ada@alder@birch', 'Ada@alder'])
    assert.ok(!isOfficerId(bad), bad);
  assert.equal(partyOf('ada@alder' as OfficerId), 'alder');
});

test('kinds are a closed list, and prototype keys are not in it', () => {
  assert.ok(isItemKind('ais.position'));
  for (const bad of ['ais', 'AIS.POSITION', 'constructor', '__proto__']) assert.ok(!isItemKind(bad), bad);
  assert.ok(isProduct('report') && !isProduct('ais.position'));
});

test('a word has only what can be seen', () => {
  for (const good of ['SECRET', 'TRÈS SECRET', 'سري', 'a/b']) assert.ok(isWord(good), good);
  for (const bad of [
    '',
    ' a',
    'a ',
    'a//b',
    'a\u0000',
    'a\tb',
    'a\u00a0b',
    'a\u200bb',
    '\u202ea',
    '\ud800',
    'a\u2028b',
  ])
    assert.ok(!isWord(bad), JSON.stringify(bad));
});
