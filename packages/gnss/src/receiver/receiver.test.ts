import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { isDeepStrictEqual } from 'node:util';
import fc from 'fast-check';
import { sharedData } from '../../../../tests/shared-data.ts';
import { readRinexObs } from '../rinex/obs.ts';
import { encodeMessage } from '../rtcm3/message.ts';
import { type MsmMessage, RANGE_MILLISECOND } from '../rtcm3/msm.ts';
import { msmType } from '../rtcm3/msm-signals.ts';
import type { SatelliteId } from '../satellite.ts';
import { createReceiver, type ReceiverEvent, type ReceiverOptions } from './receiver.ts';

const STR24 = 'gnss/STR24_dropped-packets.rtcm3';
const JULY_2018 = Date.parse('2018-07-12T00:00:00Z');

function receive(bytes: Uint8Array, options: ReceiverOptions = {}): ReceiverEvent[] {
  const receiver = createReceiver(options);
  return [...receiver.push(bytes), ...receiver.end()];
}
const epochs = (events: readonly ReceiverEvent[]) => events.flatMap((e) => (e.event === 'epoch' ? [e] : []));
const join = (...parts: Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));

/** An MSM4 frame of one satellite; the epoch in seconds of the system's own week or Moscow day. */
function msm(system: 'G' | 'C' | 'R', seconds: number, multiple: boolean, station = 1): Uint8Array {
  const sat: SatelliteId = `${system}07`;
  const message: MsmMessage = {
    kind: 'msm',
    type: msmType(system, 4),
    system,
    variant: 4,
    station,
    epochField: seconds * 1e3,
    multiple,
    iods: 0,
    reserved: 0,
    clockSteering: 0,
    externalClock: 0,
    smoothing: false,
    smoothingInterval: 0,
    satellites: [{ sat, roughRange: 75, extended: undefined, roughRate: undefined }],
    cells: [
      {
        sat,
        signalPosition: 2,
        signal: undefined,
        pseudorange: 75 * RANGE_MILLISECOND,
        phaseRange: undefined,
        phaseRangeRate: undefined,
        cnr: 45,
        lockIndicator: 5,
        halfCycle: false,
      },
    ],
  };
  return encodeMessage(message);
}
const satellites = (events: readonly ReceiverEvent[]): string[] =>
  epochs(events).map((e) => e.set.gnssObservationList.map((o) => o.gnssSatId).join(' '));

test('a recording of 2018 finds its own time, without any reference', (t) => {
  const file = sharedData(STR24);
  if (file === undefined) return t.skip('shared data absent');
  const bytes = readFileSync(file);
  const events = receive(bytes);
  const found = epochs(events);
  assert.equal(found.length, 1312);
  assert.equal(found[0]?.set.ts, '2018-07-12T23:37:10.000Z');
  assert.equal(found.at(-1)?.set.ts, '2018-07-12T23:59:01.000Z');
  assert.equal(found.at(-1)?.set.receiver, 'RTCM 0');
  // The recording starts amidst an epoch with a GLONASS message, which only a date can place.
  const dated = epochs(receive(bytes, { reference: JULY_2018 }));
  assert.equal(dated[0]?.offset, 171);
  assert.equal(found[0]?.offset, 401);
  assert.ok(found.every((epoch, i) => i === 0 || isDeepStrictEqual(epoch, dated[i])));
  const times = events.flatMap((e) => (e.event === 'epoch' ? [e.offset] : []));
  assert.deepEqual(
    times,
    times.toSorted((a, b) => a - b),
  );
});

test('every observation of MSM4 agrees with what another decoder wrote to RINEX', (t) => {
  const file = sharedData(STR24);
  const twin = sharedData('gnss/STR24_dropped-packets.convbin.10s.obs');
  if (file === undefined || twin === undefined) return t.skip('shared data absent');
  const byTime = new Map(epochs(receive(readFileSync(file))).map((e) => [e.gpst, e.set]));
  let compared = 0;
  for (const { gpst, set } of readRinexObs(readFileSync(twin, 'latin1')).epochs()) {
    const ours = byTime.get(gpst);
    assert.ok(ours, set.ts);
    for (const { gnssSatId, obsCodeSet, ob } of set.gnssObservationList) {
      const same = ours.gnssObservationList.find((o) => o.gnssSatId === gnssSatId);
      assert.ok(same, `${set.ts} ${gnssSatId}`);
      for (const [i, code] of obsCodeSet.entries()) {
        const actual = same.ob[same.obsCodeSet.indexOf(code)] ?? Number.NaN;
        // The twin rounds to three decimals; its phases are shifted by whole cycles after a loss of lock.
        const difference = Math.abs(actual - (ob[i] ?? Number.NaN));
        const left = code.startsWith('L') ? Math.abs(difference - Math.round(difference)) : difference;
        assert.ok(left < 0.0016, `${set.ts} ${gnssSatId} ${code}: ${actual} and ${ob[i]}`);
        compared += 1;
      }
    }
  }
  assert.ok(compared > 10_000);
});

test('the fine pseudorange that is marked invalid gives no value, its phase and Doppler stay', (t) => {
  const file = sharedData('gnss/swift_bds_invalid_fine_pseudorange.rtcm3');
  if (file === undefined) return t.skip('shared data absent');
  const [epoch] = epochs(receive(readFileSync(file), { reference: Date.parse('2020-01-01T00:00:00Z') }));
  const c32 = epoch?.set.gnssObservationList.find((o) => o.gnssSatId === 'C32');
  assert.deepEqual(c32?.obsCodeSet, ['C2I', 'L2I', 'D2I', 'S2I', 'L5P', 'D5P', 'S5P']);
});

test('messages of one instant in GPST, BDT and Moscow time make one epoch', () => {
  // 2018-07-12 is a Thursday: GPST second of week 345600 + 18 is 00:00:00 UTC, 03:00:00 in Moscow.
  const events = receive(
    join(msm('G', 345_618, true), msm('R', 10_800, true), msm('C', 345_604, false), msm('G', 345_619, false)),
    { reference: JULY_2018 },
  );
  assert.deepEqual(satellites(events), ['G07 R07 C07', 'G07']);
  assert.deepEqual(
    epochs(events).map((e) => [e.set.ts, e.complete]),
    [
      ['2018-07-12T00:00:00.000Z', true],
      ['2018-07-12T00:00:01.000Z', true],
    ],
  );
});

test('a lost last message ends the epoch with the next one and marks it incomplete', () => {
  const events = receive(join(msm('G', 100, true), msm('G', 101, true), msm('C', 87, false)), {
    reference: JULY_2018,
  });
  assert.deepEqual(satellites(events), ['G07', 'G07 C07']);
  assert.deepEqual(
    epochs(events).map((e) => e.complete),
    [false, true],
  );
});

test('two stations in one stream are two receivers', () => {
  const events = receive(join(msm('G', 100, true, 1), msm('G', 100, false, 2), msm('C', 86, false, 1)), {
    reference: JULY_2018,
  });
  assert.deepEqual(
    epochs(events).map((e) => e.station),
    [1, 2, 1],
  );
});

test('a sender whose multiple message bit is always off is found out and then grouped by time', () => {
  const second = (s: number) => join(msm('G', s, false), msm('C', s - 14, false));
  const events = receive(join(second(100), second(101), second(102)), { reference: JULY_2018 });
  assert.deepEqual(satellites(events), ['G07', 'C07', 'G07 C07', 'G07 C07']);
});

test('the end of the week does not tear an epoch or a stream apart', () => {
  const events = receive(
    join(msm('G', 604_799, true), msm('C', 604_785, false), msm('G', 0, true), msm('C', 604_786, false)),
    { reference: Date.parse('2018-07-14T23:00:00Z') },
  );
  assert.deepEqual(satellites(events), ['G07 C07', 'G07 C07']);
  const [first, next] = epochs(events);
  assert.equal((next?.gpst ?? 0) - (first?.gpst ?? 0), 1);
});

test('what cannot be dated is kept within bounds and reported with its place', () => {
  const frames = [0, 1, 2, 3].map((s) => msm('G', s, false));
  const receiver = createReceiver({ maxHeld: 2, offset: 1000 });
  const events = receiver.push(join(...frames));
  const length = frames[0]?.length ?? 0;
  assert.deepEqual(
    events.map((e) => [e.event, e.offset, 'reason' in e ? e.reason : '']),
    [
      ['discarded', 1000, 'time-unresolved'],
      ['discarded', 1000 + length, 'time-unresolved'],
    ],
  );
  assert.equal(receiver.through, 1000 + 4 * length);
  assert.equal(receiver.settled, 1000 + 2 * length);
  assert.equal(receiver.end().length, 2);
  assert.equal(receiver.settled, receiver.through);
});

test('reading taken up again at `settled` loses nothing and repeats no epoch', (t) => {
  const file = sharedData(STR24);
  if (file === undefined) return t.skip('shared data absent');
  const bytes = readFileSync(file).subarray(0, 60_000);
  const whole = epochs(receive(bytes, { reference: JULY_2018 })).map((e) => e.gpst);
  for (const cut of [17, 1000, 20_000, 33_333]) {
    const first = createReceiver({ reference: JULY_2018 });
    const before = epochs(first.push(bytes.subarray(0, cut))).map((e) => e.gpst);
    const offset = first.settled;
    const after = epochs(receive(bytes.subarray(offset), { reference: JULY_2018, offset })).map(
      (e) => e.gpst,
    );
    assert.deepEqual([...before, ...after], whole);
  }
});

test('hostile streams never throw, and every discarded or decoded byte is inside the stream', (t) => {
  const file = sharedData('gnss/gpsd_ublox-zed-f9r.log');
  if (file === undefined) return t.skip('shared data absent');
  const recording = readFileSync(file).subarray(0, 12_000);
  const damage = fc.array(fc.tuple(fc.nat(11_999), fc.nat(255)), { maxLength: 60 });
  fc.assert(
    fc.property(damage, fc.nat(12_000), fc.uint8Array({ maxLength: 200 }), (hits, cut, tail) => {
      const bytes = join(recording.subarray(0, cut), tail);
      for (const [at, value] of hits) if (at < bytes.length) bytes[at] = value;
      for (const event of receive(bytes)) {
        const end = event.event === 'epoch' ? event.through : event.offset + event.length;
        assert.ok(event.offset >= 0 && end <= bytes.length && end > event.offset);
      }
    }),
    { numRuns: 50 },
  );
});
