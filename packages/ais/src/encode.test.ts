import assert from 'node:assert/strict';
import test from 'node:test';
import fc from 'fast-check';
import {
  AisDecoder,
  type AisDraft,
  AisError,
  type AisMessage,
  aisLine,
  encodeSentences,
  navStatusText,
  posDeviceText,
  shipTypeText,
} from './index.ts';

function decoded(sentences: readonly string[]): AisMessage {
  const decoder = new AisDecoder();
  const { reports, faults } = decoder.push(`${sentences.join('\r\n')}\r\n`);
  assert.deepEqual(faults, []);
  assert.equal(reports.length, 1);
  return (reports[0] as (typeof reports)[number]).message;
}

const uint = (bits: number): fc.Arbitrary<number> => fc.integer({ min: 0, max: 2 ** bits - 1 });
const some = (most: number, least = 0): fc.Arbitrary<number | null> =>
  fc.option(fc.integer({ min: least, max: most }));
const scaled = (least: number, most: number, unit: number): fc.Arbitrary<number | null> =>
  fc.option(fc.integer({ min: least * unit, max: most * unit }).map((raw) => raw / unit));
const text = (characters: number): fc.Arbitrary<string | null> => {
  // The alphabet without `@`, which ends a text; trailing spaces do not survive.
  const character = fc.constantFrom(...' ABCDEFGHIJKLMNOPQRSTUVWXYZ[\\]^_!"#$%&\'()*+,-./0123456789:;<=>?');
  return fc.array(character, { maxLength: characters }).map((all) => all.join('').trimEnd() || null);
};

const header = { repeat: uint(2), mmsi: uint(30) };
const place = { posHiAccuracy: fc.boolean(), lon: scaled(-180, 180, 6e5), lat: scaled(-90, 90, 6e5) };
const motion = {
  speed: fc.option(fc.integer({ min: 0, max: 1022 }).map((raw) => raw / 10)),
  course: fc.option(fc.integer({ min: 0, max: 3599 }).map((raw) => raw / 10)),
  trueHeading: some(359),
  second: fc.option(uint(6).filter((raw) => raw !== 60)),
};
const hull = fc
  .option(fc.tuple(uint(9), uint(9), uint(6), uint(6)).filter((all) => all.some((metres) => metres > 0)))
  .map((antennaRefDimensions) => {
    const [bow = 0, stern = 0, port = 0, starboard = 0] = antennaRefDimensions ?? [];
    return { antennaRefDimensions, length: bow + stern || null, width: port + starboard || null };
  });
const turn = fc.integer({ min: -128, max: 127 }).map((raw) => ({
  rateOfTurn: Math.abs(raw) >= 127 ? null : Math.sign(raw) * (Math.round((raw / 4.733) ** 2 * 100) / 100) + 0,
  turnWithoutRate: raw === 127 ? ('right' as const) : raw === -127 ? ('left' as const) : null,
}));
const eta = fc
  .record({ month: some(12, 1), day: some(31, 1), hour: some(23), minute: some(59) })
  .map((parts) => (Object.values(parts).every((part) => part === null) ? null : { ...parts }));
const utc = fc.option(
  fc
    .integer({
      min: Date.parse('0001-01-01T00:00:00Z') / 1000,
      max: Date.parse('9999-12-31T23:59:59Z') / 1000,
    })
    .map((seconds) => new Date(seconds * 1000).toISOString().replace('.000', '')),
);
const flags = (...names: string[]): Record<string, fc.Arbitrary<boolean>> =>
  Object.fromEntries(names.map((name) => [name, fc.boolean()]));
const withHull = <T>(fields: fc.Arbitrary<T>): fc.Arbitrary<unknown> =>
  fc.tuple(fields, hull).map(([a, b]) => ({ ...a, ...b }));

const MESSAGES: Record<string, fc.Arbitrary<unknown>> = {
  'position report': fc
    .tuple(
      fc.record({
        type: fc.constantFrom(1, 2, 3),
        ...header,
        ...place,
        ...motion,
        navStatus: uint(4),
        specialManoeuvre: fc.option(fc.boolean()),
        raim: fc.boolean(),
        radio: uint(19),
      }),
      turn,
    )
    .map(([a, b]) => ({ ...a, ...b })),
  'base station report': fc.record({
    type: fc.constantFrom(4, 11),
    ...header,
    ...place,
    utc,
    posDeviceType: some(15, 1),
    raim: fc.boolean(),
    radio: uint(19),
  }),
  'static and voyage data': withHull(
    fc.record({
      type: fc.constant(5),
      ...header,
      aisVersion: uint(2),
      imon: some(2 ** 30 - 1, 1),
      callSign: text(7),
      shipName: text(20),
      shipType: some(255, 1),
      posDeviceType: some(15, 1),
      destinationETA: eta,
      draught: fc.option(fc.integer({ min: 1, max: 255 }).map((raw) => raw / 10)),
      destination: text(20),
      dte: fc.boolean(),
    }),
  ),
  'aircraft report': fc.record({
    type: fc.constant(9),
    ...header,
    ...place,
    altitude: some(4094),
    speed: some(1022),
    course: motion.course,
    second: motion.second,
    ...flags('dte', 'assigned', 'raim'),
    radio: uint(20),
  }),
  'class B report': fc.record({
    type: fc.constant(18),
    ...header,
    ...place,
    ...motion,
    ...flags('carrierSense', 'display', 'dsc', 'wholeBand', 'message22', 'assigned', 'raim'),
    radio: uint(20),
  }),
  'extended class B report': withHull(
    fc.record({
      type: fc.constant(19),
      ...header,
      ...place,
      ...motion,
      shipName: text(20),
      shipType: some(255, 1),
      posDeviceType: some(15, 1),
      ...flags('raim', 'dte', 'assigned'),
    }),
  ),
  'aid to navigation': withHull(
    fc.record({
      type: fc.constant(21),
      ...header,
      ...place,
      aidType: some(31, 1),
      name: text(34),
      posDeviceType: some(15, 1),
      second: motion.second,
      ...flags('offPosition', 'raim', 'virtual', 'assigned'),
    }),
  ),
  'static data part A': fc.record({
    type: fc.constant(24),
    part: fc.constant('A'),
    ...header,
    shipName: text(20),
  }),
  'static data part B': fc
    .tuple(
      fc.record({
        type: fc.constant(24),
        part: fc.constant('B'),
        ...header,
        shipType: some(255, 1),
        vendorId: text(3),
        unitModel: uint(4),
        serialNumber: uint(20),
        callSign: text(7),
        posDeviceType: some(15, 1),
      }),
      hull,
      some(2 ** 30 - 1, 1),
      fc.boolean(),
    )
    .map(([fields, dimensions, mother, auxiliary]) =>
      auxiliary
        ? {
            ...fields,
            mmsi: 980_000_000 + (fields.mmsi % 10_000_000),
            antennaRefDimensions: null,
            length: null,
            width: null,
            mothershipMmsi: mother,
          }
        : { ...fields, mmsi: fields.mmsi % 980_000_000, ...dimensions, mothershipMmsi: null },
    ),
  'long-range report': fc.record({
    type: fc.constant(27),
    ...header,
    posHiAccuracy: fc.boolean(),
    lon: scaled(-180, 180, 600),
    lat: scaled(-90, 90, 600),
    navStatus: uint(4),
    speed: some(62),
    course: some(359),
    ...flags('raim', 'currentFix'),
  }),
};

for (const [name, arbitrary] of Object.entries(MESSAGES)) {
  test(`a ${name} comes back as it was sent`, () => {
    fc.assert(
      fc.property(arbitrary, uint(3), (message, sequence) => {
        const sentences = encodeSentences(message as AisDraft, { sequence });
        assert.ok(sentences.every((sentence) => sentence.length <= 80));
        assert.deepEqual(decoded(sentences), { ...(message as AisMessage) });
      }),
      { numRuns: 300 },
    );
  });
}

test('what a draft leaves out is sent as not available', () => {
  const message = decoded(encodeSentences({ type: 1, mmsi: 123456789 }));
  assert.deepEqual(message, {
    type: 1,
    repeat: 0,
    mmsi: 123456789,
    navStatus: 15,
    rateOfTurn: null,
    turnWithoutRate: null,
    speed: null,
    posHiAccuracy: false,
    lon: null,
    lat: null,
    course: null,
    trueHeading: null,
    second: null,
    specialManoeuvre: null,
    raim: false,
    radio: 0,
  });
});

test('length and width alone put the antenna at bow and port, and saturate', () => {
  const message = decoded(encodeSentences({ type: 5, mmsi: 1, length: 600, width: 30 }));
  assert.ok(message.type === 5);
  assert.deepEqual([message.antennaRefDimensions, message.length, message.width], [[0, 511, 0, 30], 511, 30]);
});

test('values between steps go to the nearest, and a course of 360 is north', () => {
  const message = decoded(
    encodeSentences({ type: 18, mmsi: 1, course: 359.97, trueHeading: 360, speed: 12.34, lat: -90 }),
  );
  assert.ok(message.type === 18);
  assert.deepEqual([message.course, message.trueHeading, message.speed, message.lat], [0, 0, 12.3, -90]);
});

test('sentences have the standard form', () => {
  assert.deepEqual(encodeSentences({ type: 24, part: 'A', mmsi: 0 }, { channel: 'B', talker: 'BS' }), [
    `!BSVDM,1,1,,B,H${'0'.repeat(26)},2*${checksumOf(`BSVDM,1,1,,B,H${'0'.repeat(26)},2`)}`,
  ]);
  const [first, second, third] = encodeSentences(
    { type: 5, mmsi: 1 },
    { sequence: 7, own: true, channel: null },
  );
  assert.match(first ?? '', /^!AIVDO,2,1,7,,5.{59},0\*/);
  assert.match(second ?? '', /^!AIVDO,2,2,7,,.{11},2\*/);
  assert.equal(third, undefined);
});

function checksumOf(body: string): string {
  let sum = 0;
  for (const character of body) sum ^= character.charCodeAt(0);
  return sum.toString(16).toUpperCase().padStart(2, '0');
}

test('time and station go into a tag block that the decoder reads', () => {
  for (const time of [1_900_000_000_000, 1_900_000_000_123]) {
    const sentences = encodeSentences({ type: 5, mmsi: 1 }, { time, source: 'north1' });
    const [report] = new AisDecoder().push(`${sentences.join('\n')}\n`).reports;
    assert.ok(report);
    const { ts, source, channel } = aisLine(report);
    assert.deepEqual(
      { ts, source, channel },
      { ts: new Date(time).toISOString(), source: 'north1', channel: 'A' },
    );
  }
});

const REFUSED: readonly (readonly [string, string, unknown, object?])[] = [
  ['field-range', 'lat', { type: 1, mmsi: 1, lat: 91 }],
  ['field-range', 'lon', { type: 1, mmsi: 1, lon: Number.NaN }],
  ['field-range', 'mmsi', { type: 1, mmsi: 2 ** 30 }],
  ['field-range', 'mmsi', { type: 1, mmsi: 1.5 }],
  ['field-range', 'speed', { type: 18, mmsi: 1, speed: -1 }],
  ['field-range', 'utc', { type: 4, mmsi: 1, utc: 'noon' }],
  ['field-range', 'utc', { type: 4, mmsi: 1, utc: '2023-02-29T00:00:00Z' }],
  ['field-text', 'shipName', { type: 5, mmsi: 1, shipName: 'x'.repeat(21) }],
  ['field-text', 'shipName', { type: 5, mmsi: 1, shipName: 'lower case' }],
  ['field-text', 'callSign', { type: 5, mmsi: 1, callSign: 'A@B' }],
  ['type-unsupported', 'type', { type: 8, mmsi: 1 }],
  ['option-range', 'talker', { type: 1, mmsi: 1 }, { talker: 'A*' }],
  ['option-range', 'source', { type: 1, mmsi: 1 }, { source: 'a\\b' }],
  ['option-range', 'sequence', { type: 5, mmsi: 1 }, { sequence: 10 }],
];
for (const [code, field, draft, options] of REFUSED) {
  test(`${code} of ${field} is refused: ${JSON.stringify(options ?? draft).slice(0, 60)}`, () => {
    assert.throws(
      () => encodeSentences(draft as AisDraft, options),
      (error) => error instanceof AisError && error.code === code && error.field === field,
    );
  });
}

test('codes have words', () => {
  assert.deepEqual([navStatusText(5), navStatusText(15)], ['Moored', 'Undefined']);
  assert.deepEqual([30, 36, 52, 69, 70, 82, 99, 10, null].map(shipTypeText), [
    'Fishing',
    'Sailing',
    'Tug',
    'Passenger',
    'Cargo',
    'Tanker',
    'Other',
    null,
    null,
  ]);
  assert.deepEqual(
    [posDeviceText(1), posDeviceText(null), posDeviceText(15)],
    ['GPS', null, 'Internal GNSS'],
  );
});
