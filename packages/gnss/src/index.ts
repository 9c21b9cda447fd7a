export {
  type BdsEphemeris,
  type BroadcastElements,
  type BroadcastEphemeris,
  bdsAgeOfDataHours,
  type GpsEphemeris,
} from './ephemeris/ephemeris.ts';
export {
  type EphemerisChoice,
  type EphemerisRefusal,
  EphemerisStore,
  MAX_EPHEMERIS_AGE,
} from './ephemeris/ephemeris-store.ts';
export { ephemerisMessage, resolveEphemeris } from './ephemeris/resolve.ts';
export { type SatelliteState, satelliteState } from './ephemeris/satellite-state.ts';
export { GNSS_ERROR_CODES, GnssError, type GnssErrorCode } from './error.ts';

export {
  type Direction,
  directionFromEnu,
  ecefFromGeodetic,
  enuFromEcef,
  type Geodetic,
  geodeticFromEcef,
  type Vector3,
} from './geodesy.ts';
export {
  epochOf,
  type GnssObservation,
  type GnssObservationSet,
  observed,
} from './observation/observation-set.ts';
export { encodeObservations, type MsmOptions, msmMessages } from './observation/to-msm.ts';
export {
  createReceiver,
  type Receiver,
  type ReceiverDiscardReason,
  type ReceiverEvent,
  type ReceiverOptions,
} from './receiver/receiver.ts';
export { type RinexNav, readRinexNav } from './rinex/nav.ts';
export { type RinexEpoch, type RinexObs, readRinexObs } from './rinex/obs.ts';
export { type DiscardedRange, type DiscardReason, encodeFrame, type RtcmFrame } from './rtcm3/frame.ts';
export { type FramerEvent, RtcmFramer } from './rtcm3/framer.ts';
export {
  decodeMessage,
  type EphemerisMessage,
  encodeMessage,
  encodePayload,
  type MalformedMessage,
  messageType,
  type RtcmMessage,
  type UnsupportedMessage,
} from './rtcm3/message.ts';
export {
  lockIndicator,
  type MsmCell,
  type MsmMessage,
  type MsmSatellite,
  minimumLockTime,
} from './rtcm3/msm.ts';
export type { MsmVariant } from './rtcm3/msm-signals.ts';
export { type StationMessage, stationMessage } from './rtcm3/station.ts';
export {
  bdsOrbitClass,
  type GnssSystem,
  isBdsGeo,
  numberOf,
  parseSatelliteId,
  type SatelliteId,
  satelliteId,
  systemOf,
} from './satellite.ts';
export { carrierFrequency, SPEED_OF_LIGHT } from './signal.ts';
export { designConstellation } from './simulate/constellation.ts';
export { type SimulationInput, simulateObservations } from './simulate/simulate-observations.ts';
export {
  type SatellitePlace,
  type SkyPlace,
  satellitePlaces,
  skyView,
  type UnplacedSatellite,
} from './sky/sky-view.ts';
export { DEFAULT_KLOBUCHAR, ionosphericDelay, type Klobuchar } from './solve/klobuchar.ts';
export type { Exclusion, SolvableSystem } from './solve/measurement.ts';
export { posHeader, posLine } from './solve/pos-format.ts';
export { troposphericDelay } from './solve/saastamoinen.ts';
export type {
  Dops,
  ExcludedSatellite,
  NoSolution,
  SatelliteResidual,
  Solution,
  SolveOptions,
  Velocity,
} from './solve/solution.ts';
export { type SolveInput, solvePosition } from './solve/solve.ts';
export { leapSecondsAtGpst, leapSecondsAtUtc } from './time/leap-seconds.ts';
export * from './time/time-scale.ts';
