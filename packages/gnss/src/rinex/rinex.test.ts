import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { sharedData } from '../../../../tests/shared-data.ts';
import { satelliteState } from '../ephemeris/satellite-state.ts';
import { GnssError } from '../error.ts';
import { observed } from '../observation/observation-set.ts';
import { gpst, gpstFromCalendar } from '../time/time-scale.ts';
import { fortranNumber } from './header.ts';
import { readRinexNav } from './nav.ts';
import { readRinexObs } from './obs.ts';

const header = (version: string, type: string, ...lines: string[]): string =>
  [
    `${`     ${version}           ${type}`.padEnd(40)}M`.padEnd(60).concat('RINEX VERSION / TYPE'),
    ...lines,
    `${' '.repeat(60)}END OF HEADER`,
  ].join('\n');
const labelled = (text: string, label: string): string => text.padEnd(60) + label;

const C19 = `C19 2020 06 25 00 00 00-1.000000000000e-04 2.000000000000e-12 0.000000000000e+00
     1.000000000000e+00-1.250000000000e+01 3.900000000000e-09 1.000000000000e+00
    -6.000000000000e-07 5.000000000000e-04 8.000000000000e-06 5.282600000000e+03
     3.456000000000e+05 1.000000000000e-08-2.000000000000e+00-3.000000000000e-08
     9.600000000000e-01 2.000000000000e+02 5.000000000000e-01-6.800000000000e-09
     1.000000000000e-10 0.000000000000e+00 7.550000000000e+02 0.000000000000e+00
     2.000000000000e+00 0.000000000000e+00 1.200000000000e-08 0.000000000000e+00
     3.456000000000e+05 2.000000000000e+00`;

test('a BDS record has its times in BDT and its week since 2006', () => {
  const { ephemerides, skipped } = readRinexNav(`${header('3.04', 'N')}\n${C19}\n`);
  assert.deepEqual(skipped, []);
  const [e] = ephemerides;
  assert.ok(e?.system === 'C');
  assert.equal(e.sat, 'C19');
  assert.equal(e.toe, gpst(2111, 345_614));
  assert.equal(e.toc, gpst(2111, 345_614));
  assert.deepEqual([e.af0, e.m0, e.sqrtA, e.omegaDot, e.tgd1], [-1e-4, 1, 5282.6, -6.8e-9, 1.2e-8]);
  assert.deepEqual([e.aode, e.aodc, e.accuracy, e.health], [1, 2, 2.4, 0]);
});

test('a day’s navigation file gives all its BDS and GPS records and the ionosphere', (t) => {
  const file = sharedData('gnss/ESBC00DNK_R_20201770000_01D_MN.rnx');
  if (file === undefined) return t.skip('shared data absent');
  const nav = readRinexNav(readFileSync(file, 'latin1'));
  assert.equal(nav.ephemerides.filter((e) => e.system === 'C').length, 357);
  assert.equal(nav.ephemerides.filter((e) => e.system === 'G').length, 257);
  assert.ok(nav.skipped.every((s) => s.reason === 'unsupported' && /^[ERJSI]/.test(s.sat)));
  assert.deepEqual(nav.klobuchar, {
    alpha: [4.6566e-9, 1.4901e-8, -5.9605e-8, -1.1921e-7],
    beta: [81_920, 98_304, -65_536, -524_290],
  });
});

test('RINEX 4 gives its D1 and D2 records and says which others were passed over', (t) => {
  const file = sharedData('gnss/BRD400DLR_S_20230710000_BDS_00-05h_MN.rnx');
  if (file === undefined) return t.skip('shared data absent');
  const { ephemerides, skipped } = readRinexNav(readFileSync(file, 'latin1'));
  assert.equal(ephemerides.length, 223);
  assert.equal(skipped.length, 326);
  for (const e of ephemerides) {
    const radius = Math.hypot(...satelliteState(e, e.toe).position);
    assert.ok(Math.abs(radius - 27.9e6) < 2e5 || Math.abs(radius - 42.16e6) < 1.1e6, `${e.sat} ${radius}`);
  }
});

test('a record cut short or with a broken number is reported with its line and costs no other', () => {
  const short = C19.split('\n').slice(0, 4).join('\n').replace('C19', 'C20');
  const broken = C19.replace('5.282600000000e+03', '5.28260x000000e+03').replace('C19', 'C21');
  const nav = readRinexNav(`${header('3.04', 'N')}\n${short}\n${broken}\nnonsense\n${C19}`);
  assert.deepEqual(
    nav.ephemerides.map((e) => e.sat),
    ['C19'],
  );
  assert.deepEqual(nav.skipped, [
    { line: 3, reason: 'malformed', sat: 'C20' },
    { line: 7, reason: 'malformed', sat: 'C21' },
    { line: 15, reason: 'malformed', sat: '' },
  ]);
});

test('exponents written with D and without a leading digit are numbers, blanks and stars are not', () => {
  assert.equal(fortranNumber('  -.651772134006D-04'), -0.651772134006e-4);
  assert.equal(fortranNumber('   '), undefined);
  assert.equal(fortranNumber('*******'), undefined);
});

const OBS_HEADER = header(
  '3.04',
  'O',
  labelled('TEST', 'MARKER NAME'),
  labelled('  3582105.2910   532589.7313  5232754.8054', 'APPROX POSITION XYZ'),
  labelled('C    4 C2I D2I L2I S2I', 'SYS / # / OBS TYPES'),
  labelled('  2020     6    25     0     0    0.0000000     GPS', 'TIME OF FIRST OBS'),
);

test('observations come with their epoch; blanks and zeros are no observations, a Doppler of zero is one', () => {
  const obs = readRinexObs(
    [
      OBS_HEADER,
      '> 2020 06 25 00 00 30.0000000  0  2',
      'C19  23804752.822 7         0.000 7 123957629.80607        46.750',
      'C20  22145206.876 8                         0.000          52.750',
      '> 2020 06 25 00 01 00.0000000  4  1',
      'an event                                                    COMMENT',
      '> 2020 06 25 00 01 00.0000000  0  1',
      'G05  22145206.876 8',
      '> 2020 06 25 00 01 30.0000000  0  3',
      'C19  23804752.822 7',
    ].join('\n'),
  );
  assert.equal(obs.marker, 'TEST');
  assert.deepEqual(obs.approximatePosition, [3582105.291, 532589.7313, 5232754.8054]);
  const epochs = [...obs.epochs()];
  assert.equal(epochs[0]?.gpst, gpstFromCalendar(2020, 6, 25, 0, 0, 30));
  assert.equal(epochs[0]?.set.ts, '2020-06-25T00:00:12.000Z');
  assert.deepEqual(epochs[0]?.set.gnssObservationList, [
    {
      gnssSatId: 'C19',
      obsCodeSet: ['C2I', 'D2I', 'L2I', 'S2I'],
      ob: [23804752.822, 0, 123957629.806, 46.75],
    },
    { gnssSatId: 'C20', obsCodeSet: ['C2I', 'S2I'], ob: [22145206.876, 52.75] },
  ]);
  assert.deepEqual(epochs[1]?.set.gnssObservationList, []);
  assert.equal(epochs.length, 2);
  assert.deepEqual(obs.skipped, [
    { line: 10, reason: 'event' },
    { line: 13, reason: 'malformed' },
    { line: 14, reason: 'malformed' },
  ]);
});

test('B1I of RINEX 3.02, where it was band 1, is C2I', () => {
  const old = OBS_HEADER.replace('3.04', '3.02').replace('C2I D2I L2I S2I', 'C1I D1I L1I S1I');
  const [epoch] = readRinexObs(`${old}\n> 2020 06 25 00 00 30.0000000  0  1\nC19  23804752.822 7`).epochs();
  const [c19] = epoch?.set.gnssObservationList ?? [];
  assert.equal(c19 && observed(c19, 'C2I'), 23804752.822);
});

test('a file that is no RINEX, of another version or another kind, is refused with its code', () => {
  const code = (text: string, read: (text: string) => unknown) => {
    try {
      read(text);
    } catch (error) {
      return error instanceof GnssError ? error.code : 'another error';
    }
    return 'none';
  };
  assert.equal(code('', readRinexNav), 'rinex-not-recognised');
  assert.equal(code('$GNGGA,1*00', readRinexObs), 'rinex-not-recognised');
  assert.equal(code(header('2.11', 'N'), readRinexNav), 'rinex-version');
  assert.equal(code(OBS_HEADER, readRinexNav), 'rinex-version');
  assert.equal(code(OBS_HEADER.replace('END OF HEADER', ''), readRinexObs), 'rinex-not-recognised');
});

test('damaged files never make the readers throw anything of their own', () => {
  const files = [
    `${header('3.04', 'N')}\n${C19}\n${C19}`,
    `${header('4.00', 'N')}\n> EPH C19 D1\n${C19}\n> STO C21 CNVX\n    2023 03 12 00 20 00 BDGA`,
    `${OBS_HEADER}\n> 2020 06 25 00 00 30.0000000  0  1\nC19  23804752.822 7\n> 2020 06 25 00 01 00.0000000  0  1`,
  ];
  const edit = fc.tuple(fc.nat(), fc.constantFrom('', '\n', '>', ' ', '9', '-', 'E', 'C', '\u0000'));
  fc.assert(
    fc.property(fc.constantFrom(...files), fc.array(edit, { maxLength: 8 }), (file, edits) => {
      let text = file;
      for (const [at, insert] of edits) {
        const place = at % (text.length + 1);
        text = text.slice(0, place) + insert + text.slice(place + 1);
      }
      for (const read of [readRinexNav, (t: string) => [...readRinexObs(t).epochs()]]) {
        try {
          read(text);
        } catch (error) {
          assert.ok(error instanceof GnssError, String(error));
        }
      }
    }),
    { numRuns: 300 },
  );
});
