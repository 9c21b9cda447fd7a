import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkAgreement, termsInWords } from './index.ts';
import { PIECES } from './testing/pieces.ts';

/** How many inputs; `concord test fuzz` asks for a million. */
const COUNT = Number(process.env['CONCORD_FUZZ'] ?? 10_000);
/** Milliseconds: an input that takes longer is a hang, on a machine that others use too. */
const TOO_LONG = 5000;

const folder = new URL('../fixtures/', import.meta.url);
const texts = ['valid', 'invalid'].flatMap((name) =>
  readdirSync(new URL(`${name}/`, folder)).map((file) =>
    readFileSync(new URL(`${name}/${file}`, folder), 'utf8'),
  ),
);
const short = texts.filter((text) => text.length < 900);
const square = readFileSync(new URL('areas/roads.geojson', folder), 'utf8');
const file = (path: string) => (path.startsWith('areas/') ? square : undefined);

/** Whole numbers below a bound; the same seed, the same numbers (mulberry32). */
function numbers(seed: number): (below: number) => number {
  let state = seed >>> 0;
  return (below) => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), state | 1);
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 2 ** 32) * below);
  };
}

/** One text: mostly a short one put together from pieces, else an agreement with a few edits or parts exchanged. */
function input(seed: number): string {
  const below = numbers(seed);
  const piece = () => PIECES[below(PIECES.length)]!;
  if (below(2) === 0) return Array.from({ length: below(24) }, piece).join('');
  const list = below(8) === 0 ? texts : short;
  let text = list[below(list.length)]!;
  for (let edits = 1 + below(4); edits > 0; edits--) {
    const at = below(text.length + 1);
    const end = Math.min(text.length, at + below(12));
    const other = list[below(list.length)]!;
    const from = below(other.length);
    const put = below(3) === 0 ? other.slice(from, from + below(40)) : piece();
    text = text.slice(0, at) + put + text.slice(end);
  }
  return text;
}

test(`${COUNT} texts give terms or findings with places, soon and without an exception`, () => {
  let read = 0;
  for (let seed = 1; seed <= COUNT; seed++) {
    const text = input(seed);
    const from = performance.now();
    try {
      const { terms, findings } = checkAgreement(text, { file, now: 1_800_000_000_000 });
      const errors = findings.filter((one) => one.severity === 'error').length;
      assert.equal(terms === undefined, errors > 0);
      const lines = text.split(/\n|\r/).length;
      for (const { line, column } of findings)
        assert.ok(line >= 1 && line <= lines + 1 && column >= 1, `${line}:${column} of ${lines}`);
      if (terms) read += termsInWords(terms).length > 0 ? 1 : 0;
    } catch (cause) {
      throw new Error(`input ${seed}: ${JSON.stringify(text)}`, { cause });
    }
    const took = performance.now() - from;
    assert.ok(took < TOO_LONG, `input ${seed} took ${took} ms`);
  }
  // Some must get as far as being checked and put in words, or only the first lines of the reader were tried.
  assert.ok(read > COUNT / 1000, `${read} of ${COUNT} were agreements`);
});
