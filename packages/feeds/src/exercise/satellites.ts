import { bdsOrbitClass, designConstellation, gpstFromUtc, satelliteState, utcMillis } from '@concord/gnss';
import type { Point } from '@concord/label';
import { type Elset, ommKeywords } from '@concord/orbit';
import { type Imager, imagersOver } from './imagers.ts';
import { circularElements, type Elements, meanMotionOf } from './kepler.ts';
import { between, seeded } from './random.ts';

/** Catalogue numbers of the exercise begin here, far above those given out. */
const FIRST_NUMBER = 99_001;
const OTHERS = 8;

/** The forty satellites of an exercise. */
export interface Satellites {
  readonly elsets: readonly Elset[];
  readonly imagers: readonly Imager[];
}

/**
 * Thirty navigation satellites where their broadcast has them, eight in low orbits of no importance, and the two that
 * take images. Epoch is the start; launches 901 and following of a year have never been.
 */
export function satellitesOf(middle: Point, seed: string, start: number): Satellites {
  const epoch = `${new Date(start).toISOString().slice(0, -1)}000Z`;
  const elsets: Elset[] = [];
  const elset = (elements: Elements, name: string, at: number): Elset => ({
    satNo: FIRST_NUMBER + at,
    origObjectId: `${new Date(start).getUTCFullYear()}-${901 + at}A`,
    name,
    epoch,
    ...rounded(elements),
    ...{ bStar: 0, meanMotionDot: 0, meanMotionDDot: 0, revNo: 1, ephemType: 0 },
    ...{ elementSetNo: 999, classificationType: 'U' },
  });
  const add = (elements: Elements, name: string): void => {
    elsets.push(elset(elements, name, elsets.length));
  };
  const gpst = gpstFromUtc(utcMillis(start));
  for (const ephemeris of designConstellation(gpst)) {
    const { position, velocity } = satelliteState(ephemeris, gpst);
    const km = ([x, y, z]: readonly [number, number, number]) => [x / 1e3, y / 1e3, z / 1e3] as const;
    const state = { frame: 'ECEF', position_km: km(position), velocity_km_s: km(velocity) } as const;
    add(circularElements(state, start), `EXERCISE NAV ${ephemeris.sat} ${bdsOrbitClass(ephemeris.sat)}`);
  }
  for (let index = 0; index < OTHERS; index++) add(lowOrbit(seed, index), `EXERCISE LEO ${index + 1}`);
  const imagers = imagersOver(middle, start, (elements, name) =>
    elset(elements, name, elsets.length + (name.endsWith('2') ? 1 : 0)),
  );
  return { elsets: [...elsets, ...imagers.map((imager) => imager.elset)], imagers };
}

function lowOrbit(seed: string, index: number): Elements {
  const random = seeded(`${seed}/low/${index}`);
  return {
    meanMotion: meanMotionOf(between(random, 6900, 7700)),
    eccentricity: between(random, 0.0002, 0.003),
    inclination: between(random, 45, 99),
    raan: between(random, 0, 360),
    argOfPerigee: between(random, 0, 360),
    meanAnomaly: between(random, 0, 360),
  };
}

/** To the digits that element sets have. */
function rounded(elements: Elements): Elements {
  const to = (value: number, digits: number): number => Number(value.toFixed(digits));
  return {
    meanMotion: to(elements.meanMotion, 8),
    eccentricity: to(elements.eccentricity, 7),
    inclination: to(elements.inclination, 4),
    raan: to(elements.raan, 4) % 360,
    argOfPerigee: to(elements.argOfPerigee, 4) % 360,
    meanAnomaly: to(elements.meanAnomaly, 4) % 360,
  };
}

/** The element sets as a catalogue server gives them, OMM in JSON. */
export const catalogueText = (elsets: readonly Elset[]): string =>
  JSON.stringify(
    elsets.map((elset) => ({ CCSDS_OMM_VERS: '3.0', COMMENT: 'EXERCISE', ...ommKeywords(elset) })),
  );
