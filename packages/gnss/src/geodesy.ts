/** Earth-centred Earth-fixed coordinates or a difference of such, metres. */
export type Vector3 = readonly [x: number, y: number, z: number];

/** Semi-major axis in metres and flattening of WGS 84. CGCS2000 differs by a tenth of a millimetre at the pole. */
const A = 6_378_137;
const F = 1 / 298.257223563;
const E2 = F * (2 - F);

const DEGREE = Math.PI / 180;

/** Geodetic position: degrees north and east, metres above the ellipsoid. */
export interface Geodetic {
  readonly lat: number;
  readonly lon: number;
  readonly heightEllipsoidal: number;
}

/** Direction to a satellite in radians: azimuth from north over east, 0 to 2π. */
export interface Direction {
  readonly azimuth: number;
  readonly elevation: number;
}

/** Earth-fixed coordinates in metres to geodetic ones; the Earth's centre gives latitude 90. */
export function geodeticFromEcef([x, y, z]: Vector3): Geodetic {
  const p2 = x * x + y * y;
  // Fixed point on the height of the ellipsoid normal's foot above the equator.
  let foot = z;
  let normal = A;
  for (let step = 0; step < 30; step++) {
    const sin = foot / Math.sqrt(p2 + foot * foot) || 0;
    normal = A / Math.sqrt(1 - E2 * sin * sin);
    const next = z + normal * E2 * sin;
    const done = Math.abs(next - foot) < 1e-5;
    foot = next;
    if (done) break;
  }
  const lat = p2 > 1e-12 ? Math.atan(foot / Math.sqrt(p2)) : z >= 0 ? Math.PI / 2 : -Math.PI / 2;
  const lon = p2 > 1e-12 ? Math.atan2(y, x) : 0;
  return { lat: lat / DEGREE, lon: lon / DEGREE, heightEllipsoidal: Math.sqrt(p2 + foot * foot) - normal };
}

/** Geodetic coordinates to Earth-fixed ones in metres. */
export function ecefFromGeodetic({ lat, lon, heightEllipsoidal }: Geodetic): Vector3 {
  const sin = Math.sin(lat * DEGREE);
  const cos = Math.cos(lat * DEGREE);
  const normal = A / Math.sqrt(1 - E2 * sin * sin);
  return [
    (normal + heightEllipsoidal) * cos * Math.cos(lon * DEGREE),
    (normal + heightEllipsoidal) * cos * Math.sin(lon * DEGREE),
    (normal * (1 - E2) + heightEllipsoidal) * sin,
  ];
}

/** Turns an Earth-fixed difference vector into east, north and up at a place. */
export function enuFromEcef({ lat, lon }: Pick<Geodetic, 'lat' | 'lon'>, [dx, dy, dz]: Vector3): Vector3 {
  const sinLat = Math.sin(lat * DEGREE);
  const cosLat = Math.cos(lat * DEGREE);
  const sinLon = Math.sin(lon * DEGREE);
  const cosLon = Math.cos(lon * DEGREE);
  const outward = cosLon * dx + sinLon * dy;
  return [cosLon * dy - sinLon * dx, cosLat * dz - sinLat * outward, cosLat * outward + sinLat * dz];
}

/** Azimuth and elevation of a difference vector given in east, north and up. */
export function directionFromEnu([east, north, up]: Vector3): Direction {
  const azimuth = Math.atan2(east, north);
  return {
    azimuth: azimuth < 0 ? azimuth + 2 * Math.PI : azimuth,
    elevation: Math.atan2(up, Math.hypot(east, north)),
  };
}
