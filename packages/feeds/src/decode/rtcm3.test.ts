import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IncomingItem } from '@concord/intake';
import fc from 'fast-check';
import { createDecoder } from './decoder.ts';
import { CONTEXT, counted, inPieces, interrupted, NOW, onePass } from './passes.testing.ts';
import { recording } from './recording.testing.ts';

const STR24 = 'gnss/STR24_dropped-packets.rtcm3';

test('the Sydney recording gives its 1312 epochs, and an ephemeris for each of its 42 1042s and its 1019s', (t) => {
  const bytes = recording(t, STR24);
  if (bytes === undefined) return;
  const { items, quarantined, through } = onePass(bytes, 'rtcm3');
  assert.deepEqual(counted(items), { 'gnss.observation': 1312, 'gnss.ephemeris': 405 });
  const bds = items.filter((item) => item.kind === 'gnss.ephemeris' && item.series.startsWith('C'));
  assert.equal(bds.length, 42);
  assert.equal(new Set(bds.map((item) => item.series)).size, 12);
  assert.equal(through, bytes.length);
  // It begins inside a frame, and its first epoch is of GLONASS alone while the date is not known.
  const garbage = quarantined.filter(({ code }) => code !== 'unsupported');
  assert.deepEqual(
    garbage.map(({ code, place }) => [code, place]),
    [
      ['not-rtcm3', { byte: 0, length: 171 }],
      ['time-unresolved', { byte: 171, length: 230 }],
    ],
  );
  assert.deepEqual(garbage[0]?.bytes, new Uint8Array(bytes.subarray(0, 171)));
});

test('observations lie where the station says it is, from its first 1006 on', (t) => {
  const bytes = recording(t, STR24);
  if (bytes === undefined) return;
  const observations = onePass(bytes, 'rtcm3').items.filter(({ kind }) => kind === 'gnss.observation');
  const last = observations.at(-1);
  const ecef = last?.record['ecef'] as number[];
  for (const [axis, metres] of [-4467074.3577, 2683011.9038, -3667008.2845].entries()) {
    assert.ok(Math.abs((ecef[axis] as number) - metres) < 1e-6);
  }
  assert.ok(last?.place !== undefined && 'point' in last.place);
  assert.ok(Math.abs(last.place.point.lat - -35.3) < 1 && Math.abs(last.place.point.lon - 149) < 1);
  assert.ok(observations.filter((item) => item.place === undefined).length < 60);
});

test('ephemeris records keep every parameter of the broadcast exactly', (t) => {
  const bytes = recording(t, STR24);
  if (bytes === undefined) return;
  const { items } = onePass(bytes, 'rtcm3');
  const bds = items.find((item) => item.kind === 'gnss.ephemeris' && item.series.startsWith('C'));
  const names = `gnssSatId toe toc toeGpst tocGpst accuracy sqrtA e i0 omega0 omega m0 deltaN idot omegaDot cuc cus
    crc crs cic cis af0 af1 af2 health system aode aodc tgd1 tgd2`;
  assert.deepEqual(Object.keys(bds?.record ?? {}).sort(), names.split(/\s+/).sort());
  assert.deepEqual(JSON.parse(JSON.stringify(bds?.record)), bds?.record);
  assert.equal(Date.parse(String(bds?.record['toe'])), bds?.time);
});

/** Without what is learned again after an interruption. */
function relearned(items: readonly IncomingItem[]): unknown[] {
  return items.map(({ place: _, record, ...item }) => {
    const { lat: _1, lon: _2, alt: _3, ecef: _4, antennaHeight: _5, ...rest } = record;
    return { ...item, record: rest };
  });
}

test('an interrupted recording, taken up at `through`, gives what one pass gives', (t) => {
  const all = recording(t, STR24);
  if (all === undefined) return;
  const bytes = all.subarray(0, 120_000);
  const whole = relearned(onePass(bytes, 'rtcm3').items);
  assert.ok(whole.length > 100);
  const offsets = fc.array(fc.nat(bytes.length), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(offsets, (breaks) => {
      assert.deepEqual(relearned(interrupted(bytes, 'rtcm3', breaks).items), whole);
    }),
    { numRuns: 12 },
  );
});

test('how the bytes are cut makes no difference to items or quarantine', (t) => {
  const bytes = recording(t, 'gnss/gpsd_ublox-zed-f9r.log');
  if (bytes === undefined) return;
  const whole = onePass(bytes, 'rtcm3');
  assert.deepEqual(counted(whole.items), { 'gnss.observation': 30, 'gnss.ephemeris': 38 });
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 20, max: 5000 }), { minLength: 2, maxLength: 8 }), (sizes) => {
      assert.deepEqual(inPieces(bytes, 'rtcm3', sizes), whole);
    }),
    { numRuns: 12 },
  );
});

test('a recording without any week waits, and says so in one entry at its end', (t) => {
  const bytes = recording(t, 'gnss/swift_msm7_1127.rtcm3');
  if (bytes === undefined) return;
  const without = onePass(bytes, 'rtcm3');
  assert.equal(without.items.length, 0);
  assert.ok(without.quarantined.some(({ code }) => code === 'time-unresolved'));
  const near = Date.parse('2019-05-01T00:00:00Z');
  const given = onePass(bytes, 'rtcm3', { ...CONTEXT, near }).items;
  assert.deepEqual(counted(given), { 'gnss.observation': 36 });
  assert.ok(Math.abs((given[0] as IncomingItem).time - near) < 4 * 86_400_000);
});

test('endless garbage of a live source is told once at the start and once when it ends', (t) => {
  const bytes = recording(t, STR24);
  if (bytes === undefined) return;
  const decoder = createDecoder('rtcm3', { now: () => NOW, live: true });
  const told = [];
  for (let piece = 0; piece < 200; piece++) {
    told.push(...decoder.push(new Uint8Array(1000).fill(0x55)).quarantined);
  }
  assert.deepEqual(
    told.map(({ code, place }) => [code, place.byte]),
    [['not-rtcm3', 0]],
  );
  const after = decoder
    .push(bytes.subarray(401, 20_000))
    .quarantined.filter(({ code }) => code === 'not-rtcm3');
  assert.equal(after.length, 1);
  const [first, second] = [told[0]?.place.length ?? 0, after[0]?.place];
  assert.equal(second?.byte, first);
  assert.equal(first + (second?.length ?? 0), 200_000);
});

test('no bytes make it throw, and what they hide is found again behind them', (t) => {
  const bytes = recording(t, STR24);
  if (bytes === undefined) return;
  const clean = bytes.subarray(401, 6_275);
  const expected = onePass(clean, 'rtcm3', { ...CONTEXT, near: Date.parse('2018-07-12T23:40:00Z') }).items
    .length;
  assert.ok(expected > 3);
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 3000 }), fc.boolean(), (noise, live) => {
      const decoder = createDecoder('rtcm3', {
        now: () => Date.parse('2018-07-12T23:40:00Z'),
        live,
        near: NOW,
      });
      const before = decoder.push(noise).items.length + decoder.end().items.length;
      assert.equal(before, 0);
      const joined = new Uint8Array([...noise, 0, ...clean]);
      const { items } = onePass(joined, 'rtcm3', { ...CONTEXT, near: Date.parse('2018-07-12T23:40:00Z') });
      assert.ok(items.length >= expected - 2);
    }),
    { numRuns: 50 },
  );
});
