import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import fc from 'fast-check';
import { sharedData } from '../../../tests/shared-data.ts';
import { CatalogueReader, readCatalogue } from './catalogue.ts';
import type { Elset } from './elset.ts';
import { HIGH, LOW } from './fixture.ts';
import { ommKeywords, writeOmmJson } from './omm.ts';
import type { CatalogueBatch } from './record.ts';
import { writeTle } from './tle-writer.ts';

const tle = (elset: Elset): string => {
  const lines = writeTle(elset);
  assert.ok(lines);
  return `${lines.line1}\n${lines.line2}\n`;
};
const named = (elset: Elset): string => `${elset.name}\n${tle(elset)}`;
const json = (elset: Elset, more: Record<string, unknown> = {}): string =>
  JSON.stringify({ ...ommKeywords(elset), ...more });
const numbers = (data: string): number[] => readCatalogue(data).elsets.map((elset) => elset.satNo);

function inPieces(bytes: Uint8Array, sizes: readonly number[]): CatalogueBatch {
  const reader = new CatalogueReader();
  const all: CatalogueBatch = { records: [], faults: [] };
  const take = (batch: CatalogueBatch): void => {
    all.records.push(...batch.records);
    all.faults.push(...batch.faults);
  };
  let at = 0;
  for (let i = 0; at < bytes.length; i++) {
    const size = sizes[i % sizes.length] as number;
    take(reader.push(bytes.subarray(at, at + size)));
    at += size;
  }
  take(reader.end());
  assert.equal(reader.through, bytes.length);
  return all;
}

test('sets with and without names, comments, blank lines, carriage returns and a byte order mark are read', () => {
  const data = `\ufeff# two objects\r\n\r\n${named(LOW).replaceAll('\n', '\r\n')}${tle(HIGH)}0 EXAMPLE 3\n${tle({ ...LOW, satNo: 7 })}`;
  const { elsets, faults } = readCatalogue(data);
  assert.deepEqual(faults, []);
  assert.deepEqual(
    elsets.map((elset) => [elset.satNo, elset.name]),
    [
      [99_001, 'EXAMPLE 1'],
      [99_002, null],
      [7, 'EXAMPLE 3'],
    ],
  );
});

test('text behind column 69 is passed over where a blank separates it', () => {
  const [line1, line2] = tle(LOW).split('\n');
  assert.deepEqual(numbers(`${line1}\n${line2}     0.00    4320.0   360.00\n`), [99_001]);
});

test('each record tells its line, its first byte and where it ends', () => {
  const reader = new CatalogueReader({ startOffset: 100 });
  const data = named(LOW) + tle(HIGH);
  const { records } = reader.push(data);
  assert.deepEqual(
    records.map(({ line, byteOffset, through }) => [line, byteOffset, through]),
    [
      [1, 100, 100 + named(LOW).length],
      [4, 100 + named(LOW).length, 100 + data.length],
    ],
  );
  reader.push('EXAMPLE 9\n');
  assert.equal(reader.through, 100 + data.length);
});

test('a bad set costs only itself and gives one fault with line and column', () => {
  const bad = named({ ...LOW, satNo: 8 }).replace('97.5000', '97.5001');
  const { elsets, faults } = readCatalogue(named(LOW) + bad + named(HIGH));
  assert.deepEqual(
    elsets.map((elset) => elset.satNo),
    [99_001, 99_002],
  );
  assert.equal(faults.length, 1);
  const [fault] = faults;
  assert.deepEqual(
    [fault?.line, fault?.column, fault?.field, fault?.reason],
    [6, 69, 'checksum', 'checksum'],
  );
  assert.equal(fault?.byteOffset, named(LOW).length);
});

test('a bad line 1 takes its line 2 with it, in one fault', () => {
  const bad = named({ ...LOW, satNo: 8 }).replace('30060', '3006x');
  const { elsets, faults } = readCatalogue(bad + named(HIGH));
  assert.equal(elsets.length, 1);
  assert.deepEqual(
    faults.map((fault) => [fault.line, fault.reason]),
    [[2, 'column']],
  );
});

test('lines without their partner and stray lines are told', () => {
  const [line1 = '', line2 = ''] = tle(LOW).split('\n');
  const { elsets, faults } = readCatalogue(
    `${line2}\n${line1}\n${tle(HIGH)}noise\nmore noise\n${tle(LOW)}${line1}\n`,
  );
  assert.equal(elsets.length, 2);
  assert.deepEqual(
    faults.map((fault) => [fault.line, fault.reason]),
    [
      [1, 'pairing'],
      [2, 'pairing'],
      [5, 'format'],
      [9, 'pairing'],
    ],
  );
});

test('an endless line is told once and passed over', () => {
  const { elsets, faults } = readCatalogue(`${'x'.repeat(100_000)}\n${tle(LOW)}`);
  assert.equal(elsets.length, 1);
  assert.deepEqual(
    faults.map((fault) => [fault.line, fault.reason]),
    [[1, 'too-long']],
  );
});

test('OMM JSON written is read back as it was', () => {
  const sets = [LOW, { ...HIGH, satNo: 799_999_999, name: null, revNo: null, origObjectId: null }];
  assert.deepEqual(readCatalogue(writeOmmJson(sets)), { elsets: sets, faults: [] });
});

test('OMM values may be texts, epochs with Z, and objects one after another', () => {
  const texts = Object.fromEntries(
    Object.entries(ommKeywords(LOW)).map(([key, value]) => [key, String(value)]),
  );
  const data = `${JSON.stringify({ ...texts, EPOCH: LOW.epoch })}\n${json(HIGH)}\n`;
  assert.deepEqual(readCatalogue(data), { elsets: [LOW, HIGH], faults: [] });
});

const BAD_OMM: readonly (readonly [string, string | null, string])[] = [
  ['missing', 'EPOCH', json(LOW, { EPOCH: undefined })],
  ['missing', 'BSTAR', json(LOW, { BSTAR: null })],
  ['missing', 'NORAD_CAT_ID', json(LOW, { NORAD_CAT_ID: '' })],
  ['value', 'EPOCH', json(LOW, { EPOCH: 'yesterday' })],
  ['value', 'MEAN_MOTION', json(LOW, { MEAN_MOTION: '15.x' })],
  ['value', 'INCLINATION', json(LOW, { INCLINATION: [97] })],
  ['value', 'REV_AT_EPOCH', json(LOW, { REV_AT_EPOCH: 1.5 })],
  ['range', 'ECCENTRICITY', json(LOW, { ECCENTRICITY: 1 })],
  ['range', 'NORAD_CAT_ID', json(LOW, { NORAD_CAT_ID: 1e9 })],
  ['range', 'MEAN_MOTION', json(LOW, { MEAN_MOTION: 0 })],
  ['unsupported', 'REF_FRAME', json(LOW, { REF_FRAME: 'GCRF' })],
  ['unsupported', 'MEAN_ELEMENT_THEORY', json(LOW, { MEAN_ELEMENT_THEORY: 'DSST' })],
  ['missing', 'NORAD_CAT_ID', '{}'],
  ['json', null, '{"a":1,}'],
  ['json', null, '{"a":"text that\nnever ends'],
  ['json', null, json(LOW).slice(0, -1)],
  ['json', null, 'null'],
];
for (const [reason, field, bad] of BAD_OMM) {
  test(`a bad message (${reason} ${field ?? ''}: ${JSON.stringify(bad.slice(0, 30))}…) costs only itself`, () => {
    const { elsets, faults } = readCatalogue(`[\n${json(LOW)},\n${bad},\n${json(HIGH)}\n]\n`);
    assert.deepEqual(elsets, [LOW, HIGH]);
    assert.deepEqual(
      faults.map((fault) => [fault.line, fault.reason, fault.field, fault.byteOffset]),
      [[3, reason, field, json(LOW).length + 4]],
    );
  });
}

test('a bad value is placed by line and column of its keyword', () => {
  const data = `[\n  ${JSON.stringify({ ...ommKeywords(LOW), INCLINATION: 200 }, null, 2)}\n]`;
  const [fault] = readCatalogue(data).faults;
  const line = data.split('\n')[(fault?.line ?? 0) - 1] ?? '';
  assert.equal(line.slice((fault?.column ?? 0) - 1), '"INCLINATION": 200,');
});

test('forms that are not read say so once', () => {
  for (const data of [
    '<?xml version="1.0"?>\n<ndm>',
    'CCSDS_OMM_VERS = 2.0\nEPOCH = x',
    'OBJECT_NAME,OBJECT_ID\n',
  ]) {
    const { elsets, faults } = readCatalogue(data.repeat(100));
    assert.deepEqual([elsets.length, faults.length, faults[0]?.reason], [0, 1, 'format']);
  }
});

test('a catalogue cut at any byte gives the same records and faults', () => {
  const cases = [
    `\ufeff${named(LOW)}noise\nnoise\n${named(HIGH).replace('15.2', '15.3')}${tle(LOW).trimEnd()}`,
    `[${json(LOW)},\n{"a":1,\n${json(HIGH)},\n oops ${json(LOW, { BSTAR: 'é' })}]`,
  ];
  for (const data of cases) {
    const bytes = new TextEncoder().encode(data);
    const whole = inPieces(bytes, [bytes.length]);
    assert.ok(whole.records.length >= 2 && whole.faults.length >= 1);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 1, maxLength: 20 }), (sizes) => {
        assert.deepEqual(inPieces(bytes, sizes), whole);
      }),
      { numRuns: 100 },
    );
  }
});

test('nothing that is read makes a reader throw', () => {
  const bit = fc.constantFrom(
    '{',
    '}',
    '[',
    ']',
    '"',
    '\\',
    ':',
    ',',
    '\n',
    '1 ',
    '2 ',
    '"EPOCH"',
    json(LOW),
    named(LOW),
  );
  const noise = fc.array(fc.oneof(bit, fc.string()), { maxLength: 20 }).map((bits) => bits.join(''));
  fc.assert(
    fc.property(
      fc.oneof(
        noise,
        noise.map((text) => `{${text}`),
        fc.uint8Array({ maxLength: 300 }),
      ),
      (data) => {
        readCatalogue(data);
      },
    ),
    { numRuns: 2000 },
  );
});

test('all 15,699 active objects of a real catalogue are read', (t) => {
  const path = sharedData('sat/catalog/active-2026-06-14.tle');
  if (path === undefined) return t.skip('shared data absent');
  const { elsets, faults } = readCatalogue(readFileSync(path));
  assert.deepEqual([elsets.length, faults.length], [15_699, 0]);
  assert.equal(elsets.filter((elset) => elset.name?.includes('BEIDOU')).length, 56);
});

test('a full catalogue with a byte order mark, padded numbers and analyst objects is read', (t) => {
  const path = sharedData('sat/catalog/full-2022-08-09.tle');
  if (path === undefined) return t.skip('shared data absent');
  const { elsets, faults } = readCatalogue(readFileSync(path));
  assert.deepEqual([elsets.length, faults.length], [25_975, 0]);
});

test('an object as two-line set and as message has the same elements', (t) => {
  for (const id of ['24876', '25544']) {
    const [lines, message] = [sharedData(`sat/omm/${id}.tle`), sharedData(`sat/omm/${id}.json`)];
    if (lines === undefined || message === undefined) return t.skip('shared data absent');
    const { line1, line2, ...elset } = readCatalogue(readFileSync(lines)).elsets[0] as Elset;
    assert.ok(line1 !== undefined && line2 !== undefined);
    assert.deepEqual(readCatalogue(readFileSync(message)).elsets, [elset]);
  }
});
