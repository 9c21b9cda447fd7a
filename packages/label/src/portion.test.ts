import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { portionMark, readLabel, readPortion } from './index.ts';
import { anyLabel } from './testing/labels.ts';

test('a portion comes back from its mark and its text', () => {
  fc.assert(
    fc.property(anyLabel, fc.string(), (label, rest) => {
      fc.pre(!JSON.stringify(label).includes('"/"'));
      const text = rest.replace(/^[ \t]+/, '');
      assert.deepEqual(readPortion(`${portionMark(label)} ${text}`), { label, text });
    }),
  );
});

test('a mark is short and a label with a parenthesis has none', () => {
  const label = readLabel({ policy: 'ELM', classification: 'OPEN', caveats: ['ORCON'], dataMode: 'TEST' });
  assert.equal(portionMark(label), '(ELM OPEN//ORCON//TEST)');
  assert.throws(() => portionMark({ ...label, classification: 'O)PEN' }), { code: 'label-unfaithful' });
  assert.throws(() => portionMark({ ...label, classification: 'OPEN/' }), { code: 'label-unfaithful' });
  assert.throws(() => readPortion('no mark'), { code: 'label-syntax' });
});
