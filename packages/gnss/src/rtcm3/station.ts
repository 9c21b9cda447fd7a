import { BitReader, BitWriter } from '../bits.ts';
import { layoutBits, readFields, signed, unsigned, writeFields } from './layout.ts';

/** Messages 1005 and 1006, stationary antenna reference point: 152 and 168 bits (RTCM 10403.3, table 3.5-5). */
const ARP_LAYOUT = [
  unsigned('type', 12), // DF002
  unsigned('station', 12), // DF003
  unsigned('itrfYear', 6), // DF021
  unsigned('gps', 1), // DF022
  unsigned('glonass', 1), // DF023
  unsigned('galileo', 1), // DF024
  unsigned('virtual', 1), // DF141
  signed('x', 38, 1e-4), // DF025
  unsigned('singleOscillator', 1), // DF142
  unsigned('reserved', 1), // DF001
  signed('y', 38, 1e-4), // DF026
  unsigned('quarterCycle', 2), // DF364
  signed('z', 38, 1e-4), // DF027
] as const;
const HEIGHT_LAYOUT = [unsigned('antennaHeight', 16, 1e-4)] as const; // DF028

/** A reference station and where its antenna reference point is. */
export interface StationMessage {
  readonly kind: 'station';
  readonly type: 1005 | 1006;
  /** DF003, 0 to 4095. */
  readonly station: number;
  /** Antenna reference point, Earth-centred Earth-fixed, metres. */
  readonly ecef: readonly [x: number, y: number, z: number];
  /** Height of that point above the survey mark, metres; only in 1006. */
  readonly antennaHeight: number | undefined;
  /** DF021, year of the ITRF realisation less 2000 where given. */
  readonly itrfYear: number;
  /** DF022 to DF024 and DF141. */
  readonly indicators: { readonly gps: boolean; readonly glonass: boolean; readonly galileo: boolean };
  /** DF141: a computed station, not a physical one. */
  readonly virtual: boolean;
  /** DF142. */
  readonly singleOscillator: boolean;
  /** DF364. */
  readonly quarterCycle: number;
}

export const STATION_BITS = {
  1005: layoutBits(ARP_LAYOUT),
  1006: layoutBits([...ARP_LAYOUT, ...HEIGHT_LAYOUT]),
};

/** Reads a payload of sufficient length. */
export function decodeStation(type: 1005 | 1006, payload: Uint8Array): StationMessage {
  const reader = new BitReader(payload);
  const arp = readFields(reader, ARP_LAYOUT);
  return {
    kind: 'station',
    type,
    station: arp.station,
    ecef: [arp.x, arp.y, arp.z],
    antennaHeight: type === 1006 ? readFields(reader, HEIGHT_LAYOUT).antennaHeight : undefined,
    itrfYear: arp.itrfYear,
    indicators: { gps: arp.gps === 1, glonass: arp.glonass === 1, galileo: arp.galileo === 1 },
    virtual: arp.virtual === 1,
    singleOscillator: arp.singleOscillator === 1,
    quarterCycle: arp.quarterCycle,
  };
}

/** @throws GnssError `encode-range` */
export function encodeStation(message: StationMessage): Uint8Array {
  const writer = new BitWriter();
  const [x, y, z] = message.ecef;
  writeFields(writer, ARP_LAYOUT, {
    type: message.type,
    station: message.station,
    itrfYear: message.itrfYear,
    gps: Number(message.indicators.gps),
    glonass: Number(message.indicators.glonass),
    galileo: Number(message.indicators.galileo),
    virtual: Number(message.virtual),
    x,
    singleOscillator: Number(message.singleOscillator),
    reserved: 0,
    y,
    quarterCycle: message.quarterCycle,
    z,
  });
  if (message.type === 1006) {
    writeFields(writer, HEIGHT_LAYOUT, { antennaHeight: message.antennaHeight ?? 0 });
  }
  return writer.bytes();
}

/** A 1006 (1005 without `antennaHeight`) of a physical station. */
export function stationMessage(
  station: number,
  ecef: StationMessage['ecef'],
  antennaHeight?: number,
): StationMessage {
  return {
    kind: 'station',
    type: antennaHeight === undefined ? 1005 : 1006,
    station,
    ecef,
    antennaHeight,
    itrfYear: 0,
    indicators: { gps: true, glonass: false, galileo: false },
    virtual: false,
    singleOscillator: true,
    quarterCycle: 0,
  };
}
