import { between, seeded } from './random.ts';
import { onTrack, type Track, type TrackPoint, trackLength } from './track.ts';
import type { Waters } from './waters.ts';

/** A vessel of the exercise. Lengths in metres, speed in knots. */
export interface Vessel {
  readonly mmsi: number;
  readonly name: string;
  readonly callSign: string;
  /** Class B vessels have smaller equipment, which says less. */
  readonly class: 'A' | 'B';
  /** As in AIS messages (ITU-R M.1371-5, table 53). */
  readonly shipType: number;
  readonly navStatus: number;
  readonly length: number;
  readonly width: number;
  readonly draught: number;
  readonly speed: number;
  /** What wind and current make of it: heading less course, degrees. */
  readonly drift: number;
  readonly track: Track;
  /** Where on its track it is at the start, kilometres. */
  readonly begin: number;
}

export const FLEET_SIZE = 60;

/**
 * MMSIs of the exercise are 799 000 001 and following: maritime identification digits (MID) above 775 are allocated
 * to nobody (ITU, Table of Maritime Identification Digits).
 */
const FIRST_MMSI = 799_000_001;

const COLOURS = [
  'AMBER',
  'COBALT',
  'CRIMSON',
  'IVORY',
  'JADE',
  'OCHRE',
  'PEWTER',
  'RUSSET',
  'SILVER',
  'UMBER',
];
const BIRDS = ['HERON', 'PETREL', 'CURLEW', 'PLOVER', 'FULMAR', 'GANNET'];

interface Class {
  readonly count: number;
  readonly shipType: number;
  readonly class: 'A' | 'B';
  readonly path: 'lane' | 'crossing' | 'loiter';
  readonly navStatus: number;
  readonly speed: readonly [least: number, most: number];
  readonly length: readonly [least: number, most: number];
}

const CLASSES: readonly Class[] = [
  { count: 16, shipType: 70, class: 'A', path: 'lane', navStatus: 0, speed: [11, 17], length: [120, 330] },
  { count: 9, shipType: 80, class: 'A', path: 'lane', navStatus: 0, speed: [9, 14], length: [140, 300] },
  { count: 4, shipType: 60, class: 'A', path: 'lane', navStatus: 0, speed: [17, 22], length: [150, 320] },
  { count: 3, shipType: 40, class: 'A', path: 'crossing', navStatus: 0, speed: [25, 34], length: [35, 90] },
  { count: 7, shipType: 71, class: 'A', path: 'crossing', navStatus: 0, speed: [10, 15], length: [90, 220] },
  { count: 6, shipType: 30, class: 'A', path: 'loiter', navStatus: 7, speed: [2, 4.5], length: [25, 60] },
  { count: 7, shipType: 36, class: 'B', path: 'crossing', navStatus: 8, speed: [4, 8], length: [10, 22] },
  { count: 3, shipType: 37, class: 'B', path: 'lane', navStatus: 0, speed: [8, 14], length: [15, 30] },
  { count: 5, shipType: 30, class: 'B', path: 'loiter', navStatus: 7, speed: [1.5, 4], length: [12, 24] },
];

/** Sixty vessels that run the lane, cross it and loiter in it. Names, call signs and owners are invented. */
export function fleetOf(waters: Waters, seed: string): Vessel[] {
  const kinds = CLASSES.flatMap((kind) => Array.from({ length: kind.count }, () => kind));
  return kinds.map((kind, index) => {
    const random = seeded(`${seed}/vessel/${index}`);
    const length = Math.round(between(random, ...kind.length));
    const track = trackOf(kind.path, waters, random);
    return {
      mmsi: FIRST_MMSI + index,
      name: `EX ${COLOURS[index % COLOURS.length]} ${BIRDS[Math.floor(index / COLOURS.length) % BIRDS.length]}`,
      // Series beginning with Q are allocated to nobody (Radio Regulations, article 19).
      callSign: `QX${String(index + 1).padStart(3, '0')}`,
      class: kind.class,
      shipType: kind.shipType,
      navStatus: kind.navStatus,
      length,
      width: Math.max(3, Math.round(length / between(random, 5.5, 7.5))),
      draught: Math.round(length * between(random, 0.035, 0.05) * 10) / 10,
      speed: Math.round(between(random, ...kind.speed) * 10) / 10,
      drift: Math.round(between(random, -3, 3)),
      track,
      begin: random() * trackLength(track),
    };
  });
}

function trackOf(path: Class['path'], waters: Waters, random: () => number): Track {
  const { halfLength, halfWidth, at } = waters;
  const tip = at(1, 0);
  const bearing = (Math.atan2(tip.x, tip.y) * 180) / Math.PI;
  switch (path) {
    case 'lane':
      return {
        middle: at(between(random, -0.05, 0.05) * halfLength, between(random, -0.15, 0.15) * halfWidth),
        bearing,
        halfStraight: halfLength * between(random, 0.95, 1.2),
        radius: halfWidth * between(random, 0.08, 0.4),
      };
    case 'crossing':
      return {
        middle: at(between(random, -0.85, 0.85) * halfLength, 0),
        bearing: bearing + 90 + between(random, -25, 25),
        halfStraight: halfWidth * between(random, 1.2, 2.4),
        radius: between(random, 2, 8),
      };
    case 'loiter':
      return {
        middle: at(between(random, -0.8, 0.8) * halfLength, between(random, -0.5, 0.5) * halfWidth),
        bearing: between(random, 0, 360),
        halfStraight: between(random, 0, 1.5),
        radius: between(random, 0.4, 1.2),
      };
  }
}

const KM_A_NAUTICAL_MILE = 1.852;

/** Where a vessel is, milliseconds after the start. */
export const vesselAt = ({ track, begin, speed }: Vessel, after: number): TrackPoint =>
  onTrack(track, begin + (speed * KM_A_NAUTICAL_MILE * after) / 3_600_000);
