import { DEGREE, type Geodetic, geodeticToEcef } from './earth.ts';
import type { Vector } from './propagate.ts';

/** A direction from a site: degrees clockwise from true north, degrees above the horizon (no refraction), km. */
export interface LookAngles {
  readonly azimuth_deg: number;
  readonly elevation_deg: number;
  readonly range_km: number;
}

/** A vector in east, north and up of a place. */
export function eastNorthUp([x, y, z]: Vector, lat: number, lon: number): Vector {
  const [sinLat, cosLat] = [Math.sin(lat * DEGREE), Math.cos(lat * DEGREE)];
  const [sinLon, cosLon] = [Math.sin(lon * DEGREE), Math.cos(lon * DEGREE)];
  const outward = x * cosLon + y * sinLon;
  return [y * cosLon - x * sinLon, z * cosLat - outward * sinLat, outward * cosLat + z * sinLat];
}

/** Where an Earth-fixed position (km) stands in the sky of a site. */
export function lookAngles(site: Geodetic, position_km: Vector): LookAngles {
  const [sx, sy, sz] = geodeticToEcef(site);
  const [x, y, z] = position_km;
  const [east, north, up] = eastNorthUp([x - sx, y - sy, z - sz], site.lat, site.lon);
  const across = Math.hypot(east, north);
  const azimuth = Math.atan2(east, north) / DEGREE;
  return {
    azimuth_deg: azimuth < 0 ? azimuth + 360 : azimuth,
    elevation_deg: Math.atan2(up, across) / DEGREE,
    range_km: Math.hypot(across, up),
  };
}
