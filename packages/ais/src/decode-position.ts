import type {
  AircraftReport,
  BaseStationReport,
  ClassBReport,
  LongRangeReport,
  PositionReport,
} from './message.ts';
import {
  coarseLatitude,
  coarseLongitude,
  course,
  heading,
  latitude,
  longitude,
  orNull,
  rateOfTurn,
  speed,
} from './scale.ts';
import type { SextetReader } from './sextet-reader.ts';

/** Second of the fix; 60 is "not available", 61 to 63 tell how the position was come by. */
export const fixSecond = (raw: number): number | null => (raw === 60 ? null : raw);

/** Bits 8-37 of every message. */
export const mmsiOf = (bits: SextetReader): number => bits.unsigned(8, 30);

/** Bits 6-7 of every message. */
export const repeatOf = (bits: SextetReader): number => bits.unsigned(6, 2);

/** The communication state ends the 168 bits of a report; some receivers cut into it. */
const radioOf = (bits: SextetReader, length: 19 | 20): number | null =>
  bits.bitLength < 168 ? null : bits.unsigned(168 - length, length);

/** M.1371-5 table 48. */
export function decodePosition(bits: SextetReader, type: 1 | 2 | 3): PositionReport {
  const turn = bits.signed(42, 8);
  const manoeuvre = bits.unsigned(143, 2);
  return {
    type,
    repeat: repeatOf(bits),
    mmsi: mmsiOf(bits),
    navStatus: bits.unsigned(38, 4),
    rateOfTurn: rateOfTurn(turn),
    turnWithoutRate: turn === 127 ? 'right' : turn === -127 ? 'left' : null,
    speed: speed(bits.unsigned(50, 10)),
    posHiAccuracy: bits.flag(60),
    lon: longitude(bits.signed(61, 28)),
    lat: latitude(bits.signed(89, 27)),
    course: course(bits.unsigned(116, 12)),
    trueHeading: heading(bits.unsigned(128, 9)),
    second: fixSecond(bits.unsigned(137, 6)),
    specialManoeuvre: manoeuvre === 2 ? true : manoeuvre === 1 ? false : null,
    raim: bits.flag(148),
    radio: radioOf(bits, 19),
  };
}

/** M.1371-5 table 51. */
export function decodeBaseStation(bits: SextetReader, type: 4 | 11): BaseStationReport {
  return {
    type,
    repeat: repeatOf(bits),
    mmsi: mmsiOf(bits),
    utc: utcOf(bits),
    posHiAccuracy: bits.flag(78),
    lon: longitude(bits.signed(79, 28)),
    lat: latitude(bits.signed(107, 27)),
    posDeviceType: orNull(bits.unsigned(134, 4)),
    raim: bits.flag(148),
    radio: radioOf(bits, 19),
  };
}

const two = (value: number): string => String(value).padStart(2, '0');

function utcOf(bits: SextetReader): string | null {
  const [year, month, day] = [bits.unsigned(38, 14), bits.unsigned(52, 4), bits.unsigned(56, 5)];
  const [hour, minute, second] = [bits.unsigned(61, 5), bits.unsigned(66, 6), bits.unsigned(72, 6)];
  if (year === 0 || year > 9999 || month === 0 || month > 12 || day === 0) return null;
  if (hour > 23 || minute > 59 || second > 59) return null;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : [4, 6, 9, 11].includes(month) ? 30 : 31;
  if (day > days) return null;
  const date = `${String(year).padStart(4, '0')}-${two(month)}-${two(day)}`;
  return `${date}T${two(hour)}:${two(minute)}:${two(second)}Z`;
}

/** M.1371-5 table 58. */
export function decodeAircraft(bits: SextetReader): AircraftReport {
  const altitude = bits.unsigned(38, 12);
  const knots = bits.unsigned(50, 10);
  return {
    type: 9,
    repeat: repeatOf(bits),
    mmsi: mmsiOf(bits),
    altitude: altitude === 4095 ? null : altitude,
    speed: knots === 1023 ? null : knots,
    posHiAccuracy: bits.flag(60),
    lon: longitude(bits.signed(61, 28)),
    lat: latitude(bits.signed(89, 27)),
    course: course(bits.unsigned(116, 12)),
    second: fixSecond(bits.unsigned(128, 6)),
    dte: !bits.flag(142),
    assigned: bits.flag(146),
    raim: bits.flag(147),
    radio: radioOf(bits, 20),
  };
}

/** M.1371-5 table 70. */
export function decodeClassB(bits: SextetReader): ClassBReport {
  return {
    type: 18,
    repeat: repeatOf(bits),
    mmsi: mmsiOf(bits),
    speed: speed(bits.unsigned(46, 10)),
    posHiAccuracy: bits.flag(56),
    lon: longitude(bits.signed(57, 28)),
    lat: latitude(bits.signed(85, 27)),
    course: course(bits.unsigned(112, 12)),
    trueHeading: heading(bits.unsigned(124, 9)),
    second: fixSecond(bits.unsigned(133, 6)),
    carrierSense: bits.flag(141),
    display: bits.flag(142),
    dsc: bits.flag(143),
    wholeBand: bits.flag(144),
    message22: bits.flag(145),
    assigned: bits.flag(146),
    raim: bits.flag(147),
    radio: radioOf(bits, 20),
  };
}

/** M.1371-5 table 84. */
export function decodeLongRange(bits: SextetReader): LongRangeReport {
  const knots = bits.unsigned(79, 6);
  const degrees = bits.unsigned(85, 9);
  return {
    type: 27,
    repeat: repeatOf(bits),
    mmsi: mmsiOf(bits),
    posHiAccuracy: bits.flag(38),
    raim: bits.flag(39),
    navStatus: bits.unsigned(40, 4),
    lon: coarseLongitude(bits.signed(44, 18)),
    lat: coarseLatitude(bits.signed(62, 17)),
    speed: knots === 63 ? null : knots,
    course: degrees >= 360 ? null : degrees,
    currentFix: !bits.flag(94),
  };
}
