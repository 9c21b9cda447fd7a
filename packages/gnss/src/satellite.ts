/** RINEX letters: GPS, GLONASS, Galileo, QZSS, BDS, SBAS, NavIC (RINEX 3.05, 3.1). */
export type GnssSystem = 'G' | 'R' | 'E' | 'J' | 'C' | 'S' | 'I';

/** Satellite designation as in RINEX and the UDL's `gnssSatId`: system letter and two digits, `C19`. */
export type SatelliteId = `${GnssSystem}${string}`;

const SYSTEMS = 'GREJCSI';

/** `satelliteId('C', 5)` is `C05`. */
export function satelliteId(system: GnssSystem, number: number): SatelliteId {
  return `${system}${String(number).padStart(2, '0')}`;
}

/** Reads a designation such as `C19`, `c5` or RINEX 2's blank-padded `G 5`; undefined where it is none. */
export function parseSatelliteId(text: string): SatelliteId | undefined {
  const match = /^([A-Za-z])\s?(\d{1,2})$/.exec(text.trim());
  const letter = match?.[1]?.toUpperCase();
  if (letter === undefined || !SYSTEMS.includes(letter)) return undefined;
  return satelliteId(letter as GnssSystem, Number(match?.[2]));
}

export function systemOf(sat: SatelliteId): GnssSystem {
  return sat[0] as GnssSystem;
}

/** Number within the system: 19 of `C19`. */
export function numberOf(sat: SatelliteId): number {
  return Number(sat.slice(1));
}

/** C01–C05 and C59–C63 are geostationary (BDS-SIS-ICD-B1I 3.0, table 4-1). */
export function isBdsGeo(sat: SatelliteId): boolean {
  if (sat[0] !== 'C') return false;
  const number = numberOf(sat);
  return number <= 5 || number >= 59;
}

/** Numbers of the inclined geosynchronous satellites in service (BDS constellation status). */
const BDS_IGSO = new Set([6, 7, 8, 9, 10, 13, 16, 31, 38, 39, 40, 56]);

/** Orbit class of a BDS satellite by its number. */
export function bdsOrbitClass(sat: SatelliteId): 'GEO' | 'IGSO' | 'MEO' {
  if (isBdsGeo(sat)) return 'GEO';
  return BDS_IGSO.has(numberOf(sat)) ? 'IGSO' : 'MEO';
}
