import type { EphemerisRefusal, EphemerisStore } from '../ephemeris/ephemeris-store.ts';
import { satelliteState } from '../ephemeris/satellite-state.ts';
import { directionFromEnu, enuFromEcef, type Geodetic, geodeticFromEcef, type Vector3 } from '../geodesy.ts';
import { bdsOrbitClass, type SatelliteId } from '../satellite.ts';
import type { Gpst } from '../time/time-scale.ts';

/** Where a satellite is over the Earth. */
export interface SatellitePlace {
  readonly sat: SatelliteId;
  /** Earth-fixed, metres. */
  readonly ecef: Vector3;
  /** The point on the ellipsoid below it, degrees; the height is the satellite's, metres. */
  readonly subpoint: Geodetic;
  readonly orbit: 'GEO' | 'IGSO' | 'MEO';
}

/** And where it is seen from a place. */
export interface SkyPlace extends SatellitePlace {
  /** Degrees from north over east. */
  readonly azimuth: number;
  /** Degrees, negative below the horizon. */
  readonly elevation: number;
  /** Metres. */
  readonly range: number;
}

/** Why a satellite of the store is not shown. */
export interface UnplacedSatellite {
  readonly sat: SatelliteId;
  readonly refused: EphemerisRefusal;
}

/** Every satellite with a usable ephemeris at an instant, and why the others have none. */
export function satellitePlaces(
  ephemerides: EphemerisStore,
  at: Gpst,
): { places: SatellitePlace[]; unplaced: UnplacedSatellite[] } {
  const places: SatellitePlace[] = [];
  const unplaced: UnplacedSatellite[] = [];
  for (const sat of ephemerides.satellites()) {
    const choice = ephemerides.select(sat, at);
    if ('refused' in choice) {
      unplaced.push({ sat, refused: choice.refused });
      continue;
    }
    const { position } = satelliteState(choice.ephemeris, at);
    const orbit = sat.startsWith('C') ? bdsOrbitClass(sat) : 'MEO';
    places.push({ sat, ecef: position, subpoint: geodeticFromEcef(position), orbit });
  }
  return { places, unplaced };
}

/** The sky above a place: every satellite not below `minimumElevation` degrees (0), highest first. */
export function skyView(
  ephemerides: EphemerisStore,
  at: Gpst,
  from: Vector3,
  minimumElevation = 0,
): SkyPlace[] {
  const site = geodeticFromEcef(from);
  const seen = satellitePlaces(ephemerides, at).places.map((place): SkyPlace => {
    const [x, y, z] = place.ecef;
    const toward: Vector3 = [x - from[0], y - from[1], z - from[2]];
    const { azimuth, elevation } = directionFromEnu(enuFromEcef(site, toward));
    const degrees = 180 / Math.PI;
    return {
      ...place,
      azimuth: azimuth * degrees,
      elevation: elevation * degrees,
      range: Math.hypot(...toward),
    };
  });
  return seen.filter((s) => s.elevation >= minimumElevation).sort((a, b) => b.elevation - a.elevation);
}
