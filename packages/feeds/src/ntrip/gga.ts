/** Where a client is, for casters that compute corrections for a place: degrees, metres above the ellipsoid. */
export interface ClientPosition {
  readonly lat: number;
  readonly lon: number;
  readonly alt: number;
}

/** The NMEA 0183 sentence GGA of a position held to be good, with its line end. `at` is UTC in milliseconds. */
export function ggaSentence({ lat, lon, alt }: ClientPosition, at: number): string {
  const time = new Date(at).toISOString().slice(11, 19).replaceAll(':', '');
  const ns = lat < 0 ? 'S' : 'N';
  const ew = lon < 0 ? 'W' : 'E';
  const body = `GPGGA,${time}.00,${minutes(lat, 2)},${ns},${minutes(lon, 3)},${ew},1,12,1.0,${alt.toFixed(1)},M,0.0,M,,`;
  let sum = 0;
  for (let i = 0; i < body.length; i++) sum ^= body.charCodeAt(i);
  return `$${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}\r\n`;
}

/** Degrees as `ddmm.mmmmm`, carried over where the minutes round to sixty. */
function minutes(degrees: number, digits: number): string {
  const total = Math.round(Math.abs(degrees) * 60 * 1e5);
  const whole = Math.floor(total / 6e6);
  return `${String(whole).padStart(digits, '0')}${((total - whole * 6e6) / 1e5).toFixed(5).padStart(8, '0')}`;
}
