import { accuracyFromIndex, type BdsEphemeris } from '../ephemeris/ephemeris.ts';
import { ephemerisMessage, resolveEphemeris } from '../ephemeris/resolve.ts';
import { earthModel } from '../ephemeris/satellite-state.ts';
import { decodeMessage, encodePayload } from '../rtcm3/message.ts';
import { satelliteId } from '../satellite.ts';
import { type Bdt, bdt, bdtFromGpst, type Gpst, gpstFromBdt, weekAndSecond } from '../time/time-scale.ts';

const { gm, rotation } = earthModel('C');
const DEGREE = Math.PI / 180;
const INCLINATION = 55 * DEGREE;
/** Medium orbits: 21,528 km above the equator (BDS-SIS-ICD-B1I 3.0, 3.1). */
const MEO_AXIS = 27_906.1e3;
/** The axis at which an orbit turns with the Earth. */
const SYNCHRONOUS_AXIS = Math.cbrt(gm / rotation ** 2);
/** Precession of the node of the medium orbits by the Earth's oblateness J₂, rad/s. */
const MEO_PRECESSION =
  -1.5 * Math.sqrt(gm / MEO_AXIS ** 3) * 1.08263e-3 * (6_378_137 / MEO_AXIS) ** 2 * Math.cos(INCLINATION);

/** Instant at which the design angles below hold: 2020-01-01T00:00:00 BDT. */
const ORIGIN: Bdt = bdt(730, 259_200);

/** A satellite's place in the design, angles in radians. */
interface Slot {
  readonly number: number;
  readonly axis: number;
  readonly inclination: number;
  /** Longitude of the ascending node at the origin. */
  readonly node: number;
  readonly precession: number;
  /** Argument of latitude at the origin. */
  readonly latitude: number;
}

const MEO_NUMBERS = [
  19, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 30, 32, 33, 34, 35, 36, 37, 41, 42, 43, 44, 45, 46,
];

/** Walker 24/3/1: three planes, eight satellites each, 15° of phase from plane to plane. */
const MEO: readonly Slot[] = MEO_NUMBERS.map((number, index) => {
  const plane = Math.floor(index / 8);
  return {
    number,
    axis: MEO_AXIS,
    inclination: INCLINATION,
    node: plane * 120 * DEGREE,
    precession: MEO_PRECESSION,
    latitude: ((index % 8) * 45 + plane * 15) * DEGREE,
  };
});

/** Three inclined geosynchronous satellites on one ground track that crosses the equator at 118° E. */
const IGSO: readonly Slot[] = [38, 39, 40].map((number, index) => ({
  number,
  axis: SYNCHRONOUS_AXIS,
  inclination: INCLINATION,
  node: (118 + index * 120) * DEGREE,
  // Kept in place by manoeuvres.
  precession: 0,
  latitude: -index * 120 * DEGREE,
}));

/** Longitudes of the geostationary satellites, degrees east. */
const GEO: readonly (readonly [number: number, longitude: number])[] = [
  [59, 140],
  [60, 80],
  [61, 110.5],
];

/**
 * Ephemerides of a full BDS-3 constellation from its published design (BDS-SIS-ICD-B1I 3.0, 3.1): 24 MEO C19–C30,
 * C32–C37, C41–C46, 3 IGSO C38–C40 and 3 GEO C59–C61; circular orbits, plausible clocks and group delays. They are
 * nobody's real orbits. The same hour gives the same elements, successive hours continue each other to millimetres
 * (clocks to centimetres), and every value lies on the grid of message 1042.
 *
 * @param at toe is the full BDT hour before it
 */
export function designConstellation(at: Gpst): BdsEphemeris[] {
  const toe = (Math.floor(bdtFromGpst(at) / 3600) * 3600) as Bdt;
  const elapsed = toe - ORIGIN;
  // omega0 counts from the week's beginning.
  const turned = rotation * weekAndSecond(toe).second;
  const moving = [...MEO, ...IGSO].map((slot) => {
    const n = Math.sqrt(gm / slot.axis ** 3);
    return make(toe, slot.number, {
      sqrtA: Math.sqrt(slot.axis),
      i0: slot.inclination,
      omega0: wrap(slot.node + (slot.precession - rotation) * elapsed + turned),
      omegaDot: slot.precession,
      m0: wrap(slot.latitude + n * elapsed),
    });
  });
  const still = GEO.map(([number, longitude]) =>
    make(toe, number, {
      sqrtA: Math.sqrt(SYNCHRONOUS_AXIS),
      // In the frame tilted by −5° the equator is inclined by 5°, its ascending node opposite the x axis.
      i0: 5 * DEGREE,
      omega0: wrap(Math.PI + turned),
      omegaDot: 0,
      m0: wrap(longitude * DEGREE - Math.PI),
    }),
  );
  return [...moving, ...still];
}

type Orbit = Pick<BdsEphemeris, 'sqrtA' | 'i0' | 'omega0' | 'omegaDot' | 'm0'>;

function make(toe: Bdt, number: number, orbit: Orbit): BdsEphemeris {
  // Spread over what real satellites show: ±0.4 ms, ±5e-12 s/s, ±10 ns.
  const af1 = (((number * 13) % 21) - 10) * 2 ** -41;
  const af0 = (((number * 37) % 101) - 50) * 8e-6 + af1 * ((toe - ORIGIN) % (86_400 * 365));
  const tgd1 = (((number * 7) % 21) - 10) * 1e-9;
  const at = gpstFromBdt(toe);
  const designed: BdsEphemeris = {
    ...{
      system: 'C',
      sat: satelliteId('C', number),
      toe: at,
      toc: at,
      health: 0,
      accuracy: accuracyFromIndex(0),
    },
    ...orbit,
    ...{ e: 0, omega: 0, deltaN: 0, idot: 0, cuc: 0, cus: 0, crc: 0, crs: 0, cic: 0, cis: 0 },
    ...{ af0, af1, af2: 0, tgd1, tgd2: 0, aode: 1, aodc: 1 },
  };
  const sent = decodeMessage(encodePayload(ephemerisMessage(designed)));
  const received = sent.kind === 'ephemeris' ? resolveEphemeris(sent) : undefined;
  return received?.system === 'C' ? received : designed;
}

/** Into −π to π, as the fields have it. */
function wrap(angle: number): number {
  return angle - 2 * Math.PI * Math.floor(angle / (2 * Math.PI) + 0.5);
}
