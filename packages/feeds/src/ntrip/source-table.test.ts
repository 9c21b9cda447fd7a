import assert from 'node:assert/strict';
import { test } from 'node:test';
import { ggaSentence } from './gga.ts';
import { readSourceTable, type SourceStream, writeSourceTable } from './source-table.ts';

const STREAM: SourceStream = {
  mount: 'XR1',
  identifier: 'Platform one',
  format: 'RTCM 3.3',
  formatDetails: '1006(10),1042(30),1127(1)',
  carrier: 2,
  navSystem: 'BDS',
  network: 'exercise',
  country: '',
  lat: 32.05,
  lon: -41.5,
  wantsGga: false,
  networkSolution: false,
  generator: 'Concord',
  authentication: 'N',
  fee: false,
  bitrate: 9600,
};

test('a source table reads back as it was written', () => {
  const table = readSourceTable(
    writeSourceTable([STREAM, { ...STREAM, mount: 'XR2', carrier: null, bitrate: null }]),
  );
  assert.deepEqual(table, {
    streams: [STREAM, { ...STREAM, mount: 'XR2', carrier: null, bitrate: null }],
    complete: true,
    skipped: [],
  });
});

test('a mount point cannot break the table with what its name holds', () => {
  const table = readSourceTable(
    writeSourceTable([{ ...STREAM, identifier: 'a;b\r\nENDSOURCETABLE' }, STREAM]),
  );
  assert.equal(table.streams.length, 2);
  assert.equal(table.streams[0]?.identifier, 'a b  ENDSOURCETABLE');
});

test('a table that breaks off, with lines of no table, gives what can be read and says so', () => {
  const table = readSourceTable('CAS;h;2101\r\n<html>\r\nSTR;M;id\r\nSTR;\r\nNET;x');
  assert.deepEqual(
    table.streams.map(({ mount, lat }) => [mount, lat]),
    [['M', null]],
  );
  assert.deepEqual(table.skipped, [2, 4]);
  assert.equal(table.complete, false);
});

test('GGA gives degrees and minutes, carried over, with its checksum', () => {
  const at = Date.parse('2026-11-24T01:02:03Z');
  const sentence = ggaSentence({ lat: -32.5, lon: -41.999999999, alt: 12.34 }, at);
  assert.match(
    sentence,
    /^\$GPGGA,010203\.00,3230\.00000,S,04200\.00000,W,1,12,1\.0,12\.3,M,0\.0,M,,\*[0-9A-F]{2}\r\n$/,
  );
});
