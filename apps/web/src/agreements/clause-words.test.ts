import assert from 'node:assert/strict';
import { test } from 'node:test';
import { clauseWords } from './clause-words.ts';

const names = (id: string): string => id.toUpperCase();

test('a clause is one sentence with its ceiling, area, purposes and form', () => {
  const words = clauseWords(
    {
      id: 'vessel-tracks',
      from: 'birch',
      to: 'alder',
      covers: ['ais.position'],
      ceiling: 'OFFICIAL',
      within: 'corridor',
      purposes: ['search-and-rescue'],
      obligations: { position: { h3: 7 }, delay: 'PT10M' },
    },
    names,
  );
  assert.equal(
    words,
    'BIRCH gives ALDER: Vessel positions, up to OFFICIAL, within corridor, for search and rescue, in the form: cell res 7, 10 min late.',
  );
});

test("the server's own words go first", () => {
  assert.equal(clauseWords({ id: 'a', from: 'a', to: 'b', covers: [], inWords: 'Said.' }, names), 'Said.');
});

test('a delay of a minute is a minute', () => {
  const clause = { id: 'a', from: 'a', to: 'b', covers: ['ais.static'], obligations: { delay: 'PT1M' } };
  assert.match(clauseWords(clause, names), /1 min late/);
});
