import assert from 'node:assert/strict';
import { test } from 'node:test';
import { dominates, equivalent, type PolicyId, rank, readPolicy } from './index.ts';

const birch = readPolicy({ id: 'BIRCH', levels: ['OPEN', 'OFFICIAL', 'SECRET'] });
const [ALDER, BIRCH, CEDAR] = ['ALDER', 'BIRCH', 'CEDAR'] as PolicyId[] as [PolicyId, PolicyId, PolicyId];

test('a level dominates itself and those below it', () => {
  assert.ok(dominates(birch, 'SECRET', 'OFFICIAL'));
  assert.ok(dominates(birch, 'OFFICIAL', 'OFFICIAL'));
  assert.ok(!dominates(birch, 'OPEN', 'OFFICIAL'));
});

test('a level that is not known neither dominates nor is dominated', () => {
  assert.equal(rank(birch, 'secret'), -1);
  assert.ok(!dominates(birch, 'SECRET', 'secret'));
  assert.ok(!dominates(birch, 'secret', 'OPEN'));
  assert.ok(!dominates(birch, 'secret', 'secret'));
});

test('levels of two policies are equal where a row of the table says so, and nowhere else', () => {
  const table = [
    new Map([
      [ALDER, 'SECRET'],
      [BIRCH, 'SECRET'],
    ]),
    new Map([
      [ALDER, 'RESTRICTED'],
      [BIRCH, 'OFFICIAL'],
    ]),
  ];
  assert.equal(equivalent(table, ALDER, 'RESTRICTED', BIRCH), 'OFFICIAL');
  assert.equal(equivalent(table, BIRCH, 'OFFICIAL', ALDER), 'RESTRICTED');
  assert.equal(equivalent(table, BIRCH, 'OPEN', ALDER), undefined);
  assert.equal(equivalent(table, ALDER, 'SECRET', CEDAR), undefined);
  assert.equal(equivalent(table, ALDER, 'ANY', ALDER), 'ANY');
});

const refused: [string, unknown, string][] = [
  ['no object', 'ALDER', ''],
  ['no id', { levels: ['A'] }, 'id'],
  ['an id with a blank', { id: 'A B', levels: ['A'] }, 'id'],
  ['no levels', { id: 'A', levels: [] }, 'levels'],
  ['an empty level', { id: 'A', levels: [''] }, 'levels[0]'],
  ['a missing level', { id: 'A', levels: Array(1) }, 'levels[0]'],
  ['a level twice', { id: 'A', levels: ['B', 'B'] }, 'levels'],
  ['an unknown field', { id: 'A', levels: ['B'], order: 'down' }, 'order'],
];
for (const [what, value, path] of refused) {
  test(`a policy with ${what} is refused`, () => {
    assert.throws(() => readPolicy(value), { name: 'LabelError', code: 'policy-field', path });
  });
}
