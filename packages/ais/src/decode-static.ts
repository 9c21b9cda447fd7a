import { fixSecond, mmsiOf, repeatOf } from './decode-position.ts';
import type {
  AidToNavigation,
  DestinationEta,
  ExtendedClassBReport,
  StaticDataA,
  StaticDataB,
  StaticVoyageData,
} from './message.ts';
import { course, heading, latitude, longitude, orNull, speed } from './scale.ts';
import type { SextetReader } from './sextet-reader.ts';

type Dimensions = readonly [number, number, number, number];

/** Four distances in 30 bits; all zero means not available. */
function dimensionsAt(bits: SextetReader, start: number): Dimensions | null {
  const bow = bits.unsigned(start, 9);
  const stern = bits.unsigned(start + 9, 9);
  const port = bits.unsigned(start + 18, 6);
  const starboard = bits.unsigned(start + 24, 6);
  return (bow | stern | port | starboard) === 0 ? null : [bow, stern, port, starboard];
}

const lengthOf = (hull: Dimensions | null): number | null =>
  hull === null ? null : orNull(hull[0] + hull[1]);
const widthOf = (hull: Dimensions | null): number | null =>
  hull === null ? null : orNull(hull[2] + hull[3]);

function etaOf(bits: SextetReader): DestinationEta | null {
  const month = bits.unsigned(274, 4);
  const day = bits.unsigned(278, 5);
  const hour = bits.unsigned(283, 5);
  const minute = bits.unsigned(288, 6);
  const eta = {
    month: month > 12 ? null : orNull(month),
    day: orNull(day),
    hour: hour > 23 ? null : hour,
    minute: minute > 59 ? null : minute,
  };
  return eta.month === null && eta.day === null && eta.hour === null && eta.minute === null ? null : eta;
}

/** M.1371-5 table 52. */
export function decodeStaticVoyage(bits: SextetReader): StaticVoyageData {
  const hull = dimensionsAt(bits, 240);
  const draught = bits.unsigned(294, 8);
  return {
    type: 5,
    repeat: repeatOf(bits),
    mmsi: mmsiOf(bits),
    aisVersion: bits.unsigned(38, 2),
    imon: orNull(bits.unsigned(40, 30)),
    callSign: bits.text(70, 7),
    shipName: bits.text(112, 20),
    shipType: orNull(bits.unsigned(232, 8)),
    antennaRefDimensions: hull,
    length: lengthOf(hull),
    width: widthOf(hull),
    posDeviceType: orNull(bits.unsigned(270, 4)),
    destinationETA: etaOf(bits),
    draught: draught === 0 ? null : draught / 10,
    destination: bits.text(302, 20),
    // A payload cut before this bit says nothing: then the terminal counts as not ready, the standard's default.
    dte: bits.bitLength > 422 && !bits.flag(422),
  };
}

/** M.1371-5 table 71. */
export function decodeExtendedClassB(bits: SextetReader): ExtendedClassBReport {
  const hull = dimensionsAt(bits, 271);
  return {
    type: 19,
    repeat: repeatOf(bits),
    mmsi: mmsiOf(bits),
    speed: speed(bits.unsigned(46, 10)),
    posHiAccuracy: bits.flag(56),
    lon: longitude(bits.signed(57, 28)),
    lat: latitude(bits.signed(85, 27)),
    course: course(bits.unsigned(112, 12)),
    trueHeading: heading(bits.unsigned(124, 9)),
    second: fixSecond(bits.unsigned(133, 6)),
    shipName: bits.text(143, 20),
    shipType: orNull(bits.unsigned(263, 8)),
    antennaRefDimensions: hull,
    length: lengthOf(hull),
    width: widthOf(hull),
    posDeviceType: orNull(bits.unsigned(301, 4)),
    raim: bits.flag(305),
    dte: !bits.flag(306),
    assigned: bits.flag(307),
  };
}

/** A name of 20 characters goes on behind the fixed part, unless an `@` ends it before. */
function aidName(bits: SextetReader): string | null {
  const name = bits.text(43, 20);
  for (let i = 0; i < 20; i++) if (bits.unsigned(43 + i * 6, 6) === 0) return name;
  const extension = bits.text(272, 14);
  return extension === null ? name : (name ?? '').padEnd(20) + extension;
}

/** M.1371-5 table 74. */
export function decodeAidToNavigation(bits: SextetReader): AidToNavigation {
  const hull = dimensionsAt(bits, 219);
  return {
    type: 21,
    repeat: repeatOf(bits),
    mmsi: mmsiOf(bits),
    aidType: orNull(bits.unsigned(38, 5)),
    name: aidName(bits),
    posHiAccuracy: bits.flag(163),
    lon: longitude(bits.signed(164, 28)),
    lat: latitude(bits.signed(192, 27)),
    antennaRefDimensions: hull,
    length: lengthOf(hull),
    width: widthOf(hull),
    posDeviceType: orNull(bits.unsigned(249, 4)),
    second: fixSecond(bits.unsigned(253, 6)),
    offPosition: bits.flag(259),
    raim: bits.flag(268),
    virtual: bits.flag(269),
    assigned: bits.flag(270),
  };
}

/** M.1371-5 table 78. */
export function decodeStaticA(bits: SextetReader): StaticDataA {
  return { type: 24, repeat: repeatOf(bits), mmsi: mmsiOf(bits), part: 'A', shipName: bits.text(40, 20) };
}

/** M.1371-5 table 79; the vendor identification as split since M.1371-4. */
export function decodeStaticB(bits: SextetReader): StaticDataB {
  const mmsi = mmsiOf(bits);
  const auxiliary = Math.trunc(mmsi / 1e7) === 98;
  const hull = auxiliary ? null : dimensionsAt(bits, 132);
  return {
    type: 24,
    repeat: repeatOf(bits),
    mmsi,
    part: 'B',
    shipType: orNull(bits.unsigned(40, 8)),
    vendorId: bits.text(48, 3),
    unitModel: bits.unsigned(66, 4),
    serialNumber: bits.unsigned(70, 20),
    callSign: bits.text(90, 7),
    antennaRefDimensions: hull,
    length: lengthOf(hull),
    width: widthOf(hull),
    mothershipMmsi: auxiliary ? orNull(bits.unsigned(132, 30)) : null,
    posDeviceType: orNull(bits.unsigned(162, 4)),
  };
}
