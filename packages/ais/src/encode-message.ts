import {
  bounded,
  rawCoarseLatitude,
  rawCoarseLongitude,
  rawCourse,
  rawHeading,
  rawLatitude,
  rawLongitude,
  rawSecond,
  rawSpeed,
  rawTurn,
  whole,
  writeEta,
  writeHeader,
  writeHull,
  writeUtc,
} from './encode-field.ts';
import { AisError } from './error.ts';
import type { AisDraft, AisPlace } from './message.ts';
import { SextetWriter } from './sextet-writer.ts';

type Draft<Type extends AisDraft['type']> = Extract<AisDraft, { type: Type }>;

/** The bits of a message; what the draft leaves out is sent as "not available". */
export function encodeMessage(draft: AisDraft): SextetWriter {
  const bits = new SextetWriter();
  writeHeader(bits, draft);
  switch (draft.type) {
    case 1:
    case 2:
    case 3:
      writePosition(bits, draft);
      break;
    case 4:
    case 11:
      writeBaseStation(bits, draft);
      break;
    case 5:
      writeStaticVoyage(bits, draft);
      break;
    case 9:
      writeAircraft(bits, draft);
      break;
    case 18:
      writeClassB(bits, draft);
      break;
    case 19:
      writeExtendedClassB(bits, draft);
      break;
    case 21:
      writeAidToNavigation(bits, draft);
      break;
    case 24:
      writeStaticPart(bits, draft);
      break;
    case 27:
      writeLongRange(bits, draft);
      break;
    default:
      throw new AisError('type-unsupported', 'type', `${(draft as { type: unknown }).type} has no encoder`);
  }
  return bits;
}

/** Accuracy, longitude and latitude: 56 bits. */
function writePlace(bits: SextetWriter, draft: Partial<AisPlace>): void {
  bits.flag(draft.posHiAccuracy ?? false);
  bits.number(rawLongitude(draft.lon), 28);
  bits.number(rawLatitude(draft.lat), 27);
}

function writePosition(bits: SextetWriter, draft: Draft<1 | 2 | 3>): void {
  bits.number(whole('navStatus', draft.navStatus, 0, 15, 15), 4);
  bits.number(rawTurn(draft.rateOfTurn, draft.turnWithoutRate), 8);
  bits.number(rawSpeed(draft.speed), 10);
  writePlace(bits, draft);
  bits.number(rawCourse(draft.course), 12);
  bits.number(rawHeading(draft.trueHeading), 9);
  bits.number(rawSecond(draft.second), 6);
  bits.number(draft.specialManoeuvre === true ? 2 : draft.specialManoeuvre === false ? 1 : 0, 2);
  bits.fillTo(148);
  bits.flag(draft.raim ?? false);
  bits.number(whole('radio', draft.radio, 0, 2 ** 19 - 1, 0), 19);
}

function writeBaseStation(bits: SextetWriter, draft: Draft<4 | 11>): void {
  writeUtc(bits, draft.utc);
  writePlace(bits, draft);
  bits.number(whole('posDeviceType', draft.posDeviceType, 1, 15, 0), 4);
  bits.fillTo(148);
  bits.flag(draft.raim ?? false);
  bits.number(whole('radio', draft.radio, 0, 2 ** 19 - 1, 0), 19);
}

function writeStaticVoyage(bits: SextetWriter, draft: Draft<5>): void {
  bits.number(whole('aisVersion', draft.aisVersion, 0, 3, 0), 2);
  bits.number(whole('imon', draft.imon, 0, 2 ** 30 - 1, 0), 30);
  bits.text('callSign', draft.callSign, 7);
  bits.text('shipName', draft.shipName, 20);
  bits.number(whole('shipType', draft.shipType, 0, 255, 0), 8);
  writeHull(bits, draft);
  bits.number(whole('posDeviceType', draft.posDeviceType, 1, 15, 0), 4);
  writeEta(bits, draft.destinationETA);
  bits.number(Math.min(255, Math.round(bounded('draught', draft.draught ?? 0, 0, 1000) * 10)), 8);
  bits.text('destination', draft.destination, 20);
  bits.flag(draft.dte !== true);
  bits.fillTo(424);
}

function writeAircraft(bits: SextetWriter, draft: Draft<9>): void {
  bits.number(whole('altitude', draft.altitude, 0, 4094, 4095), 12);
  bits.number(whole('speed', draft.speed, 0, 1022, 1023), 10);
  writePlace(bits, draft);
  bits.number(rawCourse(draft.course), 12);
  bits.number(rawSecond(draft.second), 6);
  bits.fillTo(142);
  bits.flag(draft.dte !== true);
  bits.fillTo(146);
  bits.flag(draft.assigned ?? false);
  bits.flag(draft.raim ?? false);
  bits.number(whole('radio', draft.radio, 0, 2 ** 20 - 1, 0), 20);
}

/** What types 18 and 19 have in common: bits 38 to 138. */
function writeClassBMotion(bits: SextetWriter, draft: Draft<18 | 19>): void {
  bits.fillTo(46);
  bits.number(rawSpeed(draft.speed), 10);
  writePlace(bits, draft);
  bits.number(rawCourse(draft.course), 12);
  bits.number(rawHeading(draft.trueHeading), 9);
  bits.number(rawSecond(draft.second), 6);
}

function writeClassB(bits: SextetWriter, draft: Draft<18>): void {
  writeClassBMotion(bits, draft);
  bits.fillTo(141);
  bits.flag(draft.carrierSense ?? true);
  bits.flag(draft.display ?? false);
  bits.flag(draft.dsc ?? false);
  bits.flag(draft.wholeBand ?? false);
  bits.flag(draft.message22 ?? false);
  bits.flag(draft.assigned ?? false);
  bits.flag(draft.raim ?? false);
  bits.number(whole('radio', draft.radio, 0, 2 ** 20 - 1, 0), 20);
}

function writeExtendedClassB(bits: SextetWriter, draft: Draft<19>): void {
  writeClassBMotion(bits, draft);
  bits.fillTo(143);
  bits.text('shipName', draft.shipName, 20);
  bits.number(whole('shipType', draft.shipType, 0, 255, 0), 8);
  writeHull(bits, draft);
  bits.number(whole('posDeviceType', draft.posDeviceType, 1, 15, 0), 4);
  bits.flag(draft.raim ?? false);
  bits.flag(draft.dte !== true);
  bits.flag(draft.assigned ?? false);
  bits.fillTo(312);
}

function writeAidToNavigation(bits: SextetWriter, draft: Draft<21>): void {
  const name = draft.name ?? '';
  if (name.length > 34) throw new AisError('field-text', 'name', `${name.length} characters, at most 34 fit`);
  bits.number(whole('aidType', draft.aidType, 0, 31, 0), 5);
  bits.text('name', name.slice(0, 20), 20);
  writePlace(bits, draft);
  writeHull(bits, draft);
  bits.number(whole('posDeviceType', draft.posDeviceType, 1, 15, 0), 4);
  bits.number(rawSecond(draft.second), 6);
  bits.flag(draft.offPosition ?? false);
  bits.fillTo(268);
  bits.flag(draft.raim ?? false);
  bits.flag(draft.virtual ?? false);
  bits.flag(draft.assigned ?? false);
  bits.fillTo(272);
  bits.text('name', name.slice(20), Math.max(0, name.length - 20));
  bits.fillTo(Math.ceil(bits.bitLength / 8) * 8);
}

function writeStaticPart(bits: SextetWriter, draft: Draft<24>): void {
  if (draft.part === 'A') {
    bits.number(0, 2);
    bits.text('shipName', draft.shipName, 20);
    return;
  }
  bits.number(1, 2);
  bits.number(whole('shipType', draft.shipType, 0, 255, 0), 8);
  bits.text('vendorId', draft.vendorId, 3);
  bits.number(whole('unitModel', draft.unitModel, 0, 15, 0), 4);
  bits.number(whole('serialNumber', draft.serialNumber, 0, 2 ** 20 - 1, 0), 20);
  bits.text('callSign', draft.callSign, 7);
  if (Math.trunc(draft.mmsi / 1e7) === 98) {
    bits.number(whole('mothershipMmsi', draft.mothershipMmsi, 0, 2 ** 30 - 1, 0), 30);
  } else writeHull(bits, draft);
  bits.number(whole('posDeviceType', draft.posDeviceType, 1, 15, 0), 4);
  bits.fillTo(168);
}

function writeLongRange(bits: SextetWriter, draft: Draft<27>): void {
  bits.flag(draft.posHiAccuracy ?? false);
  bits.flag(draft.raim ?? false);
  bits.number(whole('navStatus', draft.navStatus, 0, 15, 15), 4);
  bits.number(rawCoarseLongitude(draft.lon), 18);
  bits.number(rawCoarseLatitude(draft.lat), 17);
  bits.number(whole('speed', draft.speed, 0, 62, 63), 6);
  bits.number(whole('course', draft.course, 0, 359, 511), 9);
  bits.flag(draft.currentFix !== true);
  bits.fillTo(96);
}
