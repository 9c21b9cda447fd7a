import {
  decodeAircraft,
  decodeBaseStation,
  decodeClassB,
  decodeLongRange,
  decodePosition,
  mmsiOf,
  repeatOf,
} from './decode-position.ts';
import {
  decodeAidToNavigation,
  decodeExtendedClassB,
  decodeStaticA,
  decodeStaticB,
  decodeStaticVoyage,
} from './decode-static.ts';
import type { AisMessage, UndecodedType } from './message.ts';
import type { SextetReader } from './sextet-reader.ts';

/**
 * The bits below which a message of a type is cut short. Transmitters and receivers leave out spare
 * bits, the communication state and, in type 5, the last flag; what ends inside a meaningful field is refused.
 */
const NEEDED = new Uint16Array(64).fill(38);
for (const type of [1, 2, 3, 4, 11]) NEEDED[type] = 149;
for (const type of [9, 18]) NEEDED[type] = 148;
NEEDED[5] = 420;
NEEDED[19] = 308;
NEEDED[21] = 271;
NEEDED[24] = 160;
NEEDED[27] = 95;

/** A loaded payload as a message, or why it is none. */
export function decodeMessage(bits: SextetReader): AisMessage | 'truncated' | 'reserved' {
  const type = bits.unsigned(0, 6);
  if (bits.bitLength < (NEEDED[type] as number)) return 'truncated';
  switch (type) {
    case 1:
    case 2:
    case 3:
      return decodePosition(bits, type);
    case 4:
    case 11:
      return decodeBaseStation(bits, type);
    case 5:
      return decodeStaticVoyage(bits);
    case 9:
      return decodeAircraft(bits);
    case 18:
      return decodeClassB(bits);
    case 19:
      return decodeExtendedClassB(bits);
    case 21:
      return decodeAidToNavigation(bits);
    case 24: {
      const part = bits.unsigned(38, 2);
      if (part === 0) return decodeStaticA(bits);
      if (part !== 1) return 'reserved';
      return bits.bitLength < 162 ? 'truncated' : decodeStaticB(bits);
    }
    case 27:
      return decodeLongRange(bits);
    default:
      return { type: type as UndecodedType, repeat: repeatOf(bits), mmsi: mmsiOf(bits) };
  }
}
