import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { sharedData } from '../../../../tests/shared-data.ts';
import { BDS_EPHEMERIS_LAYOUT, GPS_EPHEMERIS_LAYOUT } from './ephemeris-layout.ts';
import { RtcmFramer } from './framer.ts';
import type { Field, FieldValues } from './layout.ts';
import {
  decodeMessage,
  type EphemerisMessage,
  encodeMessage,
  encodePayload,
  messageType,
} from './message.ts';

const RECORDINGS = [
  'STR24_dropped-packets.rtcm3',
  'swift_bds_eph_1042.rtcm3',
  'swift_msm7_1127.rtcm3',
  'swift_bds_invalid_fine_pseudorange.rtcm3',
  'gpsd_ublox-zed-f9r.log',
  'gpsd_ublox-zed-f9t-rtcm3.log',
];

const payloadsOf = (file: string): Uint8Array[] =>
  new RtcmFramer().push(readFileSync(file)).flatMap((e) => (e.event === 'frame' ? [e.frame.payload] : []));

/** Some receivers fill messages up with zero bytes. */
const unpadded = (bytes: Uint8Array): string =>
  Buffer.from(bytes)
    .toString('hex')
    .replace(/(00)+$/, '');

test('every message of the recordings is decoded and encoded again bit for bit', (t) => {
  for (const name of RECORDINGS) {
    const file = sharedData(`gnss/${name}`);
    if (file === undefined) return t.skip('shared data absent');
    for (const [index, payload] of payloadsOf(file).entries()) {
      const message = decodeMessage(payload);
      assert.notEqual(message.kind, 'malformed', name);
      const encoded = encodePayload(message);
      assert.equal(unpadded(encoded), unpadded(payload), `${name} ${message.type}`);
      if (index % 20 === 0)
        assert.deepEqual(decodeMessage(encoded), {
          ...message,
          ...('bytes' in message ? { bytes: encoded } : {}),
        });
    }
  }
});

const fieldValue = (field: Field<string>): fc.Arbitrary<number> => {
  const min = field.signed ? -(2 ** (field.bits - 1)) : 0;
  return fc.integer({ min, max: min + 2 ** field.bits - 1 }).map((raw) => (raw === 0 ? 0 : raw * field.unit));
};

function fields<N extends string>(layout: readonly Field<N>[], type: number): fc.Arbitrary<FieldValues<N>> {
  const values = Object.fromEntries(layout.map((field) => [field.name, fieldValue(field)]));
  return fc.record(
    { ...values, type: fc.constant(type) },
    { noNullPrototype: true },
  ) as unknown as fc.Arbitrary<FieldValues<N>>;
}

test('any ephemeris whose values are on the grid of its fields survives the round trip exactly', () => {
  const message: fc.Arbitrary<EphemerisMessage> = fc.oneof(
    fields(GPS_EPHEMERIS_LAYOUT, 1019).map((f) => ({ kind: 'ephemeris', type: 1019, fields: f }) as const),
    fields(BDS_EPHEMERIS_LAYOUT, 1042).map((f) => ({ kind: 'ephemeris', type: 1042, fields: f }) as const),
  );
  fc.assert(fc.property(message, (m) => assert.deepEqual(decodeMessage(encodePayload(m)), m)));
});

test('a value that does not fit its field is refused with its code', () => {
  const zeros = Object.fromEntries(BDS_EPHEMERIS_LAYOUT.map((field) => [field.name, 0]));
  const base = zeros as FieldValues<(typeof BDS_EPHEMERIS_LAYOUT)[number]['name']>;
  for (const wrong of [{ e: 0.5 }, { week: 8192 }, { af0: 1 }, { sqrtA: -1 }, { m0: Number.NaN }]) {
    const message = { kind: 'ephemeris', type: 1042, fields: { ...base, type: 1042, ...wrong } } as const;
    assert.throws(() => encodeMessage(message), { name: 'GnssError', code: 'encode-range' });
  }
});

test('any station survives the round trip to a tenth of a millimetre', () => {
  const coordinate = fc.double({ min: -1.3e7, max: 1.3e7, noNaN: true });
  const shape = {
    kind: fc.constant('station' as const),
    type: fc.constantFrom(1005 as const, 1006 as const),
    station: fc.integer({ min: 0, max: 4095 }),
    ecef: fc.tuple(coordinate, coordinate, coordinate),
    antennaHeight: fc.double({ min: 0, max: 6.5, noNaN: true }),
    itrfYear: fc.integer({ min: 0, max: 63 }),
    indicators: fc.record(
      { gps: fc.boolean(), glonass: fc.boolean(), galileo: fc.boolean() },
      { noNullPrototype: true },
    ),
    virtual: fc.boolean(),
    singleOscillator: fc.boolean(),
    quarterCycle: fc.integer({ min: 0, max: 3 }),
  };
  const station = fc.record(shape, { noNullPrototype: true });
  fc.assert(
    fc.property(station, (m) => {
      const back = decodeMessage(encodePayload(m));
      assert.ok(back.kind === 'station');
      for (const axis of [0, 1, 2] as const) assert.ok(Math.abs(back.ecef[axis] - m.ecef[axis]) < 0.5001e-4);
      if (m.type === 1005) assert.equal(back.antennaHeight, undefined);
      else assert.ok(Math.abs((back.antennaHeight ?? Number.NaN) - m.antennaHeight) < 0.5001e-4);
      assert.deepEqual({ ...back, ecef: m.ecef, antennaHeight: m.antennaHeight }, m);
    }),
  );
});

test('a message number that is not read comes back whole, with its number', () => {
  const payload = Uint8Array.of(0x3f, 0x90, 1, 2, 3);
  assert.deepEqual(decodeMessage(payload), { kind: 'unsupported', type: 1017, bytes: payload });
});

test('a message too short for its type is malformed and says why', () => {
  const short = decodeMessage(Uint8Array.of(0x41, 0x20, 0, 0));
  assert.ok(short.kind === 'malformed');
  assert.equal(short.type, 1042);
  assert.match(short.why, /511 bits needed, 32 there/);
});

test('random, truncated and bit-flipped payloads of any type never throw', (t) => {
  const types = fc.oneof(
    fc.constantFrom(1005, 1006, 1019, 1042, 1074, 1075, 1086, 1124, 1127, 1137),
    fc.nat(4095),
  );
  fc.assert(
    fc.property(types, fc.uint8Array({ maxLength: 1023 }), (type, bytes) => {
      bytes[0] = type >> 4;
      bytes[1] = ((type & 15) << 4) | ((bytes[1] ?? 0) & 15);
      const message = decodeMessage(bytes);
      if (bytes.length >= 2) assert.equal(message.type, messageType(bytes));
    }),
  );
  const file = sharedData('gnss/gpsd_ublox-zed-f9r.log');
  if (file === undefined) return t.skip('shared data absent');
  const payloads = payloadsOf(file);
  fc.assert(
    fc.property(
      fc.constantFrom(...payloads),
      fc.nat(),
      fc.array(fc.nat(), { maxLength: 4 }),
      (payload, cut, flips) => {
        const bytes = payload.slice(0, cut % (payload.length + 1));
        for (const flip of flips) {
          const at = (flip >> 3) % Math.max(1, bytes.length);
          if (bytes.length > 0) bytes[at] = (bytes[at] ?? 0) ^ (1 << (flip & 7));
        }
        decodeMessage(bytes);
      },
    ),
  );
});
