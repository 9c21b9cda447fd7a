import assert from 'node:assert/strict';
import { test } from 'node:test';
import { detectFormat } from './format.ts';
import { recording } from './recording.testing.ts';

const RECORDINGS = [
  ['gnss/STR24_dropped-packets.rtcm3', 'rtcm3'],
  ['gnss/gpsd_ublox-zed-f9r.log', 'rtcm3'],
  ['gnss/swift_bds_eph_1042.rtcm3', 'rtcm3'],
  ['ais/aislib-stream_example.txt', 'ais'],
  ['ais/aisabnormal-538004030_drift_1.ais', 'ais'],
  ['ais/gpsd/ais-nmea.log', 'ais'],
  ['sat/catalog/full-2022-08-09.tle', 'tle'],
  ['sat/catalog/weather-2026-06-14.tle', 'tle'],
  ['sat/omm/24876.json', 'omm'],
] as const;

for (const [name, format] of RECORDINGS) {
  test(`${name} is told to be ${format} by its content alone`, (t) => {
    const bytes = recording(t, name);
    if (bytes === undefined) return;
    assert.equal(detectFormat('unnamed', bytes.subarray(0, 65_536)), format);
  });
}

test('content goes before the name, and the name counts where content says nothing', (t) => {
  assert.equal(detectFormat('empty.ais', new Uint8Array(0)), 'ais');
  assert.equal(detectFormat('noise.bin', new Uint8Array(1000).fill(7)), undefined);
  assert.equal(detectFormat('constructor', new Uint8Array(0)), undefined);
  assert.equal(detectFormat('x.constructor', new Uint8Array(0)), undefined);
  const tle = recording(t, 'sat/catalog/weather-2026-06-14.tle');
  if (tle !== undefined) assert.equal(detectFormat('wrong.rtcm3', tle), 'tle');
});

test('files of other formats are not taken for one of these', (t) => {
  for (const name of ['gnss/F9T-L2-5min.ubx', 'gnss/ESBC00DNK_R_20201770000_01D_MN.rnx', 'ais/SOURCES.md']) {
    const bytes = recording(t, name);
    if (bytes === undefined) return;
    assert.equal(detectFormat('unnamed', bytes.subarray(0, 65_536)), undefined, name);
  }
});
