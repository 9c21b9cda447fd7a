import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { decodeMessage, encodePayload } from './message.ts';
import { lockIndicator, type MsmMessage, minimumLockTime, RANGE_MILLISECOND } from './msm.ts';
import {
  type MsmVariant,
  msmKind,
  msmSatellite,
  msmSignal,
  msmSignalPosition,
  msmType,
} from './msm-signals.ts';

const message = (variant: MsmVariant, parts: Pick<MsmMessage, 'satellites' | 'cells'>): MsmMessage => ({
  kind: 'msm',
  type: msmType('C', variant),
  system: 'C',
  variant,
  station: 7,
  epochField: 345_600_000,
  multiple: true,
  iods: 3,
  reserved: 0,
  clockSteering: 1,
  externalClock: 2,
  smoothing: false,
  smoothingInterval: 0,
  ...parts,
});

const maybe = <T>(value: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> =>
  fc.option(value, { nil: undefined });

/** Messages of up to six satellites with up to three signals each. */
const arbitraryMessage = fc.constantFrom<MsmVariant>(4, 5, 6, 7).chain((variant) => {
  const high = variant >= 6;
  const rates = variant === 5 || variant === 7;
  const positions = fc.uniqueArray(fc.integer({ min: 1, max: 63 }), { minLength: 1, maxLength: 6 });
  return positions.chain((list) => {
    const numbers = list.sort((a, b) => a - b);
    const parts = numbers.map((number) =>
      fc
        .record({
          steps: fc.integer({ min: 0, max: 255 * 1024 - 1 }),
          rate: fc.integer({ min: -8191, max: 8191 }),
          signals: fc.uniqueArray(fc.constantFrom(2, 8, 14), { minLength: 1, maxLength: 3 }),
          fine: fc.array(
            fc.record({
              pseudorange: maybe(fc.double({ min: -(2 ** -11), max: 2 ** -11, noNaN: true })),
              phase: maybe(fc.double({ min: -(2 ** -9), max: 2 ** -9, noNaN: true })),
              rate: maybe(fc.double({ min: -1.6, max: 1.6, noNaN: true })),
              cnr: maybe(fc.integer({ min: 1, max: 63 })),
              lock: fc.integer({ min: 0, max: high ? 704 : 15 }),
              half: fc.boolean(),
            }),
            { minLength: 3, maxLength: 3 },
          ),
        })
        .map((part) => {
          const sat = msmSatellite('C', number);
          const roughRange = part.steps / 1024;
          return {
            satellite: {
              sat,
              roughRange,
              extended: rates ? 0 : undefined,
              roughRate: rates ? part.rate : undefined,
            },
            cells: part.signals
              .sort((a, b) => a - b)
              .map((signalPosition, i) => {
                const f = part.fine[i];
                assert.ok(f);
                const total = (fine: number | undefined) =>
                  fine === undefined ? undefined : (roughRange + fine) * RANGE_MILLISECOND;
                return {
                  sat,
                  signalPosition,
                  signal: msmSignal('C', signalPosition),
                  pseudorange: total(f.pseudorange),
                  phaseRange: total(f.phase),
                  phaseRangeRate: rates && f.rate !== undefined ? part.rate + f.rate : undefined,
                  cnr: f.cnr,
                  lockIndicator: f.lock,
                  halfCycle: f.half,
                };
              }),
          };
        }),
    );
    return fc.tuple(...parts).map((all) =>
      message(variant, {
        satellites: all.map((part) => part.satellite),
        cells: all.flatMap((part) => part.cells),
      }),
    );
  });
});

const near = (actual: number | undefined, expected: number | undefined, tolerance: number): void => {
  if (expected === undefined || actual === undefined) assert.equal(actual, expected);
  else assert.ok(Math.abs(actual - expected) <= tolerance, `${actual} is not ${expected}`);
};

test('any MSM survives the round trip within half of the resolution of its fields', () => {
  fc.assert(
    fc.property(arbitraryMessage, (m) => {
      const back = decodeMessage(encodePayload(m));
      assert.ok(back.kind === 'msm');
      assert.deepEqual({ ...back, cells: m.cells }, m);
      assert.equal(back.cells.length, m.cells.length);
      const high = m.variant >= 6;
      for (const [i, cell] of back.cells.entries()) {
        const sent = m.cells[i];
        assert.ok(sent);
        near(cell.pseudorange, sent.pseudorange, 0.501 * RANGE_MILLISECOND * 2 ** (high ? -29 : -24));
        near(cell.phaseRange, sent.phaseRange, 0.501 * RANGE_MILLISECOND * 2 ** (high ? -31 : -29));
        near(cell.phaseRangeRate, sent.phaseRangeRate, 0.51e-4);
        assert.deepEqual(
          { ...cell, pseudorange: 0, phaseRange: 0, phaseRangeRate: 0 },
          { ...sent, pseudorange: 0, phaseRange: 0, phaseRangeRate: 0 },
        );
      }
      // What has been through the fields once goes through them unchanged.
      assert.deepEqual(decodeMessage(encodePayload(back)), back);
    }),
  );
});

test('an invalid rough range leaves no value, whatever the fine parts say', () => {
  const sat = msmSatellite('C', 19);
  const cell = {
    sat,
    signalPosition: 2,
    signal: '2I',
    pseudorange: 2.4e7,
    phaseRange: 2.4e7,
    phaseRangeRate: undefined,
    cnr: 40,
    lockIndicator: 3,
    halfCycle: false,
  };
  const satellite = { sat, roughRange: undefined, extended: undefined, roughRate: undefined };
  const back = decodeMessage(encodePayload(message(4, { satellites: [satellite], cells: [cell] })));
  assert.ok(back.kind === 'msm');
  assert.deepEqual(back.cells, [{ ...cell, pseudorange: undefined, phaseRange: undefined }]);
});

test('more cells than a mask may have, and fine parts too far from the rough one, are refused', () => {
  const satellites = Array.from({ length: 33 }, (_, i) => ({
    sat: msmSatellite('C', i + 1),
    roughRange: 80,
    extended: 0,
    roughRate: 0,
  }));
  const cell = (i: number, signalPosition: number, pseudorange: number) => ({
    sat: msmSatellite('C', i + 1),
    signalPosition,
    signal: msmSignal('C', signalPosition),
    pseudorange,
    phaseRange: undefined,
    phaseRangeRate: undefined,
    cnr: undefined,
    lockIndicator: 0,
    halfCycle: false,
  });
  const range = 80 * RANGE_MILLISECOND;
  const cells = satellites.flatMap((_, i) => [cell(i, 2, range), cell(i, 8, range)]);
  assert.throws(() => encodePayload(message(7, { satellites, cells })), { code: 'encode-range' });
  const far = { satellites: satellites.slice(0, 1), cells: [cell(0, 2, range + 1e3)] };
  assert.throws(() => encodePayload(message(7, far)), { code: 'encode-range' });
});

test('a cell mask of more than 64 cells is malformed', () => {
  const bytes = new Uint8Array(200).fill(0xff);
  bytes[0] = 0x46;
  bytes[1] = 0x7f;
  const back = decodeMessage(bytes);
  assert.ok(back.kind === 'malformed');
  assert.match(back.why, /2048 cells exceed/);
});

test('message numbers, signals and satellites map both ways', () => {
  assert.deepEqual(msmKind(1124), { system: 'C', variant: 4 });
  assert.deepEqual(msmKind(1077), { system: 'G', variant: 7 });
  assert.equal(msmKind(1123), undefined);
  assert.equal(msmKind(1140), undefined);
  for (const system of ['G', 'R', 'E', 'J', 'C', 'S', 'I'] as const) {
    for (let position = 1; position <= 32; position++) {
      const signal = msmSignal(system, position);
      if (signal !== undefined) assert.equal(msmSignalPosition(system, signal), position);
    }
  }
  assert.equal(msmSatellite('S', 1), 'S20');
});

test('lock indicators give the minimum lock times of tables 3.5-74 and 3.5-75', () => {
  assert.deepEqual(
    [0, 1, 2, 15].map((i) => minimumLockTime(4, i)),
    [0, 32, 64, 524_288],
  );
  assert.deepEqual(
    [0, 63, 64, 95, 96, 128, 703, 704].map((i) => minimumLockTime(7, i)),
    [0, 63, 64, 126, 128, 256, 66_060_288, 67_108_864],
  );
  for (const variant of [4, 7] as const) {
    for (let i = 0; i <= (variant === 4 ? 15 : 704); i++) {
      assert.equal(lockIndicator(variant, minimumLockTime(variant, i)), i);
    }
  }
});
