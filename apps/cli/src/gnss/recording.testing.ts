import {
  designConstellation,
  EphemerisStore,
  ecefFromGeodetic,
  encodeMessage,
  encodeObservations,
  ephemerisMessage,
  type Gpst,
  gpst,
  simulateObservations,
  stationMessage,
} from '@concord/gnss';

/** Where and when the simulated station stands. */
export const STATION = ecefFromGeodetic({ lat: 1.3, lon: 103.8, heightEllipsoidal: 30 });
export const START = gpst(2400, 300_000);

/**
 * A recording of a station without noise: `epochs` seconds of BDS observations, and then, where a careless reader has
 * no use for it any more, where the station is and the ephemerides that are needed.
 */
export function recording(epochs: number): { observations: Buffer[]; facts: Buffer } {
  const constellation = designConstellation(START);
  const ephemerides = new EphemerisStore(constellation);
  const observations = Array.from({ length: epochs }, (_, n) => {
    const at = (START + n) as Gpst;
    const set = simulateObservations({ receiver: 'x', gpst: at, receiverEcef: STATION, ephemerides });
    return Buffer.concat(encodeObservations(set, { station: 42 }));
  });
  const facts = Buffer.concat([
    encodeMessage(stationMessage(42, STATION)),
    ...constellation.map((ephemeris) => encodeMessage(ephemerisMessage(ephemeris))),
  ]);
  return { observations, facts };
}
