import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PartyId } from '@concord/label';
import fc from 'fast-check';
import { frames, type Outgoing } from './frames.ts';
import { Tokens } from './position.ts';
import { FRAME_BYTES } from './session.ts';

const ALDER = 'alder' as PartyId;
const tokens = new Tokens(Buffer.alloc(32, 7));
const row = {
  seq: 1,
  ingested: 0,
  stream: 1,
  series: 's',
  time: 0,
  releaseClass: 1,
  label: 1,
  lat: null,
  lon: null,
  record: '{}',
};
const outgoing = (texts: readonly string[]): Outgoing[] =>
  texts.map((text, i) => ({
    row,
    verdict: 1,
    rendered: { body: `"text":${JSON.stringify(text)}}`, time: 0 },
    position: { at: i, seq: i + 1, lateAt: 0, lateSeq: 0 },
  }));
const texts = fc.array(
  fc
    .tuple(fc.constantFrom('x', 'é', '船', '🚢', '\n', '\u2028'), fc.nat(6000))
    .map(([one, times]) => one.repeat(times)),
  { maxLength: 20 },
);
/** The line of an event that holds its data; only a line feed ends it, as in an event stream without returns. */
const dataOf = (block: string) =>
  block
    .split('\n')
    .find((line) => line.startsWith('data: '))
    ?.slice(6) ?? '';
const framing = fc.constantFrom('lines' as const, 'events' as const);

test('frames hold every item once, in order, and each says where the last of its own items stands', () => {
  fc.assert(
    fc.property(texts, framing, (given, way) => {
      const items = outgoing(given);
      const made = frames(items, ALDER, tokens, way);
      const end = way === 'lines' ? '\n' : '\n\n';
      let at = 0;
      for (const { bytes, position, count } of made) {
        const blocks = bytes.toString().split(end);
        assert.equal(blocks.pop(), '', 'no item is split');
        assert.equal(blocks.length, count);
        for (const block of blocks) {
          const message = JSON.parse(way === 'lines' ? block : dataOf(block));
          assert.equal(message.text, given[at]);
          assert.deepEqual(tokens.position(ALDER, message.cursor), items[at]?.position);
          if (way === 'events') assert.match(block, new RegExp(`^id: ${message.cursor}\nevent: item\n`));
          at++;
        }
        assert.deepEqual(position, items[at - 1]?.position);
      }
      assert.equal(at, given.length);
    }),
  );
});

test('a frame of several items is no larger than is said, in bytes and not in characters', () => {
  fc.assert(
    fc.property(texts, framing, (given, way) => {
      for (const { bytes, count } of frames(outgoing(given), ALDER, tokens, way))
        assert.ok(count === 1 || bytes.length <= FRAME_BYTES, `${count} items in ${bytes.length} bytes`);
    }),
  );
});
