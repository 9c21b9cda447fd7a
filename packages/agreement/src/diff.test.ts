import assert from 'node:assert/strict';
import { test } from 'node:test';
import { diffTerms } from './index.ts';
import { changed, EXAMPLE, read } from './testing/example.ts';

const before = read(EXAMPLE).terms!;
const diff = (from: string, to: string) =>
  diffTerms(before, read(changed(from, to)).terms!).map(({ change, what, name }) => [change, what, name]);

test('a version that says the same changes nothing', () => {
  assert.deepEqual(diff('version: 2', 'version: 3 # a remark'), []);
  assert.deepEqual(diff('[ais.position, ais.static]', '[ais.position, ais.static]'), []);
});

const cases: [string, string, unknown[][]][] = [
  ['title: Harbour', 'title: New Harbour', [['changed', 'title', undefined]]],
  ['quorum: 2', 'quorum: all', [['changed', 'authority', undefined]]],
  ['until: 2029-03-01T12:00Z', 'until: 2030-03-01', [['changed', 'in force', undefined]]],
  ['name: Fir Navy', 'name: Fir Fleet', [['changed', 'party', 'fir']]],
  [
    '{ elm: INTERNAL, fir: RESTRICTED }',
    '{ elm: PUBLIC, fir: RESTRICTED }',
    [
      ['removed', 'equivalence', undefined],
      ['added', 'equivalence', undefined],
    ],
  ],
  ['basin: areas/basin.geojson', 'basin: areas/roads.geojson', [['changed', 'area', 'basin']]],
  ['h3: 6', 'h3: 7', [['changed', 'clause', 'positions-to-fir']]],
  [
    '  orbits-to-elm:\n',
    '  tracks-to-elm:\n',
    [
      ['removed', 'clause', 'orbits-to-elm'],
      ['added', 'clause', 'tracks-to-elm'],
    ],
  ],
  ['  - { release: { caveat: NOFORN } }\n', '', [['removed', 'never', undefined]]],
  ['Pictures stay with the port.', 'Pictures stay in port.', [['changed', 'assurance', 'own-use']]],
  ['thirdParties: originator-consent', 'thirdParties: never', [['changed', 'third parties', undefined]]],
];
for (const [from, to, expected] of cases) {
  test(`"${to.trim()}" for "${from.trim()}" is found`, () => {
    // A party's name stands in the words of clauses and lines, but these stay the same.
    assert.deepEqual(diff(from, to), expected);
  });
}

test('a change has the words before and after', () => {
  const [change] = diffTerms(before, read(changed('delay: PT1H', 'delay: P1D')).terms!);
  assert.match(change?.before ?? '', /1 hour late/);
  assert.match(change?.after ?? '', /1 day late/);
});
