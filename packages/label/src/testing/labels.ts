import fc from 'fast-check';
import { CATEGORY_TYPES, CAVEATS, DATA_MODES, type Label, type PartyId, readLabel } from '../index.ts';

/** Few words, so that labels have something in common; some of them look like marks of a banner. */
const WORDS = ['A', 'b', 'a b', 'NONE', 'REL', 'x!y', 'p~q', 'r=s', 'é', 'NOFORN', 'UNTIL', 'm:n', '/'];
const words = fc.constantFrom(...WORDS);
const someWords = fc.uniqueArray(words, { minLength: 1, maxLength: 4 });
const category = fc.record({
  tagSet: fc.constantFrom('SAR', 'Additional Sensitivity', 'REL', 'É'),
  type: fc.constantFrom(...CATEGORY_TYPES),
  values: someWords,
});

/** Any label of the policy ALDER with levels LOW, MID and HIGH, or one of two that the policy does not know. */
export const anyLabel: fc.Arbitrary<Label> = fc
  .record(
    {
      policy: fc.constant('ALDER'),
      classification: fc.constantFrom('LOW', 'LOW', 'MID', 'MID', 'HIGH', 'UNHEARD OF', 'UNKNOWN'),
      categories: fc.uniqueArray(category, { maxLength: 3, selector: (one) => one.tagSet + one.type }),
      caveats: fc.constantFrom([], [], ['ORCON'], [...CAVEATS]),
      releasableTo: fc.uniqueArray(fc.constantFrom('alder', 'birch', 'cedar')),
      purposes: fc.uniqueArray(words, { maxLength: 3 }),
      embargoUntil: fc
        .date({ min: new Date(0), max: new Date('9999-12-31T23:59:59Z'), noInvalidDate: true })
        .map((one) => one.toISOString()),
      dataMode: fc.constantFrom(...DATA_MODES),
    },
    { requiredKeys: ['policy', 'classification', 'dataMode'] },
  )
  .map((raw) => readLabel({ ...raw, purposes: raw.purposes ?? [] }));

export interface Reader {
  readonly level: string;
  readonly party: PartyId;
  readonly compartments: readonly string[];
  readonly purposes: readonly string[];
}

export const anyReader: fc.Arbitrary<Reader> = fc.record({
  level: fc.constantFrom('LOW', 'MID', 'HIGH'),
  party: fc.constantFrom('alder', 'birch', 'cedar').map((one) => one as PartyId),
  compartments: fc.subarray(
    ['SAR', 'Additional Sensitivity', 'REL', 'É'].flatMap((tagSet) =>
      WORDS.map((value) => `${tagSet}:${value}`),
    ),
    { minLength: 40 },
  ),
  purposes: fc.subarray(WORDS),
});
