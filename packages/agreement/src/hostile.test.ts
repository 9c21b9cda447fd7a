import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { EXAMPLE, read } from './testing/example.ts';
import { PIECES } from './testing/pieces.ts';

/** Reads a text within a second or so and gives either terms or findings with places inside the text. */
function sound(text: string): void {
  const { terms, findings } = read(text);
  assert.equal(terms === undefined, findings.length > 0, JSON.stringify(findings));
  const lines = text.split(/\n/).length;
  for (const { line, column, message } of findings) {
    assert.ok(line >= 1 && line <= lines + 1, `line ${line} of ${lines}: ${message}`);
    assert.ok(Number.isInteger(column) && column >= 1);
  }
}

const pieces = fc.constantFrom(...PIECES);
const edit = fc.tuple(fc.nat(EXAMPLE.length), fc.nat(6), fc.oneof(pieces, fc.string({ maxLength: 5 })));

test('an agreement with random edits gives terms or findings with places, never an exception', () => {
  fc.assert(
    fc.property(fc.array(edit, { minLength: 1, maxLength: 4 }), (edits) => {
      let text = EXAMPLE;
      for (const [at, length, piece] of edits) text = text.slice(0, at) + piece + text.slice(at + length);
      sound(text);
    }),
    { numRuns: 700 },
  );
});

test('any text whatever gives findings', () => {
  fc.assert(
    fc.property(
      fc.oneof(
        fc.string(),
        fc.array(pieces).map((all) => all.join('')),
      ),
      sound,
    ),
  );
});

const bomb = [
  'a: &a [x, x, x, x, x, x, x, x, x]',
  ...Array.from(
    { length: 30 },
    (_, i) =>
      `b${i}: &b${i} [${Array(9)
        .fill(i ? `*b${i - 1}` : '*a')
        .join(',')}]`,
  ),
].join('\n');

const heavy: [string, string][] = [
  ['aliases that multiply', bomb],
  ['brackets without end', '['.repeat(100_000)],
  ['maps without end', '{a: '.repeat(50_000)],
  ['lists in lists', '- '.repeat(30_000)],
  ['keys that ask for keys', '? '.repeat(30_000)],
  ['indentation without end', Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ['very many keys', Array.from({ length: 30_000 }, (_, i) => `k${i}: 1`).join('\n')],
  [
    'very many wrong clauses',
    `clauses:\n${Array.from({ length: 3_000 }, (_, i) => `  c${i}: { from: x }`).join('\n')}`,
  ],
  ['a text that is too long', `# ${'x'.repeat(300_000)}\n${EXAMPLE}`],
  ['one long line of quotes', `"${'\\x41'.repeat(60_000)}`],
];
for (const [what, text] of heavy) {
  test(`${what} are refused soon`, () => {
    const begin = performance.now();
    sound(text);
    assert.ok(read(text).findings.length > 0 && read(text).findings.length <= 200);
    assert.ok(performance.now() - begin < 9_000, `${performance.now() - begin} ms`);
  });
}
