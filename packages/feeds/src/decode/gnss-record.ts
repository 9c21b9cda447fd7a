import {
  type BroadcastEphemeris,
  type GnssObservationSet,
  geodeticFromEcef,
  isoFromGpst,
  type StationMessage,
  utcFromGpst,
} from '@concord/gnss';
import type { IncomingItem } from '@concord/intake';

/**
 * How GNSS data stand in records.
 *
 * `gnss.ephemeris`, series = satellite: every parameter of the broadcast under the name it has in @concord/gnss's
 * `BroadcastEphemeris` (radians, metres, seconds; sqrtA, e, i0, omega0, omega, m0, deltaN, idot, omegaDot, cuc, cus,
 * crc, crs, cic, cis, af0, af1, af2, health, accuracy; for BDS aode, aodc, tgd1, tgd2, for GPS iode, iodc, tgd, …), with
 * `gnssSatId` for its `sat`. `toe` and `toc` are UTC in ISO 8601; `toeGpst` and `tocGpst` are the same instants in
 * seconds of GPST since 1980-01-06, from which the numbers of the type can be had back without a table of leap
 * seconds. `accuracy` is null where the system predicts none. The item's time is toe.
 *
 * `gnss.observation`, series = receiver, an item an epoch: the UDL's gnssObservationSet (`receiver`, `ts`,
 * `gnssObservationList: [{gnssSatId, obsCodeSet, ob}]`), and once the station has said where it is, `ecef` (antenna
 * reference point of 1005 or 1006, metres), `antennaHeight` (1006, metres above the mark) and `lat`, `lon`, `alt`
 * of the same point (degrees, metres above the ellipsoid).
 *
 * All numbers are doubles and JSON writes them so that they read back exactly.
 */
export type EphemerisRecord = Omit<BroadcastEphemeris, 'sat' | 'toe' | 'toc' | 'accuracy'> & {
  readonly gnssSatId: string;
  readonly toe: string;
  readonly toc: string;
  readonly toeGpst: number;
  readonly tocGpst: number;
  readonly accuracy: number | null;
};

export interface ObservationRecord extends GnssObservationSet {
  readonly lat?: number;
  readonly lon?: number;
  readonly alt?: number;
  readonly ecef?: readonly [x: number, y: number, z: number];
  readonly antennaHeight?: number;
}

export function ephemerisItem(ephemeris: BroadcastEphemeris): IncomingItem {
  const { sat, toe, toc, accuracy, ...parameters } = ephemeris;
  const record: EphemerisRecord = {
    gnssSatId: sat,
    toe: isoFromGpst(toe),
    toc: isoFromGpst(toc),
    toeGpst: toe,
    tocGpst: toc,
    accuracy: accuracy ?? null,
    ...parameters,
  };
  return { kind: 'gnss.ephemeris', time: utcFromGpst(toe), series: sat, record: { ...record } };
}

/** A reference station's point, in the forms in which records have it. */
export interface ReferencePoint {
  readonly lat: number;
  readonly lon: number;
  readonly alt: number;
  readonly ecef: readonly [x: number, y: number, z: number];
  readonly antennaHeight?: number;
}

/** Undefined where the message names no place on Earth, such as the zeros that some stations send instead. */
export function referencePoint(station: StationMessage): ReferencePoint | undefined {
  const { ecef, antennaHeight } = station;
  const radius = Math.hypot(...ecef);
  if (!(radius > 6_300_000 && radius < 6_500_000)) return undefined;
  const { lat, lon, heightEllipsoidal } = geodeticFromEcef(ecef);
  return { lat, lon, alt: heightEllipsoidal, ecef, ...(antennaHeight !== undefined && { antennaHeight }) };
}

export function observationItem(
  set: GnssObservationSet,
  time: number,
  point: ReferencePoint | undefined,
): IncomingItem {
  const record: ObservationRecord = {
    receiver: set.receiver,
    ts: set.ts,
    ...point,
    gnssObservationList: set.gnssObservationList,
  };
  return {
    kind: 'gnss.observation',
    time,
    series: set.receiver,
    ...(point && { place: { point: { lat: point.lat, lon: point.lon } } }),
    record: { ...record },
  };
}
