import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { sharedData } from '../../../../tests/shared-data.ts';
import { crc24q } from './crc24q.ts';
import { encodeFrame } from './frame.ts';
import { type FramerEvent, RtcmFramer } from './framer.ts';

const payload = (...bytes: number[]): Uint8Array => Uint8Array.from(bytes);

function frameAll(bytes: Uint8Array, cuts: readonly number[] = []): FramerEvent[] {
  const framer = new RtcmFramer();
  const events: FramerEvent[] = [];
  let from = 0;
  for (const cut of [...cuts.map((c) => c % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]) {
    events.push(...framer.push(bytes.slice(from, cut)));
    from = cut;
  }
  return [...events, ...framer.end()];
}

const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

test('the CRC of the worked example of RTCM 10403.3 section 4.2 (message 1005) holds', () => {
  const hex = 'd300133ed7d30202980edeef34b4bd62ac0941986f33360b98';
  const frame = Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));
  assert.equal(crc24q(frame, 0, frame.length - 3), 0x360b98);
  assert.deepEqual(encodeFrame(frame.slice(3, -3)), frame);
});

test('frames between other protocols are found, each run of the others reported once with its place', () => {
  const first = encodeFrame(payload(1, 2, 3));
  const second = encodeFrame(payload(4));
  const nmea = new TextEncoder().encode('$GNGGA,1*00\r\n');
  const events = frameAll(join(nmea, first, second, nmea, nmea));
  assert.deepEqual(events, [
    { event: 'discarded', range: { offset: 0, length: 13, reason: 'not-rtcm3' } },
    { event: 'frame', frame: { payload: payload(1, 2, 3), offset: 13, length: 9 } },
    { event: 'frame', frame: { payload: payload(4), offset: 22, length: 7 } },
    { event: 'discarded', range: { offset: 29, length: 26, reason: 'not-rtcm3' } },
  ]);
});

test('a frame that hides behind a false preamble is found', () => {
  const hidden = encodeFrame(payload(9, 9));
  const events = frameAll(join(payload(0xd3, 0x00, 0x04), hidden, payload(0)));
  assert.deepEqual(events, [
    { event: 'discarded', range: { offset: 0, length: 3, reason: 'crc-mismatch' } },
    { event: 'frame', frame: { payload: payload(9, 9), offset: 3, length: 8 } },
    { event: 'discarded', range: { offset: 11, length: 1, reason: 'not-rtcm3' } },
  ]);
});

test('a corrupted frame costs only itself', () => {
  const frames = [payload(1, 2, 3), payload(4, 5, 6), payload(7, 8, 9)].map(encodeFrame);
  const bytes = join(...frames);
  bytes[13] = (bytes[13] ?? 0) ^ 0x10;
  const events = frameAll(bytes);
  assert.deepEqual(
    events.map((e) => (e.event === 'frame' ? e.frame.offset : e.range)),
    [0, { offset: 9, length: 9, reason: 'crc-mismatch' }, 18],
  );
});

test('a frame cut off by the end of the stream is reported as truncated', () => {
  const framer = new RtcmFramer(1000);
  assert.deepEqual(framer.push(encodeFrame(payload(1, 2, 3)).slice(0, 5)), []);
  assert.equal(framer.through, 1000);
  assert.deepEqual(framer.end(), [
    { event: 'discarded', range: { offset: 1000, length: 5, reason: 'truncated' } },
  ]);
});

test('the result does not depend on how the stream is cut, and every byte is accounted for', () => {
  const part = fc.oneof(
    fc.uint8Array({ maxLength: 30 }).map(encodeFrame),
    fc.uint8Array({ maxLength: 20 }),
    fc.constant(payload(0xd3)),
    fc.constant(payload(0xd3, 0x00)),
    fc.constant(payload(0xd3, 0x00, 0x02)),
  );
  fc.assert(
    fc.property(fc.array(part, { maxLength: 12 }), fc.array(fc.nat(), { maxLength: 20 }), (parts, cuts) => {
      const bytes = join(...parts);
      const whole = frameAll(bytes);
      assert.deepEqual(frameAll(bytes, cuts), whole);
      let at = 0;
      for (const event of whole) {
        const { offset, length } = event.event === 'frame' ? event.frame : event.range;
        assert.equal(offset, at);
        assert.ok(length > 0);
        at += length;
      }
      assert.equal(at, bytes.length);
    }),
  );
});

test('a mixed UBX, NMEA and RTCM recording gives its RTCM frames and nothing else', (t) => {
  const file = sharedData('gnss/gpsd_ublox-zed-f9r.log');
  if (file === undefined) return t.skip('shared data absent');
  const types = new Map<number, number>();
  for (const event of frameAll(readFileSync(file))) {
    if (event.event !== 'frame') continue;
    const type = ((event.frame.payload[0] ?? 0) << 4) | ((event.frame.payload[1] ?? 0) >> 4);
    types.set(type, (types.get(type) ?? 0) + 1);
  }
  assert.equal(types.get(1042), 19);
  assert.equal(types.get(1125), 30);
  assert.ok([...types.keys()].every((type) => type >= 1001 && type <= 4095));
});
