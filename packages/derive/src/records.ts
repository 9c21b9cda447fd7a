import {
  type BroadcastEphemeris,
  type GnssObservationSet,
  gpst,
  parseSatelliteId,
  type Solution,
  type Vector3,
} from '@concord/gnss';

type Fields = Readonly<Record<string, unknown>>;

/**
 * An ephemeris as its record holds it, back as the type: `toeGpst` and `tocGpst` are seconds of GPST since 1980-01-06.
 * Undefined where the record is not one.
 */
export function ephemerisOf(record: Fields): BroadcastEphemeris | undefined {
  const { gnssSatId, toe: _toe, toc: _toc, toeGpst, tocGpst, accuracy, ...parameters } = record;
  const sat = typeof gnssSatId === 'string' ? parseSatelliteId(gnssSatId) : undefined;
  if (sat === undefined || typeof toeGpst !== 'number' || typeof tocGpst !== 'number') return undefined;
  if (parameters['system'] !== 'G' && parameters['system'] !== 'C') return undefined;
  return {
    ...(parameters as unknown as BroadcastEphemeris),
    sat,
    toe: gpst(0, toeGpst),
    toc: gpst(0, tocGpst),
    accuracy: typeof accuracy === 'number' ? accuracy : undefined,
  };
}

/** An observation set as its record holds it, with the antenna's reference point where the station has told it. */
export function observationOf(record: Fields): { set: GnssObservationSet; reference?: Vector3 } | undefined {
  const { receiver, ts, gnssObservationList, ecef } = record;
  if (typeof receiver !== 'string' || typeof ts !== 'string' || !Array.isArray(gnssObservationList))
    return undefined;
  const set = { receiver, ts, gnssObservationList } as GnssObservationSet;
  const fixed = Array.isArray(ecef) && ecef.length === 3 && ecef.every((one) => typeof one === 'number');
  return fixed ? { set, reference: ecef as unknown as Vector3 } : { set };
}

const rounded = (value: number, digits: number) => Number(value.toFixed(digits));

/** The record of a position: UDL names, degrees and metres; `error_m` is the distance to the reference point. */
export function positionRecord(receiver: string, solution: Solution, reference: Vector3 | undefined): Fields {
  const { ecef } = solution;
  const error =
    reference && Math.hypot(ecef[0] - reference[0], ecef[1] - reference[1], ecef[2] - reference[2]);
  return {
    receiver,
    ts: solution.time,
    lat: rounded(solution.lat, 8),
    lon: rounded(solution.lon, 8),
    alt: rounded(solution.heightEllipsoidal, 3),
    ecef: ecef.map((one) => rounded(one, 4)),
    satellitesUsed: solution.satellitesUsed,
    satellitesExcluded: solution.satellitesExcluded.filter(({ why }) => why !== 'system-not-used'),
    hDop: rounded(solution.hdop, 2),
    vDop: rounded(solution.vdop, 2),
    pDop: rounded(solution.pdop, 2),
    consistency: solution.consistency,
    ...(error !== undefined && { error_m: rounded(error, 3) }),
  };
}
