import { ecefFromGeodetic, type Vector3 } from '@concord/gnss';
import { between, seeded } from './random.ts';
import type { Waters } from './waters.ts';

/** A reference receiver on a platform. */
export interface Station {
  /** Feed and series name, `xr1`. */
  readonly name: string;
  /** At the caster, `XR1`. */
  readonly mount: string;
  /** DF003. */
  readonly number: number;
  readonly lat: number;
  readonly lon: number;
  /** Antenna reference point, Earth-fixed, metres. */
  readonly ecef: Vector3;
  /** Receiver clock less GPST at the start, seconds, and its rate. */
  readonly clockBias: number;
  readonly clockDrift: number;
}

/** Along and across the lane in parts of its half extent: four in it, two beyond its edges. */
const SITES = [
  [-0.68, -0.1],
  [-0.24, 0.25],
  [0.22, -0.25],
  [0.66, 0.1],
  [-0.4, 1.9],
  [0.45, -1.9],
] as const;
const INSIDE = 4;

/** Six receivers, four of them inside the corridor. */
export function stationsOf(waters: Waters, seed: string): Station[] {
  return SITES.map(([along, across], index) => {
    const random = seeded(`${seed}/station/${index + 1}`);
    const place = waters.plane.toPoint(siteAt(waters, along, across, index < INSIDE));
    const heightEllipsoidal = between(random, 35, 75);
    return {
      name: `xr${index + 1}`,
      mount: `XR${index + 1}`,
      number: 901 + index,
      ...place,
      ecef: ecefFromGeodetic({ ...place, heightEllipsoidal }),
      clockBias: between(random, -2e-6, 2e-6),
      clockDrift: between(random, -2e-10, 2e-10),
    };
  });
}

/** A lane that is no rectangle may have its edge nearer: then the site moves towards the middle, or away from it. */
function siteAt(waters: Waters, along: number, across: number, inside: boolean): { x: number; y: number } {
  for (let factor = 1; factor > 0.02 && factor < 20; factor *= inside ? 0.9 : 1.1) {
    const site = waters.at(along * factor * waters.halfLength, across * factor * waters.halfWidth);
    if (waters.inside(site) === inside) return site;
  }
  return { x: 0, y: 0 };
}
