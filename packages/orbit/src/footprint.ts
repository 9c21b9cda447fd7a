import { type Area, destination, type Point } from './area.ts';
import { DEGREE, ecefToGeodetic, MEAN_RADIUS_KM } from './earth.ts';
import { within } from './error.ts';
import { lookAngles } from './look.ts';
import type { Vector } from './propagate.ts';
import { areaOfRing, densified } from './ring.ts';

export interface FootprintOptions {
  /** Degrees above the horizon; default 0. */
  readonly minElevation_deg?: number;
  /** Corners of the polygon; default 72. */
  readonly corners?: number;
}

/** The greatest angle, at the centre of the Earth, between a satellite at a radius and a place that sees it so high. */
export function visibleAngle(radius_km: number, minElevation_deg: number): number {
  const elevation = minElevation_deg * DEGREE;
  return (
    Math.acos(Math.min(1, (MEAN_RADIUS_KM / radius_km) * Math.cos(elevation))) / DEGREE - minElevation_deg
  );
}

/**
 * The part of the Earth that sees a satellite (Earth-fixed position, km) at least so high above its horizon. Every
 * corner lies on the ellipsoid where the elevation is just that.
 */
export function footprint(position_km: Vector, options: FootprintOptions = {}): Area {
  const minElevation = within('minElevation_deg', options.minElevation_deg ?? 0, 0, 89);
  const corners = Math.round(within('corners', options.corners ?? 72, 8, 3600));
  within('position_km', Math.hypot(...position_km), MEAN_RADIUS_KM, Number.MAX_VALUE);
  const { lat, lon } = ecefToGeodetic(position_km);
  const spherical = visibleAngle(Math.hypot(...position_km), minElevation);
  const ring = Array.from({ length: corners }, (_, i): Point => {
    const azimuth = (i * 360) / corners;
    // The ellipsoid moves the edge by less than half a degree from where a sphere has it.
    let near = Math.max(0, spherical - 1);
    let far = Math.min(90, spherical + 1);
    for (let step = 0; step < 24; step++) {
      const middle = (near + far) / 2;
      const [pointLon, pointLat] = destination([lon, lat], azimuth, middle);
      const { elevation_deg } = lookAngles({ lat: pointLat, lon: pointLon, alt_km: 0 }, position_km);
      if (elevation_deg > minElevation) near = middle;
      else far = middle;
    }
    return destination([lon, lat], azimuth, (near + far) / 2);
  });
  return areaOfRing(densified(ring), lat);
}
