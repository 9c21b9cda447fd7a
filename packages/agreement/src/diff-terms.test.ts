import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { diffTerms, digest, readAgreement } from './index.ts';

const folder = new URL('../fixtures/', import.meta.url);
const text = readFileSync(new URL('valid/everything.yaml', folder), 'utf8');
const square = readFileSync(new URL('areas/roads.geojson', folder), 'utf8');
const read = (from: string, to: string) => {
  assert.ok(text.includes(from), from);
  const { terms, findings } = readAgreement(text.replace(from, to), { file: () => square });
  assert.deepEqual(findings, []);
  return terms!;
};
const before = read('version: 1', 'version: 1');

const cases: [from: string, to: string, what: string, before: RegExp, after: RegExp][] = [
  ['Port Security Office', 'Port Guard', 'security authority', /Security Office/, /Guard/],
  ['P365D, unlessNotice', 'P730D, unlessNotice', 'validity', /365 days/, /730 days/],
  ['notice: P180D', 'notice: P90D', 'validity', /180 days/, /90 days/],
  ['third-parties, recall]', 'third-parties]', 'validity', /recall/, /third-party rule/],
  ['title: General', 'title: Special', 'parent', /General/, /Special/],
  ['title: Handling', 'title: Marking', 'annex', /Handling/, /Marking/],
  ['missingLevels: next-higher', 'missingLevels: refused', 'missing levels', /next higher/, /reaches nobody/],
  ['categories: [SAR]', 'categories: [NET]', 'scope', /SAR/, /NET/],
  ['minimum: RESTRICTED', 'minimum: SECRET', 'access', /RESTRICTED/, /SECRET/],
  ['confirmation: P365D', 'confirmation: P90D', 'access', /365/, /90/],
  ['[AA, BB]', '[AA]', 'access', /AA or BB/, /AA\./],
  ['kinds: [ais.position]', 'kinds: [report]', 'consent', /vessel positions/, /reports/],
  ['certificate: required', 'certificate: none', 'recall', /certificate/, /7 days\./],
  ['what: return', 'what: destroy', 'recall', /returned/, /At the end all that was given is destroyed/],
  ['notify: PT24H', 'notify: PT12H', 'incidents', /1 day/, /12 hours/],
  ['consult: P60D', 'consult: P10D', 'change of law', /60 days/, /10 days/],
  [
    'step: authority, within: P60D',
    'step: authority, within: P1D',
    'disputes',
    /60 days/,
    /authority within 1 day/,
  ],
  ['embargo: 2027-06-01T00:00Z', 'embargo: 2027-07-01', 'clause', /before 2027-06-01/, /before 2027-07-01/],
  ['copies: 2', 'copies: 0', 'clause', /At most 2 copies/, /No copies/],
  ['hold: P30D', 'hold: PT6H', 'clause', /within 30 days of receipt/, /within 6 hours/],
  ['validUntil: 2028-12-01', 'validUntil: 2028-11-01', 'assurance', /2028-12-01/, /2028-11-01/],
  [
    'ifLapsed: { suspend: [] }',
    'ifLapsed: { suspend: [ships] }',
    'assurance',
    /Nothing rests/,
    /Clause ships rests when it has/,
  ],
];
for (const [from, to, what, old, young] of cases) {
  test(`"${to}" for "${from}" is found and said`, () => {
    const after = read(from, to);
    const changes = diffTerms(before, after);
    assert.deepEqual(
      changes.map((one) => [one.change, one.what]),
      [['changed', what]],
    );
    assert.match(changes[0]?.before ?? '', old);
    assert.match(changes[0]?.after ?? '', young);
    assert.notEqual(digest(before), digest(after));
  });
}

test('a row that holds in one direction is another row, and a report that is not wanted is gone', () => {
  const row = '{ elm: INTERNAL, fir: RESTRICTED';
  const oneWay = diffTerms(before, read(row, `${row}, only: { from: elm, to: fir }`));
  assert.deepEqual(
    oneWay.map((one) => [one.change, one.what]),
    [
      ['removed', 'equivalence'],
      ['added', 'equivalence'],
    ],
  );
  const silent = diffTerms(before, read('reciprocity: reported\n', ''));
  assert.deepEqual(
    silent.map((one) => [one.change, one.what]),
    [['removed', 'reciprocity']],
  );
});
