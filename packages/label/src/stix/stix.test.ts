import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { sharedData } from '../../../../tests/shared-data.ts';
import {
  LabelError,
  markingDefinitions,
  readLabel,
  readMarkingDefinitions,
  readStixLabels,
  stixMarkings,
  TLP,
} from '../index.ts';
import { anyLabel } from '../testing/labels.ts';

const REAL = { dataMode: 'REAL' } as const;
const created = '2026-01-01T00:00:00.000Z';
const writing = (start = 0) => {
  let count = start;
  return {
    created,
    idOf: () => `marking-definition--00000000-0000-4000-8000-${String(count++).padStart(12, '0')}`,
  };
};
const tlp = (classification: string, more: object = {}) =>
  readLabel({ policy: 'TLP', classification, dataMode: 'REAL', ...more });

test('every label reads back equal from its markings', () => {
  const some = fc.oneof(
    anyLabel,
    fc.constantFrom(...TLP.levels).map((level) => tlp(level)),
    fc.constantFrom(...TLP.levels).map((level) => tlp(level, { caveats: ['ORCON'], dataMode: 'EXERCISE' })),
  );
  fc.assert(
    fc.property(some, (label) => {
      assert.deepEqual(readMarkingDefinitions(markingDefinitions(label, writing()), REAL), label);
    }),
  );
});

test('a level of TLP alone is the definition that OASIS gives', () => {
  const [made, more] = markingDefinitions(tlp('AMBER'), writing());
  assert.equal(made?.id, 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421');
  assert.equal(more, undefined);
  const path = sharedData('stix/validator/tlp-amber.json');
  if (path !== undefined) assert.deepEqual(made, JSON.parse(readFileSync(path, 'utf8')).objects[0]);
});

test('markings of parts come back with their selectors, beside that of the whole', () => {
  const portions = [
    { selector: 'description', label: tlp('RED') },
    { selector: 'labels.[1]', label: readLabel({ policy: 'ELM', classification: 'OPEN', dataMode: 'TEST' }) },
  ];
  const { definitions, ...marks } = stixMarkings(tlp('GREEN'), portions, writing());
  const object = { type: 'indicator', description: 'd', labels: ['a', 'b'], ...marks };
  const reading = { ...REAL, definitions: new Map(definitions.map((one) => [one.id, one])) };
  assert.deepEqual(readStixLabels(object, reading), { label: tlp('GREEN'), portions });
});

test('several levels of TLP are the strictest of them', () => {
  const two = ['GREEN', 'AMBER+STRICT', 'AMBER'].flatMap((level) =>
    markingDefinitions(tlp(level), writing()),
  );
  assert.equal(readMarkingDefinitions(two, REAL).classification, 'AMBER+STRICT');
});

const ref = 'marking-definition--00000000-0000-4000-8000-000000000000';
const unfaithful: [what: string, object: object][] = [
  ['a statement that is no banner', { definition_type: 'statement', definition: { statement: '(c) Elm' } }],
  ['an extension that is not TLP', { extensions: { 'extension-definition--1': { tlp: 'amber' } } }],
  ['a type of its own', { definition_type: 'iep', definition: {} }],
];
for (const [what, marking] of unfaithful) {
  test(`a marking with ${what} is refused, not ignored`, () => {
    const definition = { type: 'marking-definition', ...marking };
    assert.throws(() => readMarkingDefinitions([definition], REAL), { code: 'label-unfaithful' });
  });
}

test('a reference to a marking that is not there is refused', () => {
  assert.throws(() => readStixLabels({ object_marking_refs: [ref] }, REAL), { code: 'label-unfaithful' });
});

test('a selector that selects nothing is refused', () => {
  const { granular_markings } = stixMarkings(undefined, [{ selector: 'name', label: tlp('RED') }], writing());
  assert.throws(() => readStixLabels({ type: 'tool', granular_markings }, REAL), { code: 'label-field' });
});

test('the object of the standard with markings of its parts is read', (t) => {
  const path = sharedData('stix/oasis-examples/using-granular-markings.json');
  if (path === undefined) return t.skip('the sample is not here');
  const { objects } = JSON.parse(readFileSync(path, 'utf8'));
  const { portions } = readStixLabels(objects[1], REAL);
  assert.deepEqual(
    portions.map((one) => [one.selector, one.label.classification]),
    [
      ['description', 'RED'],
      ['indicator_types.[1]', 'AMBER'],
      ['indicator_types.[0]', 'GREEN'],
      ['name', 'GREEN'],
      ['pattern', 'GREEN'],
    ],
  );
});

test('no JSON value makes a reader fail in any other way', () => {
  fc.assert(
    fc.property(fc.jsonValue(), fc.jsonValue(), (value, field) => {
      const marked = { object_marking_refs: field, granular_markings: [field] };
      const made = {
        type: 'marking-definition',
        definition_type: 'statement',
        definition: field,
        extensions: value,
      };
      for (const read of [
        () => readStixLabels(value, REAL),
        () => readStixLabels(marked, REAL),
        () => readMarkingDefinitions([value, made], REAL),
      ]) {
        try {
          read();
        } catch (error) {
          assert.ok(error instanceof LabelError, String(error));
        }
      }
    }),
  );
});
