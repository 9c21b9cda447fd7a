import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IncomingItem } from '@concord/intake';
import fc from 'fast-check';
import { createDecoder } from './decoder.ts';
import { CONTEXT, counted, inPieces, interrupted, NOW, onePass } from './passes.testing.ts';
import { recording } from './recording.testing.ts';

const bytesOf = (...lines: string[]): Uint8Array =>
  new TextEncoder().encode(lines.map((line) => `${line}\r\n`).join(''));

const POSITION = '!BSVDM,1,1,,B,13B:kT00000om9@Ofn>9H3PH0D0U,0*00';
const STATIC_1 = '!AIVDM,2,1,1,,53cMa3@000010WSW?V105=<45B2222222222220t388151:9e2UiDm851DTh,0*65';
const STATIC_2 = '!AIVDM,2,2,1,,j1C32CQp888,2*17';

test('the Danish recording gives positions and statics with their own times, and says what it could not read', (t) => {
  const bytes = recording(t, 'ais/aislib-stream_example.txt');
  if (bytes === undefined) return;
  const { items, quarantined, through } = onePass(bytes, 'ais');
  const counts = counted(items);
  assert.ok((counts['ais.position'] ?? 0) > 3000, JSON.stringify(counts));
  assert.ok((counts['ais.static'] ?? 0) > 200, JSON.stringify(counts));
  assert.ok(items.every((item) => new Date(item.time).toISOString().startsWith('2010-06-11')));
  assert.ok(items.every((item) => /^\d{9}$/.test(item.series) && Number.isSafeInteger(item.time)));
  assert.ok(quarantined.length < 20, JSON.stringify(quarantined.map(({ code, place }) => [code, place])));
  assert.equal(through, bytes.length);
});

test('a position keeps its sentence, and a message without a time has the decoder’s', () => {
  const { items, quarantined } = onePass(bytesOf(POSITION), 'ais');
  assert.deepEqual(quarantined, []);
  const [item] = items;
  assert.equal(item?.kind, 'ais.position');
  assert.equal(item?.time, NOW);
  assert.equal(item?.record['raw'], POSITION);
  assert.equal(item?.record['ts'], '2026-11-24T00:00:00.000Z');
  assert.deepEqual(item?.place, { point: { lat: item?.record['lat'], lon: item?.record['lon'] } });
});

test('an interrupted recording, taken up at `through`, gives what one pass gives', (t) => {
  const all = recording(t, 'ais/aislib-stream_example.txt');
  if (all === undefined) return;
  const bytes = all.subarray(0, 60_000);
  const joins = (item: IncomingItem): boolean => item.record['messageType'] !== 24;
  const whole = onePass(bytes, 'ais');
  assert.ok(whole.items.length > 300);
  const offsets = fc.array(fc.nat(bytes.length), { minLength: 1, maxLength: 8 });
  fc.assert(
    fc.property(offsets, (breaks) => {
      const { items, quarantined } = interrupted(bytes, 'ais', breaks);
      assert.deepEqual(items.filter(joins), whole.items.filter(joins));
      assert.equal(items.length, whole.items.length);
      const codes = (list: typeof quarantined) => list.map(({ code, place }) => [code, place.byte]);
      assert.deepEqual(codes(quarantined), codes(whole.quarantined));
    }),
    { numRuns: 40 },
  );
});

test('a position between the parts of another message is given once, wherever the source breaks off', () => {
  const bytes = bytesOf(POSITION, STATIC_1, POSITION, STATIC_2, POSITION);
  const whole = onePass(bytes, 'ais').items;
  assert.deepEqual(counted(whole), { 'ais.position': 3, 'ais.static': 1 });
  for (let at = 0; at <= bytes.length; at++) {
    assert.deepEqual(interrupted(bytes, 'ais', [at]).items, whole, `broken off at ${at}`);
  }
});

test('a live source gives a position at once, though parts of another message are awaited', () => {
  const decoder = createDecoder('ais', { ...CONTEXT, live: true });
  assert.equal(decoder.push(bytesOf(STATIC_1, POSITION)).items.length, 1);
  const recorded = createDecoder('ais', CONTEXT);
  assert.equal(recorded.push(bytesOf(STATIC_1, POSITION)).items.length, 0);
  assert.equal(recorded.push(bytesOf(STATIC_2)).items.length, 2);
});

test('bad lines back to back make one entry, with the place of the first and its bytes', () => {
  const bad = POSITION.replace('*00', '*01');
  const before = bytesOf(POSITION).length;
  const { items, quarantined } = onePass(bytesOf(POSITION, bad, 'noise', bad, POSITION, bad), 'ais');
  assert.equal(items.length, 2);
  assert.deepEqual(
    quarantined.map(({ code, place }) => [code, place]),
    [
      ['checksum', { byte: before, length: 2 * before + 7, line: 2 }],
      ['checksum', { byte: 4 * before + 7, length: before, line: 6 }],
    ],
  );
  assert.deepEqual(quarantined[0]?.bytes, bytesOf(bad));
});

test('parts A and B of class B static data are joined by vessel', (t) => {
  const bytes = recording(t, 'ais/aislib-stream_example.txt');
  if (bytes === undefined) return;
  const { items } = onePass(bytes, 'ais');
  const last = new Map<string, IncomingItem>();
  for (const item of items) if (item.record['messageType'] === 24) last.set(item.series, item);
  assert.ok(last.size > 0);
  const whole = [...last.values()].filter((item) => 'shipName' in item.record && 'callSign' in item.record);
  assert.ok(whole.length > 0);
});

test('no bytes make it throw, however they are cut', () => {
  const pieces = fc.array(
    fc.oneof(
      fc.uint8Array({ maxLength: 300 }),
      fc.constantFrom(POSITION, STATIC_1, STATIC_2, '$PGHP,1,x', '\\c:1*00\\').map((line) => bytesOf(line)),
      fc.constant(new Uint8Array(1500).fill(65)),
    ),
    { maxLength: 12 },
  );
  fc.assert(
    fc.property(
      pieces,
      fc.array(fc.integer({ min: 1, max: 700 }), { minLength: 1, maxLength: 4 }),
      (parts, sizes) => {
        const bytes = new Uint8Array(parts.flatMap((part) => [...part]));
        const whole = onePass(bytes, 'ais');
        const cut = inPieces(bytes, 'ais', sizes);
        assert.deepEqual(cut.items, whole.items);
        assert.deepEqual(cut.through, bytes.length);
        assert.ok(cut.quarantined.every((entry) => entry.bytes.length <= 256));
      },
    ),
    { numRuns: 200 },
  );
});
