import assert from 'node:assert/strict';
import { test } from 'node:test';
import {
  checkLabel,
  equivalentLabel,
  type MarkingOptions,
  markingOf,
  readClearance,
  readLabel,
  readSpif,
  whyNot,
} from '../index.ts';
import { ELM, FIR } from '../testing/elm.ts';

const elm = readSpif(ELM).spif;
const fir = readSpif(FIR).spif;
const NOW = Date.parse('2026-06-01T00:00:00Z');

const release = (...values: string[]) => ({ tagSet: 'Release', type: 'PERMISSIVE', values });
const special = (...values: string[]) => ({ tagSet: 'Special', type: 'RESTRICTIVE', values });
const notes = (...values: string[]) => ({ tagSet: 'Notes', type: 'INFORMATIVE', values });
const make = (classification: string, categories: unknown[] = [], more: object = {}) =>
  readLabel({ policy: 'ELM', classification, categories, dataMode: 'REAL', ...more });

const marks: [string, ReturnType<typeof make>, MarkingOptions, string][] = [
  ['a phrase of the place', make('GUARDED', [release('NORTH')]), {}, 'HIGH ELM / GUARDED / for North'],
  [
    'a language',
    make('GUARDED', [release('NORTH')]),
    { language: 'fr-CA' },
    'HIGH ELM / SURVEILLÉ / pour Nord',
  ],
  ['an unknown language', make('OPEN', [release('NORTH')]), { language: 'de' }, 'ELM / OPEN / for North'],
  ['a portion', make('GUARDED', [release('EAST')]), { place: 'portionMarking' }, 'HIGH ELM GDD for EAST'],
  ['a subject', make('GUARDED', [release('EAST')]), { place: 'subject' }, 'HIGH ELM [GUARDED] for EAST'],
  ['a water mark', make('OPEN'), { place: 'waterMark' }, 'ELM * OPEN'],
  ['the start of a document', make('OPEN'), { place: 'documentStart' }, 'Elm OPEN'],
  ['a hidden class', make('OPEN', [notes('quiet')]), {}, 'ELM / quiet'],
  ['a hidden name', make('OPEN', [special('GREY')]), {}, 'ELM / OPEN'],
  [
    'qualifiers of a category',
    make('GUARDED', [release('EAST'), special('BLUE')]),
    {},
    'HIGH ELM / GUARDED / for EAST / <BLUE>',
  ],
  ['values of a user', make('OPEN', [notes('4711', '2026-12-01')]), {}, 'ELM / OPEN / 4711/2026-12-01'],
  ['a separator', make('GUARDED', [release('EAST', 'SOUTH')]), {}, 'HIGH ELM / GUARDED / for SOUTH & EAST'],
];
for (const [what, label, options, text] of marks) {
  test(`the marking with ${what} is ${text}`, () => {
    assert.equal(markingOf(elm, checkLabel(elm, label), options), text);
  });
}

const invalid: [what: string, label: ReturnType<typeof make>, code: string, at?: number][] = [
  ['an unknown level', make('SECRET'), 'classification-unknown'],
  ['an unknown category', make('OPEN', [notes('loud')]), 'category-unknown'],
  [
    'a category of another type',
    make('OPEN', [{ ...special('GREY'), type: 'PERMISSIVE' }]),
    'category-unknown',
  ],
  ['no category that its level requires', make('GUARDED'), 'category-missing'],
  [
    'no category that its category requires',
    make('GUARDED', [release('SOUTH'), special('BLUE')]),
    'category-missing',
  ],
  [
    'both of two where one only may be',
    make('GUARDED', [release('NORTH', 'EAST'), special('BLUE')]),
    'category-missing',
  ],
  [
    'an excluded category',
    make('GUARDED', [release('SOUTH', 'NORTH'), special('GREY')]),
    'category-excluded',
  ],
  ['an excluded level', make('OPEN', [release('SOUTH')]), 'class-excluded'],
  ['another level than is required', make('OPEN', [release('EAST'), special('BLUE')]), 'class-required'],
  ['too many of a tag', make('OPEN', [release('EAST', 'NORTH', 'SOUTH')]), 'selection'],
  ['two of a single selection', make('OPEN', [special('GREY', 'BLUE')]), 'selection'],
  ['a category that has expired', make('OPEN', [release('EAST')]), 'not-in-force', Date.parse('2028-01-01')],
  ['a policy not yet in force', make('OPEN'), 'not-in-force', Date.parse('2025-12-31')],
  ['a policy no more in force', make('OPEN'), 'not-in-force', Date.parse('2030-01-02')],
  ['a caveat that the policy has no rule for', make('OPEN', [], { caveats: ['NOFORN'] }), 'beyond-policy'],
  ['parties that it has no rule for', make('OPEN', [], { releasableTo: [] }), 'beyond-policy'],
  ['another policy', make('OPEN', [], { policy: 'FIR' }), 'other-policy'],
];
for (const [what, label, code, at = NOW] of invalid) {
  test(`a label with ${what} is not valid, and goes to nobody`, () => {
    const checked = checkLabel(elm, label, at);
    assert.equal(checked.valid, false);
    assert.ok(
      checked.reasons.some((one) => one.code === code),
      JSON.stringify(checked.reasons),
    );
    const all = readClearance({
      policy: 'ELM',
      classifications: ['OPEN', 'INTERNAL', 'GUARDED'],
      categories: [release('NORTH', 'SOUTH', 'EAST'), special('BLUE', 'GREY')],
    });
    assert.notEqual(whyNot(elm, checked, all).length, 0);
  });
}

test('a clearance suffices where it holds the level, all that is restrictive and one of what is permissive', () => {
  const label = checkLabel(elm, make('GUARDED', [release('NORTH'), special('BLUE'), notes('quiet')]), NOW);
  assert.deepEqual(label.reasons, []);
  const holding = (classifications: string[], categories: unknown[], policy = 'ELM') =>
    whyNot(elm, label, readClearance({ policy, classifications, categories })).map((one) => one.code);
  assert.deepEqual(holding(['GUARDED'], [release('NORTH', 'EAST'), special('BLUE')]), []);
  assert.deepEqual(holding(['OPEN'], [release('NORTH'), special('BLUE')]), ['classification-not-held']);
  assert.deepEqual(holding(['GUARDED'], [release('EAST'), special('BLUE')]), ['category-not-held']);
  assert.deepEqual(holding(['GUARDED'], [release('NORTH')]), ['category-not-held']);
  assert.deepEqual(holding(['GUARDED'], [release('NORTH'), special('BLUE')], 'FIR'), ['other-policy']);
  assert.deepEqual(holding(['GUARDED', 'SECRET'], [release('NORTH'), special('BLUE')]), [
    'clearance-unknown',
  ]);
});

test('a label is translated where everything in it has an equivalent, and refused elsewhere', () => {
  const translated = equivalentLabel(elm, fir, make('GUARDED', [release('NORTH')]));
  assert.deepEqual(translated, {
    ...readLabel({ policy: 'FIR', classification: 'HIGH', dataMode: 'REAL' }),
    categories: [
      { tagSet: 'Handling', type: 'INFORMATIVE', values: ['imported'] },
      { tagSet: 'To', type: 'PERMISSIVE', values: ['N'] },
    ],
  });
  const none = { code: 'label-no-equivalent' };
  assert.throws(() => equivalentLabel(elm, fir, make('GUARDED', [release('EAST')])), none);
  assert.throws(() => equivalentLabel(elm, fir, make('GUARDED', [release('NORTH')]), 'decrypt'), none);
  assert.throws(() => equivalentLabel(elm, fir, make('OPEN')), none);
  assert.throws(() => equivalentLabel(elm, fir, make('GUARDED')), none);
  assert.throws(() => equivalentLabel(fir, elm, make('LOW', [], { policy: 'FIR' })), none);
});
