import fc from 'fast-check';

const PIECES = [
  '<',
  '>',
  '&',
  '"',
  "'",
  '/',
  '=',
  ' ',
  '\n',
  '\0',
  '\u202e',
  '\ud800',
  ']]>',
  '<!--',
  '-->',
  '<![CDATA[',
  '<?x ?>',
  '<!DOCTYPE a [<!ENTITY b "c">]>',
  '&b;',
  '&#0;',
  '&#x41;',
  '&amp;',
  'xmlns=""',
  ' xmlns:a="b"',
  '<a>',
  '</a>',
  '<a/>',
  '(',
  ')',
  'é',
  '-1',
  '99999999999999999999',
  'true',
  'unbounded',
  '2026-02-30T00:00:00Z',
];

/** A text with a few places of it cut out, doubled, swapped or overwritten. */
export const mutated = (text: string): fc.Arbitrary<string> =>
  fc
    .array(
      fc.record({
        at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
        length: fc.integer({ min: 0, max: 40 }),
        how: fc.constantFrom('cut', 'double', 'insert', 'replace', 'move'),
        piece: fc.constantFrom(...PIECES),
        to: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
      }),
      { minLength: 1, maxLength: 4 },
    )
    .map((changes) =>
      changes.reduce((now, { at, length, how, piece, to }) => {
        const start = Math.floor(at * now.length);
        const [before, part, after] = [
          now.slice(0, start),
          now.slice(start, start + length),
          now.slice(start + length),
        ];
        if (how === 'cut') return before + after;
        if (how === 'double') return before + part + part + after;
        if (how === 'insert') return before + piece + part + after;
        if (how === 'replace') return before + piece + after;
        const rest = before + after;
        const there = Math.floor(to * rest.length);
        return rest.slice(0, there) + part + rest.slice(there);
      }, text),
    );
