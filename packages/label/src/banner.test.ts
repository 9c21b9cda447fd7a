import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { banner, LabelError, parseBanner, readLabel } from './index.ts';
import { anyLabel } from './testing/labels.ts';

test('a banner says everything that the label says, in one line', () => {
  const label = readLabel({
    policy: 'ALDER',
    classification: 'TOP SECRET',
    categories: [
      { tagSet: 'Context', type: 'INFORMATIVE', values: ['drill'] },
      { tagSet: 'SAR', type: 'PERMISSIVE', values: ['SEA', 'MED'] },
    ],
    caveats: ['ORCON'],
    releasableTo: ['birch'],
    purposes: ['search-and-rescue'],
    embargoUntil: '2026-12-01T00:00Z',
    dataMode: 'EXERCISE',
  });
  assert.equal(
    banner(label),
    'ALDER TOP SECRET // ORCON // Context=drill // SAR~MED,SEA // REL birch // FOR search-and-rescue // ' +
      'UNTIL 2026-12-01T00:00:00.000Z // EXERCISE',
  );
});

test('every label comes back from its banner', () => {
  fc.assert(fc.property(anyLabel, (label) => assert.deepEqual(parseBanner(banner(label)), label)));
});

test('words that would break a banner either come back from it or are refused', () => {
  const hostile = fc
    .array(
      fc.constantFrom(
        ' // ',
        '//',
        ' ',
        ',',
        '!',
        '~',
        '=',
        ':',
        'REL ',
        'FOR ',
        'UNTIL ',
        'NONE',
        'A',
        '\n',
        '‮',
        '/',
      ),
      { minLength: 1, maxLength: 5 },
    )
    .map((parts) => parts.join(''));
  fc.assert(
    fc.property(hostile, hostile, hostile, hostile, (policy, classification, tagSet, value) => {
      let label: ReturnType<typeof readLabel>;
      try {
        label = readLabel({
          policy,
          classification,
          categories: [{ tagSet, type: 'PERMISSIVE', values: [value] }],
          purposes: [value],
          dataMode: 'TEST',
        });
      } catch (error) {
        assert.ok(error instanceof LabelError);
        return;
      }
      assert.deepEqual(parseBanner(banner(label)), label);
    }),
    { numRuns: 2000 },
  );
});

const refused: [string, string][] = [
  ['', 'label-syntax'],
  ['ALDER SECRET', 'label-syntax'],
  ['SECRET // REAL', 'label-syntax'],
  ['ALDER SECRET // NOFORM // REAL', 'label-field'],
  ['ALDER SECRET // REAL // NOFORN', 'label-field'],
  ['ALDER SECRET // REL birch // REL cedar // REAL', 'label-field'],
  ['ALDER SECRET // FOR a // FOR b // REAL', 'label-field'],
  ['ALDER SECRET // UNTIL soon // REAL', 'label-field'],
  ['ALDER SECRET // SAR! // REAL', 'label-field'],
  ['ALDER SECRET //  // REAL', 'label-field'],
];
for (const [line, code] of refused) {
  test(`the banner "${line}" is refused`, () => {
    assert.throws(() => parseBanner(line), { name: 'LabelError', code });
  });
}

test('no line makes the banner reader fail in any other way', () => {
  fc.assert(
    fc.property(fc.string(), (line) => {
      try {
        parseBanner(`ALDER ${line} // REAL`);
      } catch (error) {
        assert.ok(error instanceof LabelError);
      }
    }),
  );
});
