import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { sharedData } from '../../../../tests/shared-data.ts';
import { readRinexNav } from '../rinex/nav.ts';
import { RtcmFramer } from '../rtcm3/framer.ts';
import { decodeMessage, type EphemerisMessage } from '../rtcm3/message.ts';
import { gpst, SECONDS_PER_WEEK, weekAndSecond } from '../time/time-scale.ts';
import { ephemerisMessage, resolveEphemeris } from './resolve.ts';

const ephemerisMessages = (file: string): EphemerisMessage[] =>
  new RtcmFramer().push(readFileSync(file)).flatMap((event) => {
    const message = event.event === 'frame' ? decodeMessage(event.frame.payload) : undefined;
    return message?.kind === 'ephemeris' ? [message] : [];
  });

test('ephemerides of a stream agree with what another decoder wrote to RINEX', (t) => {
  const stream = sharedData('gnss/STR24_dropped-packets.rtcm3');
  const file = sharedData('gnss/STR24_dropped-packets.convbin.nav');
  if (stream === undefined || file === undefined) return t.skip('shared data absent');
  const near = gpst(2009, 432_000);
  const decoded = ephemerisMessages(stream).map((message) => resolveEphemeris(message, near));
  const expected = readRinexNav(readFileSync(file, 'latin1')).ephemerides;
  assert.equal(expected.length, 33);
  for (const e of expected) {
    const same = decoded.find((d) => d?.sat === e.sat && d.toe === e.toe);
    assert.ok(same, `${e.sat} ${e.toe}`);
    for (const [name, value] of Object.entries(e)) {
      const actual: unknown = Object.entries(same).find(([key]) => key === name)?.[1];
      if (typeof value !== 'number' || typeof actual !== 'number') assert.deepEqual(actual, value, name);
      // Twelve digits are written; small integers and accuracies are exact.
      else
        assert.ok(Math.abs(actual - value) <= Math.abs(value) * 1e-11, `${e.sat} ${name} ${actual} ${value}`);
    }
  }
});

test('resolution and its inverse give the same message', (t) => {
  const file = sharedData('gnss/STR24_dropped-packets.rtcm3');
  if (file === undefined) return t.skip('shared data absent');
  for (const message of ephemerisMessages(file)) {
    const ephemeris = resolveEphemeris(message, gpst(2009, 432_000));
    assert.ok(ephemeris);
    assert.deepEqual(ephemerisMessage(ephemeris), message);
  }
});

test('a 1019 goes to the roll-over period nearest to the reference and nowhere without one', (t) => {
  const file = sharedData('gnss/STR24_dropped-packets.rtcm3');
  if (file === undefined) return t.skip('shared data absent');
  const message = ephemerisMessages(file).find((m) => m.type === 1019);
  assert.ok(message);
  assert.equal(message.fields.week, 2009 - 1024);
  const week = (near: number) => {
    const found = resolveEphemeris(message, gpst(near, 0));
    return found && weekAndSecond(found.toe).week;
  };
  assert.equal(week(2400), 2009);
  assert.equal(week(1600), 2009);
  assert.equal(week(2700), 3033);
  assert.equal(week(1000), 985);
  assert.equal(resolveEphemeris(message), undefined);
});

test('a toe of the coming week sent with the running week is put into the coming one', (t) => {
  const file = sharedData('gnss/STR24_dropped-packets.rtcm3');
  if (file === undefined) return t.skip('shared data absent');
  const message = ephemerisMessages(file).find((m) => m.type === 1019);
  assert.ok(message?.type === 1019);
  const early: EphemerisMessage = { ...message, fields: { ...message.fields, week: 985, toe: 0, toc: 0 } };
  const found = resolveEphemeris(early, gpst(2009, SECONDS_PER_WEEK - 600));
  assert.equal(found?.toe, gpst(2010, 0));
  assert.equal(found?.toc, gpst(2010, 0));
});
