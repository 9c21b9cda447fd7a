import { type Area, angleBetween, between, contains, type Point, polygonsOf } from './area.ts';
import {
  DEGREE,
  EARTH_RATE,
  ecefToGeodetic,
  type Geodetic,
  geodeticToEcef,
  MU,
  temeToEcef,
} from './earth.ts';
import type { Elset } from './elset.ts';
import { OrbitError } from './error.ts';
import { visibleAngle } from './footprint.ts';
import { isFailure, type PropagationFailure, propagate, type Vector } from './propagate.ts';

/** From where a satellite is looked at: one site, or all of an area. */
export type Viewpoint = { readonly site: Geodetic } | { readonly area: Area };

/** How a satellite stands to a viewpoint at an instant. */
export interface Sight {
  readonly instant: number;
  /** From the place of the viewpoint that sees it highest. */
  readonly elevation_deg: number;
  readonly azimuth_deg: number;
  readonly range_km: number;
  /** Degrees at the centre of the Earth from the satellite to the nearest place of the viewpoint. */
  readonly distance_deg: number;
}

/** Corners of an area and points between them, degrees apart; coarser where that would be too many. */
const AREA_STEP_DEG = 1;
const AREA_POINTS = 400;

/** A place with what its view needs, worked out once. */
interface Place {
  readonly position: Vector;
  /** Unit vectors: from the Earth's centre, and east, north and up of the ellipsoid. */
  readonly outward: Vector;
  readonly east: Vector;
  readonly north: Vector;
  readonly up: Vector;
}

const dot = (a: Vector, b: Vector): number => a[0] * b[0] + a[1] * b[1] + a[2] * b[2];

function placeOf(site: Geodetic): Place {
  const position = geodeticToEcef(site);
  const radius = Math.hypot(...position);
  const [sinLat, cosLat] = [Math.sin(site.lat * DEGREE), Math.cos(site.lat * DEGREE)];
  const [sinLon, cosLon] = [Math.sin(site.lon * DEGREE), Math.cos(site.lon * DEGREE)];
  return {
    position,
    outward: [position[0] / radius, position[1] / radius, position[2] / radius],
    east: [-sinLon, cosLon, 0],
    north: [-sinLat * cosLon, -sinLat * sinLon, cosLat],
    up: [cosLat * cosLon, cosLat * sinLon, sinLat],
  };
}

/** One element set seen from one viewpoint. */
export class Horizon {
  readonly #elset: Elset;
  readonly #area: Area | undefined;
  readonly #places: readonly Place[];

  constructor(elset: Elset, viewpoint: Viewpoint) {
    this.#elset = elset;
    if ('site' in viewpoint) {
      const { lat, lon, alt_km } = viewpoint.site;
      if (!(Math.abs(lat) <= 90 && Math.abs(lon) <= 360 && Math.abs(alt_km) < 100)) {
        throw new OrbitError('option-range', 'site', 'degrees, and less than 100 km of height');
      }
      this.#places = [placeOf(viewpoint.site)];
    } else {
      this.#area = viewpoint.area;
      this.#places = placesOf(viewpoint.area);
    }
  }

  sight(instant: number): Sight | PropagationFailure {
    const state = propagate(this.#elset, instant);
    if (isFailure(state)) return state;
    const { position_km } = temeToEcef(state, instant);
    if (this.#area !== undefined) {
      const { lat, lon, alt_km } = ecefToGeodetic(position_km);
      if (contains(this.#area, [lon, lat])) {
        return { instant, elevation_deg: 90, azimuth_deg: 0, range_km: alt_km, distance_deg: 0 };
      }
    }
    let place = this.#places[0] as Place;
    let nearness = dot(place.outward, position_km);
    for (const other of this.#places) {
      const product = dot(other.outward, position_km);
      if (product > nearness) [place, nearness] = [other, product];
    }
    return sightFrom(place, position_km, nearness, instant);
  }
}

function sightFrom(place: Place, position: Vector, nearness: number, instant: number): Sight {
  const [x, y, z] = place.position;
  const line: Vector = [position[0] - x, position[1] - y, position[2] - z];
  const [east, north, up] = [dot(line, place.east), dot(line, place.north), dot(line, place.up)];
  const across = Math.sqrt(east * east + north * north);
  const radius = Math.sqrt(dot(position, position));
  const azimuth = Math.atan2(east, north) / DEGREE;
  return {
    instant,
    elevation_deg: Math.atan2(up, across) / DEGREE,
    azimuth_deg: azimuth < 0 ? azimuth + 360 : azimuth,
    range_km: Math.sqrt(across * across + up * up),
    distance_deg: Math.acos(Math.max(-1, Math.min(1, nearness / radius))) / DEGREE,
  };
}

function placesOf(area: Area): Place[] {
  const rings = polygonsOf(area).flat();
  const corners = rings.reduce((sum, ring) => sum + ring.length, 0);
  if (corners === 0) throw new OrbitError('option-range', 'area', 'has no corners');
  const length = rings.flatMap((ring) =>
    ring.map((point, i) => angleBetween(point, ring[(i + 1) % ring.length] as Point)),
  );
  const step = Math.max(AREA_STEP_DEG, length.reduce((sum, edge) => sum + edge, 0) / AREA_POINTS);
  return rings
    .flatMap((ring) => ring.flatMap((point, i) => between(point, ring[(i + 1) % ring.length] as Point, step)))
    .map(([lon, lat]) => placeOf({ lon, lat, alt_km: 0 }));
}

/** How fast and how far a satellite can be: bounds from its mean elements, with room for what SGP4 adds. */
export function bounds(elset: Elset, minElevation_deg: number): { rate_deg_s: number; visible_deg: number } {
  const motion = (elset.meanMotion * 2 * Math.PI) / 86_400;
  const axis = Math.cbrt(MU / motion ** 2);
  const e = Math.min(0.99, elset.eccentricity + 0.005);
  const rate = Math.sqrt(MU * axis * (1 - e * e)) / (axis * (1 - e)) ** 2 + EARTH_RATE;
  return {
    rate_deg_s: (1.05 * rate) / DEGREE,
    visible_deg: visibleAngle(axis * (1 + e) * 1.02, minElevation_deg) + 1,
  };
}
