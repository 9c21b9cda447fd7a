import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ITEM_KINDS } from '@concord/label';
import {
  assuranceInWords,
  clauseInWords,
  DELAY_LADDER,
  type DelayRung,
  kindInWords,
  neverInWords,
  obligationsInWords,
  termsInWords,
} from './index.ts';
import { EXAMPLE, read } from './testing/example.ts';

const terms = read(EXAMPLE).terms!;

test('a clause says who lets whom have what, up to where, for what and in which form', () => {
  assert.equal(
    clauseInWords(terms.clauses[0]!, terms),
    'Elm Port Authority lets Fir Navy have vessel positions and vessel particulars up to ELM GUARDED within the area ' +
      'roads for search-and-rescue or traffic-safety, REAL or EXERCISE data only, position as a hexagon with edges of ' +
      'about 3.7 km, 1 hour late and without callSign. It rests while no-targeting is not live.',
  );
  assert.equal(
    clauseInWords(terms.clauses[1]!, terms),
    'Fir Navy lets Elm Port Authority have satellite scenes up to FIR SECRET within the area basin, as it is. ' +
      'It rests while own-use is not live.',
  );
});

test('each never line says what is not done', () => {
  assert.deepEqual(
    terms.never.map((line) => neverInWords(line, terms)),
    [
      'Never is what is marked NOFORN released to any party but its originator.',
      'Never are reports released to Fir Navy as a file.',
      'Never is what stems from Oak Hydrographic Service released to Elm Port Authority.',
      'Never are SIMULATED data released to any party but its originator in a live stream.',
    ],
  );
  const above = { release: { above: 'SECRET' }, to: 'any-other-party', by: 'api', says: '' } as const;
  assert.equal(
    neverInWords(above, terms),
    'Never is anything above SECRET released to any party but its originator in answer to a query.',
  );
});

test('an assurance says who promises what, and what follows', () => {
  assert.deepEqual(
    terms.assurances.map((one) => assuranceInWords(one, terms)),
    [
      'Fir Navy assures Elm Port Authority: Positions are used for traffic safety only. Clause positions-to-fir rests ' +
        'when it is breached or has not been confirmed for 30 days.',
      'Elm Port Authority assures Fir Navy: Pictures stay with the port. Clause pictures-to-elm rests when it is breached.',
    ],
  );
  const odd = { ...terms.assurances[0]!, text: 'Yes', review: 90_000, suspends: ['a', 'b'] };
  assert.match(assuranceInWords(odd, terms), /: Yes\. Clauses a and b rest when .* for 90 seconds\.$/);
});

test('every kind, rung and resolution has words', () => {
  for (const kind of ITEM_KINDS) assert.match(kindInWords(kind), /^[a-z ]+$/);
  for (let rung = 1; rung < DELAY_LADDER.length; rung++)
    assert.match(obligationsInWords({ delay: rung as DelayRung }), /^\d+ (minute|hour|day)s? late$/);
  for (let h3 = 0; h3 <= 15; h3++)
    assert.match(obligationsInWords({ position: { h3 } }), /edges of about [\d.]+ k?m$/);
  assert.equal(obligationsInWords({}), 'as it is');
});

test('an agreement is said a line a sentence', () => {
  const lines = termsInWords(terms);
  assert.equal(
    lines[0],
    'Harbour Approach data arrangement, version 2, between Elm Port Authority, Fir Navy and Oak Hydrographic Service under Board of Pilots.',
  );
  assert.equal(lines[1], 'In force from 2027-03-01 until 2029-03-01T12:00Z (UTC).');
  assert.equal(lines.length, 2 + 3 + 4 + 2 + 1);
  assert.equal(
    lines.at(-1),
    'What stems from third parties too is released only where all of them have consented.',
  );
});
