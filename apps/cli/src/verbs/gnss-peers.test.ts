import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { type TestContext, test } from 'node:test';
import { ecefFromGeodetic } from '@concord/gnss';
import { sharedData } from '../../../../tests/shared-data.ts';
import { concord } from '../cli.testing.ts';

const GPST_ORIGIN = Date.UTC(1980, 0, 6);
type Track = ReadonlyMap<number, readonly number[]>;

const rows = (text: string) => text.split('\n').filter((line) => line !== '' && !line.startsWith('%'));

/** Positions by milliseconds of GPST, of an output of ours: calendar, degrees, metres. */
function ours(text: string): Track {
  return new Map(
    rows(text).map((line) => {
      const [date = '', time, lat, lon, height] = line.trim().split(/\s+/);
      const at = Date.parse(`${date.replaceAll('/', '-')}T${time}Z`) - GPST_ORIGIN;
      return [
        at,
        ecefFromGeodetic({ lat: Number(lat), lon: Number(lon), heightEllipsoidal: Number(height) }),
      ];
    }),
  );
}

/** The same of RTKLIB's, written with week, second of week and Earth-fixed metres. */
function theirs(file: string): Track {
  return new Map(
    rows(readFileSync(file, 'utf8')).map((line) => {
      const [week, second, x, y, z] = line.trim().split(/\s+/).map(Number);
      return [Math.round((week! * 604_800 + second!) * 1000), [x!, y!, z!]];
    }),
  );
}

function rms(pairs: readonly (readonly [readonly number[], readonly number[]])[]): number {
  const squares = pairs.map(([a, b]) => a.reduce((sum, x, i) => sum + (x - (b[i] ?? Number.NaN)) ** 2, 0));
  return Math.sqrt(squares.reduce((sum, one) => sum + one, 0) / squares.length);
}

async function compare(
  t: TestContext,
  args: readonly string[],
  peer: string,
  truth: readonly number[],
): Promise<void> {
  const files = [...args, peer].filter((one) => one.startsWith('gnss/')).map(sharedData);
  if (files.includes(undefined)) return t.skip('shared data absent');
  const given = args.map((one) => (one.startsWith('gnss/') ? (sharedData(one) as string) : one));
  const { status, stdout, stderr } = await concord(['gnss', 'solve', ...given, '--out', 'pos']);
  assert.equal(status, 0, stderr);
  const [own, peers] = [ours(stdout), theirs(sharedData(peer) as string)];
  const pairs = [...peers].map(([at, position]) => [own.get(at) ?? [], position] as const);
  assert.ok(pairs.length > 0);
  assert.ok(
    pairs.every(([position]) => position.length === 3),
    'every epoch of RTKLIB is solved here, too',
  );
  const [difference, ownError, peerError] = [
    rms(pairs),
    rms(pairs.map(([position]) => [position, truth] as const)),
    rms(pairs.map(([, position]) => [position, truth] as const)),
  ];
  t.diagnostic(
    `${pairs.length} epochs, from RTKLIB ${difference.toFixed(3)} m; 3D RMS ${ownError.toFixed(3)} m, RTKLIB ${peerError.toFixed(3)} m`,
  );
  assert.ok(difference < 0.1, `${difference} m from RTKLIB`);
  assert.ok(ownError < peerError * 1.01, `${ownError} m, RTKLIB ${peerError} m`);
}

const ESBC = [3_582_105.291, 532_589.7313, 5_232_754.8054];
const STR24 = [-4_467_074.3577, 2_683_011.9038, -3_667_008.2845];
const day = [
  '--obs',
  'gnss/ESBC00DNK_R_20201770000_01D_02M_GC.rnx',
  '--nav',
  'gnss/ESBC00DNK_R_20201770000_01D_MN.rnx',
];
const stream = ['--obs', 'gnss/STR24_dropped-packets.rtcm3'];

for (const [name, systems, peer] of [
  ['BDS', 'C', 'bds'],
  ['GPS', 'G', 'gps'],
  ['GPS and BDS', 'GC', 'gpsbds'],
] as const) {
  test(`a day of RINEX by ${name} is solved as RTKLIB solves it`, (t) =>
    compare(t, [...day, '--systems', systems], `gnss/ESBC_1D.${peer}.rtklib.pos`, ESBC));
}

for (const [name, systems, peer] of [
  ['BDS', 'C', 'bds'],
  ['GPS and BDS', 'GC', 'gpsbds'],
] as const) {
  test(`an RTCM recording by ${name} is solved as RTKLIB solves it`, (t) =>
    compare(t, [...stream, '--systems', systems], `gnss/STR24_dropped.${peer}.rtklib.pos`, STR24));
}

test('satellite positions are those of an independent computation, to a millimetre', async (t) => {
  const [nav, table] = ['gnss/ESBC00DNK_R_20201770000_01D_MN.rnx', 'gnss/ESBC_2020177_bds_vs_IAC.csv'].map(
    sharedData,
  );
  if (nav === undefined || table === undefined) return t.skip('shared data absent');
  const at = new Map<number, Map<string, number[]>>();
  for (const line of readFileSync(table, 'utf8').split('\n').slice(1)) {
    const [sat = '', , tow, , x, y, z, clock] = line.split(',');
    if (sat === '') continue;
    const rowsAt = at.get(Number(tow)) ?? new Map<string, number[]>();
    at.set(Number(tow), rowsAt.set(sat, [x, y, z, clock].map(Number)));
  }
  const [first, middle] = [[...at.keys()][0]!, [...at.keys()][Math.floor(at.size / 2)]!];
  let compared = 0;
  for (const tow of [first, middle]) {
    // GPST was 18 s ahead of UTC.
    const utc = new Date(GPST_ORIGIN + (2111 * 604_800 + tow - 18) * 1000).toISOString();
    const { lines } = await concord(['gnss', 'ephemeris', '--nav', nav, '--at', utc]);
    for (const line of lines()) {
      const expected = at.get(tow)?.get(String(line['sat']));
      if (!expected) continue;
      compared++;
      const position = line['position_m'] as number[];
      assert.ok(Math.hypot(...position.map((p, i) => p - expected[i]!)) < 0.001, `${line['sat']} at ${utc}`);
      assert.ok(Math.abs((line['clock_s'] as number) - expected[3]!) < 1e-12, `clock of ${line['sat']}`);
    }
  }
  assert.ok(compared > 20, `${compared} satellites`);
});

test('a RINEX file is decoded epoch by epoch, with lines that are its own', async (t) => {
  const file = sharedData('gnss/ESBC00DNK_R_20201770000_01D_02M_GC.rnx');
  if (file === undefined) return t.skip('shared data absent');
  const { status, stderr, lines } = await concord(['gnss', 'decode', file]);
  assert.equal(status, 0, stderr);
  const text = readFileSync(file, 'latin1').split(/\r?\n/);
  const epochs = lines();
  assert.equal(epochs.length, 720);
  for (const { line } of epochs) assert.ok(text[(line as number) - 1]?.startsWith('>'), `line ${line}`);
  assert.equal(epochs.at(-1)?.['ts'], '2020-06-25T23:57:42.000Z');
});
