import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { setTimeout as sleep } from 'node:timers/promises';
import { Caster } from '@concord/feeds';
import { isoFromGpst } from '@concord/gnss';
import { concord, start } from '../cli.testing.ts';
import { recording, START, STATION } from '../gnss/recording.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'concord-gnss-'));
after(() => rmSync(folder, { recursive: true }));
const { observations, facts } = recording(20);
const file = join(folder, 'station.rtcm3');
writeFileSync(file, Buffer.concat([...observations, facts]));

const distance = (a: readonly number[], b: readonly number[]) =>
  Math.hypot(...a.map((x, i) => x - (b[i] ?? Number.NaN)));
const START_UTC = isoFromGpst(START);

test('RTCM 3 is decoded to epochs, ephemerides and stations, although its week comes last', async () => {
  const { status, stderr, lines } = await concord(['gnss', 'decode', file]);
  assert.equal(status, 0, stderr);
  const epochs = lines().filter(({ kind }) => kind === 'epoch');
  assert.equal(epochs.length, 20);
  assert.equal(epochs[0]?.['ts'], START_UTC);
  const [first] = epochs[0]!['gnssObservationList'] as {
    gnssSatId: string;
    obsCodeSet: string[];
    ob: number[];
  }[];
  assert.match(first?.gnssSatId ?? '', /^C\d\d$/);
  assert.equal(first?.obsCodeSet.length, first?.ob.length);
  const kinds = new Set(lines().map(({ kind }) => kind));
  assert.deepEqual([...kinds].sort(), ['ephemeris', 'epoch', 'station']);
});

test('message by message it is what was sent, each with its place', async () => {
  const { lines } = await concord(['gnss', 'decode', file, '--messages']);
  assert.deepEqual(new Set(lines().map(({ type }) => type)), new Set([1127, 1005, 1042]));
  let end = 0;
  for (const line of lines()) {
    assert.equal(line['offset'], end);
    end += line['length'] as number;
  }
});

test('damage is told with its byte and costs its frame only; the status is 1', async () => {
  const bytes = Buffer.concat([...observations, facts]);
  const at = observations[0]!.length + 40;
  bytes[at] = bytes[at]! ^ 1;
  const { status, stderr, lines } = await concord(['gnss', 'decode', '-', '--near', START_UTC], {
    stdin: bytes,
  });
  assert.equal(status, 1);
  assert.match(stderr, new RegExp(`standard input: byte ${observations[0]!.length}: crc-mismatch`));
  assert.equal(lines().filter(({ kind }) => kind === 'epoch').length, 19);
});

test('other forms are refused by name, noise is no recording', async () => {
  const decode = (stdin: string | Uint8Array, ...args: string[]) =>
    concord(['gnss', 'decode', '-', ...args], { stdin });
  const ran = await Promise.all([
    decode('$GPGGA,1,2*00\r\n'),
    decode(Uint8Array.of(0xb5, 0x62, 1, 2, 3)),
    decode('', '--format', 'nmea'),
    decode(`${'1.0                 COMPACT RINEX FORMAT'.padEnd(60)}CRINEX VERS   / TYPE\n`),
    decode(
      `${'     2.11           OBSERVATION DATA'.padEnd(60)}RINEX VERSION / TYPE\n${' '.repeat(60)}END OF HEADER\n`,
    ),
    decode(Buffer.alloc(3000, 7)),
    decode(''),
  ]);
  for (const { status, stdout, stderr } of ran) {
    assert.equal(status, 2, stderr);
    assert.equal(stdout, '');
  }
  assert.match(ran[0]!.stderr, /NMEA is not read by this version/);
  assert.match(ran[1]!.stderr, /UBX is not read by this version/);
  assert.match(ran[3]!.stderr, /Hatanaka/);
  assert.match(ran[4]!.stderr, /rinex-version/);
  const forced = await decode(Buffer.alloc(3000, 7), '--format', 'rtcm3');
  assert.equal(forced.status, 1);
  assert.match(forced.stderr, /no RTCM 3 message/);
});

test('positions of a station without noise are where it stands', async () => {
  const { status, stderr, lines } = await concord(['gnss', 'solve', '--obs', file, '--systems', 'C']);
  assert.equal(status, 0, stderr);
  assert.equal(lines().length, 20);
  for (const line of lines()) {
    assert.ok(distance(line['ecef'] as number[], STATION) < 0.1, JSON.stringify(line));
    assert.ok((line['error_m'] as number) < 0.1);
  }
  assert.match(stderr, /20 positions of 20 epochs; 0\.0\d m \(3D RMS\)/);
});

test('a pipe is solved as it comes: with the facts first, every epoch', async () => {
  const stdin = Buffer.concat([facts, ...observations]);
  const { status, lines } = await concord(['gnss', 'solve', '--obs', '-', '--out', 'ndjson'], { stdin });
  assert.equal(status, 0);
  assert.equal(lines().length, 20);
});

test('RTKLIB’s format has a header, GPST and a line an epoch', async () => {
  const { stdout } = await concord(['gnss', 'solve', '--obs', file, '--out', 'pos']);
  const rows = stdout.split('\n').filter((line) => line !== '');
  const solutions = rows.filter((line) => !line.startsWith('%'));
  assert.equal(solutions.length, 20);
  // GPST is 18 s ahead of UTC in 2026.
  const [date, time, lat, lon] = solutions[0]!.split(/\s+/);
  const gpst = Date.parse(`${date?.replaceAll('/', '-')}T${time}Z`);
  assert.equal(gpst - Date.parse(START_UTC), 18_000);
  assert.ok(Math.abs(Number(lat) - 1.3) < 1e-5);
  assert.ok(Math.abs(Number(lon) - 103.8) < 1e-5);
});

test('systems that are not computed are left out aloud, and alone refused', async () => {
  const some = await concord(['gnss', 'solve', '--obs', file, '--systems', 'GREC']);
  assert.equal(some.status, 0);
  assert.match(some.stderr, /R, E left out/);
  const ran = await Promise.all([
    concord(['gnss', 'solve', '--obs', file, '--systems', 'RE']),
    concord(['gnss', 'solve', '--obs', file, '--systems', 'XYZ']),
    concord(['gnss', 'solve', '--obs', join(folder, 'absent')]),
    concord(['gnss', 'solve']),
    concord(['gnss', 'solve', '--obs', file, '--out', 'kml']),
  ]);
  assert.deepEqual(
    ran.map(({ status }) => status),
    [2, 2, 2, 2, 2],
  );
});

test('satellites are placed by the nearest ephemeris, and not by one of another day', async () => {
  const args = ['gnss', 'ephemeris', '--nav', file, '--at'];
  const now = await concord([...args, START_UTC]);
  assert.equal(now.status, 0, now.stderr);
  const satellites = now.lines();
  assert.ok(satellites.length > 20);
  for (const line of satellites) {
    assert.deepEqual(Object.keys(line), [
      ...['sat', 'at', 'position_m', 'velocity_m_s', 'clock_s', 'health', 'toe', 'source'],
    ]);
    const radius = Math.hypot(...(line['position_m'] as number[]));
    assert.ok(radius > 2.7e7 && radius < 4.3e7, `${radius} m`);
    assert.equal(line['at'], START_UTC);
    assert.equal(line['source'], file);
  }
  const [{ sat } = { sat: '' }] = satellites;
  const one = await concord([...args, START_UTC, '--sat', String(sat)]);
  assert.deepEqual(one.lines(), satellites.slice(0, 1));
  const later = await concord([...args, '2030-01-01T00:00:00Z', '--sat', String(sat)]);
  assert.equal(later.status, 1);
  assert.equal(later.stdout, '');
  assert.match(later.stderr, /ephemeris-stale/);
  assert.equal((await concord([...args, 'now'])).status, 2);
});

test('a caster’s mount point is followed until Ctrl-C; one that is not there is told', async (t) => {
  const stream = {
    ...{ mount: 'SING', identifier: 'Singapore', format: 'RTCM 3.3', formatDetails: '1127(1)', carrier: 1 },
    ...{ navSystem: 'BDS', network: 'none', country: 'SGP', lat: 1.3, lon: 103.8, wantsGga: false },
    ...{
      networkSolution: false,
      generator: 'test',
      authentication: 'B',
      fee: false,
      bitrate: null,
      misc: '',
    },
  };
  const credentials = { user: 'u', password: 'p' };
  const caster = await Caster.start({ mounts: [{ stream, greeting: () => facts }], credentials });
  t.after(() => caster.close());
  const running = start(['gnss', 'decode', `ntrip://u:p@127.0.0.1:${caster.port}/SING`]);
  while (caster.clients('SING') === 0) await sleep(20);
  for (const epoch of observations.slice(0, 3)) caster.publish('SING', epoch);
  await sleep(300);
  running.kill('SIGINT');
  const { status, stderr, lines } = await running.ended;
  assert.equal(status, 0, stderr);
  // The last epoch is not known to be whole until the next begins, or the stream ends.
  assert.equal(lines().filter(({ kind }) => kind === 'epoch').length, 3);
  const [refused, absent, wrong] = await Promise.all([
    concord(['gnss', 'decode', `ntrip://u:wrong@127.0.0.1:${caster.port}/SING`]),
    concord(['gnss', 'decode', `ntrip://u:p@127.0.0.1:${caster.port}/NONE`]),
    concord(['gnss', 'decode', 'ntrip://']),
  ]);
  assert.deepEqual([refused.status, absent.status, wrong.status], [1, 1, 2]);
  assert.doesNotMatch(refused.stderr + absent.stderr + wrong.stderr, /wrong@|u:p/);
});
