import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import type { Elset } from './elset.ts';
import { epochText, parseEpoch } from './epoch.ts';
import { isFault } from './fault.ts';
import { HIGH, LOW } from './fixture.ts';
import { readTle, tleChecksum, tleNumber } from './tle.ts';
import { writeTle } from './tle-writer.ts';

const lines = (elset: Elset): { line1: string; line2: string } => {
  const written = writeTle(elset);
  assert.ok(written);
  return written;
};
const resum = (line: string): string => line.slice(0, 68) + tleChecksum(line);
const at = (line: string, column: number, text: string): string =>
  resum(line.slice(0, column - 1) + text + line.slice(column - 1 + text.length));

test('an element set that fits the columns comes back as it was', () => {
  for (const elset of [LOW, HIGH, { ...LOW, origObjectId: null, classificationType: null, revNo: null }]) {
    const { line1, line2 } = lines(elset);
    assert.deepEqual(readTle(line1, line2, elset.name), { ...elset, line1, line2 });
  }
});

test('any element set either is written exactly or refused', () => {
  const angle = (most: number) => fc.integer({ min: 0, max: most * 10_000 }).map((n) => n / 10_000);
  const arbitrary = fc.record({
    satNo: fc.oneof(fc.integer({ min: 0, max: 339_999 }), fc.integer({ min: 0, max: 999_999_999 })),
    micros: fc.integer({ min: Date.UTC(1957, 0, 1), max: Date.UTC(2056, 11, 31) }).map((ms) => ms * 1000),
    steps: fc.integer({ min: 0, max: 3 }).map((n) => n > 0),
    meanMotion: fc.integer({ min: 1, max: 1_699_999_999 }).map((n) => n / 1e8),
    eccentricity: fc.oneof(
      fc.integer({ min: 0, max: 9_999_999 }).map((n) => n / 1e7),
      fc.double({ min: 0, max: 0.9, noNaN: true }),
    ),
    inclination: angle(180),
    raan: angle(360),
    argOfPerigee: angle(360),
    meanAnomaly: angle(360),
    bStar: fc.oneof(
      fc.double({ min: -0.9, max: 0.9, noNaN: true }),
      fc.integer({ min: -99_999, max: 99_999 }).map((n) => Number(`${n}e-9`)),
    ),
    revNo: fc.option(fc.integer({ min: 0, max: 99_999 })),
  });
  let written = 0;
  fc.assert(
    fc.property(arbitrary, ({ micros, steps, ...values }) => {
      const exact = steps ? micros - (((micros % 864) + 864) % 864) : micros;
      const elset: Elset = { ...LOW, ...values, epoch: epochText(exact), bStar: values.bStar + 0 };
      const result = writeTle(elset);
      if (result === undefined) return;
      written++;
      const again = readTle(result.line1, result.line2, elset.name);
      assert.deepEqual(again, { ...elset, ...result });
    }),
    { numRuns: 1000 },
  );
  assert.ok(written > 20, `only ${written} were written`);
});

test('Alpha-5 numbers run from A0000 to Z9999 without I and O', () => {
  assert.deepEqual(
    ['A0000', 'H9999', 'J0000', 'N0001', 'P0001', 'Z9999', '    5', '00005', '25544'].map(tleNumber),
    [100_000, 179_999, 180_000, 220_001, 230_001, 339_999, 5, 5, 25_544],
  );
  const { line1, line2 } = lines({ ...LOW, satNo: 230_001 });
  assert.equal(line1.slice(2, 7), 'P0001');
  const read = readTle(line1, line2);
  assert.ok(!isFault(read) && read.satNo === 230_001);
});

test('two digits of the year turn over between 2056 and 1957', () => {
  const { line1, line2 } = lines(LOW);
  const epochs = ['56', '57'].map((year) => {
    const read = readTle(at(line1, 19, year), line2);
    return isFault(read) ? read.message : read.epoch.slice(0, 4);
  });
  assert.deepEqual(epochs, ['2056', '1957']);
});

const BAD: readonly (readonly [
  string,
  string,
  number,
  1 | 2,
  (l: { line1: string; line2: string }) => [string, string],
])[] = [
  [
    'checksum',
    'checksum',
    69,
    1,
    ({ line1, line2 }) => [line1.slice(0, 68) + ((Number(line1[68]) + 1) % 10), line2],
  ],
  [
    'checksum',
    'checksum',
    69,
    2,
    ({ line1, line2 }) => [line1, line2.slice(0, 68) + ((Number(line2[68]) + 1) % 10)],
  ],
  ['line-length', 'null', 61, 1, ({ line1, line2 }) => [line1.slice(0, 60), line2]],
  ['line-length', 'null', 70, 2, ({ line1, line2 }) => [line1, `${line2}9`]],
  ['column', 'satNo', 3, 1, ({ line1, line2 }) => [at(line1, 3, 'I'), line2]],
  ['column', 'epoch', 19, 1, ({ line1, line2 }) => [at(line1, 24, ','), line2]],
  ['column', 'separator', 33, 1, ({ line1, line2 }) => [at(line1, 33, '1'), line2]],
  ['column', 'bStar', 54, 1, ({ line1, line2 }) => [at(line1, 55, '1.23'), line2]],
  ['column', 'inclination', 9, 2, ({ line1, line2 }) => [line1, at(line2, 9, ' abc.def')]],
  ['column', 'meanMotion', 53, 2, ({ line1, line2 }) => [line1, at(line2, 53, '  .     ')]],
  ['number', 'satNo', 3, 2, ({ line1, line2 }) => [line1, at(line2, 3, '99003')]],
  ['range', 'epoch', 21, 1, ({ line1, line2 }) => [at(line1, 21, '367'), line2]],
  ['range', 'inclination', 9, 2, ({ line1, line2 }) => [line1, at(line2, 9, '181.0000')]],
  ['range', 'meanMotion', 53, 2, ({ line1, line2 }) => [line1, at(line2, 53, '00.00000000')]],
];
for (const [reason, field, column, part, spoil] of BAD) {
  test(`${reason} of ${field} in line ${part} is told with its column`, () => {
    const fault = readTle(...spoil(lines(LOW)));
    assert.ok(isFault(fault));
    assert.deepEqual(
      [fault.reason, String(fault.field), fault.column, fault.part],
      [reason, field, column, part],
    );
  });
}

test('one changed character never gives another orbit without a word, but for letters that add nothing to the sum', () => {
  const { line1, line2 } = lines(LOW);
  for (let column = 1; column <= 68; column++) {
    const digit = line2[column - 1] as string;
    if (digit < '0' || digit > '9') continue;
    const other = String((Number(digit) + 1) % 10);
    const bad = line2.slice(0, column - 1) + other + line2.slice(column);
    assert.ok(isFault(readTle(line1, bad)), `column ${column}`);
  }
});

test('epochs are read with and without fraction and Z, by date and by day of the year', () => {
  const expected = Date.UTC(2020, 1, 29, 12, 30, 15) * 1000;
  for (const text of [
    '2020-02-29T12:30:15',
    '2020-02-29T12:30:15Z',
    '2020-060T12:30:15.000',
    '2020-02-29 12:30:15',
  ]) {
    assert.equal(parseEpoch(text), expected, text);
  }
  assert.equal(parseEpoch('2020-02-29T12:30:15.1234567'), expected + 123_457);
  for (const text of [
    '2019-02-29T00:00:00',
    '2020-13-01T00:00:00',
    '2019-366T00:00:00',
    '2020-000T00:00:00',
    '2020-01-01T24:00:00',
    'now',
    '',
  ]) {
    assert.equal(parseEpoch(text), undefined, text);
  }
});
