export { type Area, type Point, type Ring, readArea } from './area.ts';
export { BULK_STATUS, type BulkPropagator, type BulkStates, createBulkPropagator } from './bulk.ts';
export { type CatalogueFormat, type CatalogueOptions, CatalogueReader, readCatalogue } from './catalogue.ts';
export {
  type EcefState,
  ecefToGeodetic,
  type Geodetic,
  geodeticToEcef,
  greenwichSiderealTime,
  subSatellitePoint,
  temeToEcef,
} from './earth.ts';
export type { Elset } from './elset.ts';
export { ORBIT_ERROR_CODES, OrbitError, type OrbitErrorCode } from './error.ts';
export { CATALOGUE_FAULT_REASONS, type CatalogueFault, type CatalogueFaultReason } from './fault.ts';
export { type FootprintOptions, footprint } from './footprint.ts';
export type { Viewpoint } from './horizon.ts';
export { type LookAngles, lookAngles } from './look.ts';
export { type OmmKeywords, ommKeywords, writeOmmJson } from './omm.ts';
export { findPasses, type Pass, type Passes, type PassOptions } from './passes.ts';
export {
  isFailure,
  minutesSinceEpoch,
  type PropagationErrorCode,
  type PropagationFailure,
  type PropagationLine,
  propagate,
  propagateMinutes,
  propagationLine,
  type TemeState,
  type Vector,
} from './propagate.ts';
export type { CatalogueBatch, CatalogueRecord } from './record.ts';
export { type SwathOptions, swath } from './swath.ts';
export { writeTle } from './tle-writer.ts';
