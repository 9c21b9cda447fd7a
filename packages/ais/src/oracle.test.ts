import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import test from 'node:test';
import { sharedData } from '../../../tests/shared-data.ts';
import { AisDecoder, type AisDraft, type AisMessage, encodeSentences } from './index.ts';

/** A line of gpsd's `-u` JSON (integers as sent) or of libais' (scaled). */
type Peer = Record<string, unknown> & { type: number; mmsi: number };

const num = (peer: Peer, key: string): number => {
  const value = peer[key];
  assert.equal(typeof value, 'number', `peer has no number ${key}`);
  return value as number;
};

const peersOf = (path: string): Peer[] =>
  readFileSync(path, 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('{'))
    .map((line) => JSON.parse(line) as Peer);

function decode(path: string): AisMessage[] {
  const decoder = new AisDecoder();
  const reports = [...decoder.push(readFileSync(path)).reports, ...decoder.end().reports];
  return reports.map((report) => report.message);
}

const zeroNull = (value: number): number | null => (value === 0 ? null : value);
const scaled = (value: number, none: number, unit: number): number | null =>
  value >= none ? null : value / unit;
const place = (value: number, most: number): number | null =>
  Math.abs(value) > most * 6e5 ? null : value / 6e5;
const hull = (peer: Peer): Record<string, unknown> => {
  const all = ['to_bow', 'to_stern', 'to_port', 'to_starboard'].map((key) => num(peer, key));
  const [bow = 0, stern = 0, port = 0, starboard = 0] = all;
  return {
    antennaRefDimensions: all.every((metres) => metres === 0) ? null : all,
    length: zeroNull(bow + stern),
    width: zeroNull(port + starboard),
  };
};
const text = (value: unknown): string | null => (value === '' ? null : (value as string));

/** What gpsd says about a message of a type, in our names and units. */
const EXPECTED: Record<number, (peer: Peer) => Record<string, unknown>> = {
  1: positionOf,
  2: positionOf,
  3: positionOf,
  5: (peer) => ({
    imon: zeroNull(num(peer, 'imo')),
    aisVersion: peer['ais_version'],
    callSign: text(peer['callsign']),
    shipName: text(peer['shipname']),
    shipType: zeroNull(num(peer, 'shiptype')),
    posDeviceType: zeroNull(num(peer, 'epfd')),
    draught: zeroNull(num(peer, 'draught') / 10),
    destination: text(peer['destination']),
    dte: peer['dte'] === 0,
    ...hull(peer),
  }),
  4: (peer) => ({
    lat: place(num(peer, 'lat'), 90),
    lon: place(num(peer, 'lon'), 180),
    radio: peer['radio'],
  }),
  9: (peer) => ({
    altitude: peer['alt'],
    speed: peer['speed'],
    lat: place(num(peer, 'lat'), 90),
    course: scaled(num(peer, 'course'), 3600, 10),
    second: peer['second'],
  }),
  18: (peer) => ({
    ...motion(peer),
    carrierSense: peer['cs'],
    display: peer['display'],
    dsc: peer['dsc'],
    wholeBand: peer['band'],
    message22: peer['msg22'],
    radio: peer['radio'],
  }),
  19: (peer) => ({ ...motion(peer), ...hull(peer), shipName: peer['shipname'], dte: peer['dte'] === 0 }),
  21: (peer) => ({
    aidType: peer['aid_type'],
    name: peer['name'],
    lat: place(num(peer, 'lat'), 90),
    lon: place(num(peer, 'lon'), 180),
    offPosition: peer['off_position'],
    virtual: peer['virtual_aid'],
    ...hull(peer),
  }),
  27: (peer) => ({
    navStatus: peer['status'],
    lat: num(peer, 'lat') / 600,
    lon: num(peer, 'lon') / 600,
    speed: peer['speed'] === 63 ? null : peer['speed'],
    course: scaled(num(peer, 'course'), 360, 1),
  }),
};

function motion(peer: Peer): Record<string, unknown> {
  return {
    speed: scaled(num(peer, 'speed'), 1023, 10),
    posHiAccuracy: peer['accuracy'],
    lon: place(num(peer, 'lon'), 180),
    lat: place(num(peer, 'lat'), 90),
    course: scaled(num(peer, 'course'), 3600, 10),
    trueHeading: scaled(num(peer, 'heading'), 360, 1),
    second: num(peer, 'second') === 60 ? null : peer['second'],
    raim: peer['raim'],
  };
}

function positionOf(peer: Peer): Record<string, unknown> {
  const turn = num(peer, 'turn');
  const rate = Math.sign(turn) * (turn / 4.733) ** 2;
  return {
    ...motion(peer),
    navStatus: peer['status'],
    rateOfTurn: Math.abs(turn) >= 127 ? null : Math.round(rate * 100) / 100,
    turnWithoutRate: turn === 127 ? 'right' : turn === -127 ? 'left' : null,
    specialManoeuvre: [null, false, true, null][num(peer, 'maneuver')],
    radio: peer['radio'],
  };
}

function pick(message: object, like: object): Record<string, unknown> {
  const all = new Map<string, unknown>(Object.entries(message));
  return Object.fromEntries(Object.keys(like).map((key) => [key, all.get(key)]));
}

const wanted = (entry: { type: number }): boolean => entry.type in EXPECTED;

for (const [log, check] of [
  ['ais/gpsd/sample.aivdm', 'ais/gpsd/sample.aivdm.ju.chk'],
  ['ais/gpsd/ais-nmea.log', 'ais/gpsd/ais-nmea.log.chk'],
  ['ais/gpsd/ais-18-27.log', 'ais/gpsd/ais-18-27.log.chk'],
] as const) {
  test(`every field of ${log} is what gpsd says`, (t) => {
    const [data, expected] = [sharedData(log), sharedData(check)];
    if (data === undefined || expected === undefined) return t.skip('shared data absent');
    // gpsd repeats its last AIS report after other sentences of the same cycle; ours come once.
    const peers = peersOf(expected)
      .filter((peer) => peer['class'] === 'AIS' && wanted(peer))
      .filter(
        (peer, i, all) => !log.endsWith('nmea.log') || JSON.stringify(peer) !== JSON.stringify(all[i - 1]),
      );
    const ours = decode(data).filter(wanted);
    let compared = 0;
    for (const peer of peers) {
      const message = ours.shift();
      assert.ok(message, `we have no ${peer.type} of ${peer.mmsi}`);
      const like: Record<string, unknown> = {
        type: peer.type,
        mmsi: peer.mmsi,
        repeat: peer['repeat'],
        ...EXPECTED[peer.type]?.(peer),
      };
      // One report of the sample ends inside its communication state, which gpsd fills up with zeros.
      if ('radio' in message && message.radio === null) like['radio'] = null;
      assert.deepEqual(pick(message, like), like);
      compared++;
    }
    assert.equal(ours.length, 0);
    assert.ok(compared > 20);
  });
}

test('class B static data in two parts carry what gpsd merges from them', (t) => {
  const [data, expected] = [sharedData('ais/gpsd/ais-nmea.log'), sharedData('ais/gpsd/ais-nmea.log.chk')];
  if (data === undefined || expected === undefined) return t.skip('shared data absent');
  const messages = decode(data);
  let compared = 0;
  for (const peer of peersOf(expected).filter((entry) => entry.type === 24)) {
    const names = messages.flatMap((m) =>
      m.type === 24 && m.part === 'A' && m.mmsi === peer.mmsi ? [m] : [],
    );
    const hulls = messages.flatMap((m) =>
      m.type === 24 && m.part === 'B' && m.mmsi === peer.mmsi ? [m] : [],
    );
    assert.equal(names[0]?.shipName, peer['shipname']);
    const like = {
      shipType: peer['shiptype'],
      callSign: peer['callsign'],
      serialNumber: peer['serial'],
      ...hull(peer),
    };
    assert.deepEqual(pick(hulls[0] ?? {}, like), like);
    assert.equal((peer['vendorid'] as string).slice(0, 3), hulls[0]?.vendorId);
    compared++;
  }
  assert.ok(compared >= 4);
});

test('one message of each type agrees with libais, other types give their header', (t) => {
  const [data, expected] = [
    sharedData('ais/libais-typeexamples.nmea'),
    sharedData('ais/libais-typeexamples.json'),
  ];
  if (data === undefined || expected === undefined) return t.skip('shared data absent');
  const ours = decode(data);
  const peers = peersOf(expected);
  assert.equal(ours.length, peers.length);
  peers.forEach((peer, i) => {
    const message = ours[i] as AisMessage;
    const { type, mmsi, repeat } = peer;
    assert.deepEqual(pick(message, { type, mmsi, repeat }), { type, mmsi, repeat });
    if (!('lat' in message) || message.lat === null || message.lon === null) return;
    assert.ok(Math.abs(message.lat - num(peer, 'lat')) < 1e-5);
    assert.ok(Math.abs(message.lon - num(peer, 'lon')) < 2e-5);
    if ('speed' in message && message.speed !== null)
      assert.ok(Math.abs(message.speed - num(peer, 'speed')) < 1e-5);
  });
});

test('every real message that we decode, encoded again, decodes to itself', (t) => {
  const paths = [
    'ais/aislib-decode_encode_messages.txt',
    'ais/aislib-stream_example.txt',
    'ais/gpsd/ais-nmea.log',
  ];
  let compared = 0;
  for (const name of paths) {
    const path = sharedData(name);
    if (path === undefined) return t.skip('shared data absent');
    for (const message of decode(path)) {
      const draft = message as AisDraft;
      if (!(message.type in EXPECTED) && message.type !== 24 && message.type !== 11) continue;
      const [again] = new AisDecoder().push(`${encodeSentences(draft).join('\n')}\n`).reports;
      assert.deepEqual(again?.message, message);
      compared++;
    }
  }
  assert.ok(compared > 4000, `only ${compared}`);
});
