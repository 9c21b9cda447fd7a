import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LabelError, labelAt, labelText, parseLabel, readLabel } from './index.ts';
import { anyLabel } from './testing/labels.ts';

const least = { policy: 'ALDER', classification: 'SECRET', dataMode: 'REAL' };

test('every label comes back from its JSON text', () => {
  fc.assert(fc.property(anyLabel, (label) => assert.deepEqual(parseLabel(labelText(label)), label)));
});

test('a label that was read is read again as itself', () => {
  fc.assert(
    fc.property(anyLabel, (label) => assert.deepEqual(readLabel(JSON.parse(JSON.stringify(label))), label)),
  );
});

test('labels that say the same have the same text', () => {
  const category = { tagSet: 'SAR', type: 'RESTRICTIVE' };
  const a = readLabel({
    ...least,
    purposes: ['b', 'a'],
    categories: [{ ...category, values: ['y', 'x', 'y'] }],
  });
  const b = readLabel({
    categories: [{ values: ['x', 'y'], ...category }],
    purposes: ['a', 'b', 'a'],
    ...least,
  });
  assert.equal(labelText(a), labelText(b));
});

test('an instant is kept to the millisecond', () => {
  assert.equal(
    readLabel({ ...least, embargoUntil: '2026-12-01T10:30Z' }).embargoUntil,
    '2026-12-01T10:30:00.000Z',
  );
});

const refused: [string, unknown, string][] = [
  ['nothing', null, ''],
  ['a list', [], ''],
  ['no policy', { ...least, policy: undefined }, 'policy'],
  ['a policy of two words', { ...least, policy: 'A B' }, 'policy'],
  ['no level', { ...least, classification: '' }, 'classification'],
  ['a level that parts a banner', { ...least, classification: 'A // NOFORN' }, 'classification'],
  ['a level with a hidden character', { ...least, classification: 'SECRET\u200b' }, 'classification'],
  ['no data mode', { ...least, dataMode: undefined }, 'dataMode'],
  ['an unknown data mode', { ...least, dataMode: 'real' }, 'dataMode'],
  ['an unknown field', { ...least, secret: true }, 'secret'],
  [
    'a prototype',
    JSON.parse('{"policy":"A","classification":"B","dataMode":"REAL","__proto__":{}}'),
    '__proto__',
  ],
  ['an unknown caveat', { ...least, caveats: ['ORCON', 'RELIDO'] }, 'caveats[1]'],
  ['a list that is a map', { ...least, purposes: { length: 1 } }, 'purposes'],
  ['a list with a hole', { ...least, purposes: Array(1) }, 'purposes[0]'],
  ['a list without end', { ...least, purposes: Array(201).fill('a') }, 'purposes'],
  ['a party that is none', { ...least, releasableTo: ['Birch'] }, 'releasableTo[0]'],
  ['an instant without zone', { ...least, embargoUntil: '2026-12-01T00:00:00' }, 'embargoUntil'],
  ['the 30th of February', { ...least, embargoUntil: '2026-02-30T00:00:00Z' }, 'embargoUntil'],
  ['the hour 24', { ...least, embargoUntil: '9999-12-31T24:00:00Z' }, 'embargoUntil'],
  ['categories that are none', { ...least, categories: {} }, 'categories'],
  ['a category of no type', { ...least, categories: [{ tagSet: 'A', values: ['B'] }] }, 'categories[0].type'],
  [
    'a category without values',
    { ...least, categories: [{ tagSet: 'A', type: 'PERMISSIVE', values: [] }] },
    'categories[0].values',
  ],
  [
    'a tag set with a colon, whose values could pass for those of another',
    { ...least, categories: [{ tagSet: 'A:B', type: 'PERMISSIVE', values: ['C'] }] },
    'categories[0].tagSet',
  ],
  [
    'a category with an unknown key',
    { ...least, categories: [{ tagSet: 'A', type: 'PERMISSIVE', values: ['B'], not: true }] },
    'categories[0].not',
  ],
  [
    'a tag set that stands there twice',
    {
      ...least,
      categories: ['B', 'C'].map((value) => ({ tagSet: 'A', type: 'RESTRICTIVE', values: [value] })),
    },
    'categories[1]',
  ],
];
for (const [what, value, path] of refused) {
  test(`a label with ${what} is refused at its place`, () => {
    assert.throws(
      () => readLabel(value),
      (error) => error instanceof LabelError && error.path === path,
    );
  });
}

test('no JSON value makes the reader fail in any other way', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (value, field) => {
      for (const one of [value, { ...least, categories: field }, { ...least, categories: [field] }]) {
        try {
          readLabel(one);
        } catch (error) {
          assert.ok(error instanceof LabelError, String(error));
        }
      }
    }),
  );
  assert.throws(() => parseLabel('{"policy":'), { code: 'label-syntax' });
});

test('a successor comes back from its text, is applied at its instant, and is bounded', () => {
  const label = readLabel({
    ...least,
    successor: { at: '2027-01-01T00:00Z', label: { ...least, classification: 'RESTRICTED' } },
  });
  assert.deepEqual(parseLabel(labelText(label)), label);
  const turn = Date.parse('2027-01-01T00:00Z');
  assert.equal(labelAt(label, turn - 1).classification, 'SECRET');
  assert.equal(labelAt(label, turn).classification, 'RESTRICTED');
  const chain = (n: number): unknown =>
    n === 0 ? least : { ...least, successor: { at: '2027-01-01T00:00Z', label: chain(n - 1) } };
  assert.throws(() => readLabel(chain(5)), LabelError);
  for (const other of [{ policy: 'BIRCH' }, { dataMode: 'TEST' }])
    assert.throws(
      () => readLabel({ ...least, successor: { at: '2027-01-01T00:00Z', label: { ...least, ...other } } }),
      LabelError,
    );
});
