import {
  designConstellation,
  EphemerisStore,
  encodeMessage,
  encodeObservations,
  ephemerisMessage,
  type Gpst,
  numberOf,
  type SatelliteId,
  simulateObservations,
} from '@concord/gnss';
import { seeded } from './random.ts';
import type { Station } from './stations.ts';

/** Ephemerides are repeated this often, and the station's place, seconds. */
const EPHEMERIS_PERIOD = 30;
const STATION_PERIOD = 10;

/** The sky of one hour, the same for all stations. */
export class Sky {
  #from = Number.NaN;
  #store = new EphemerisStore();

  /** Ephemerides that a constellation of the published design broadcasts at an instant. */
  at(gpst: Gpst): EphemerisStore {
    if (!(gpst >= this.#from && gpst < this.#from + 3600)) {
      const ephemerides = designConstellation(gpst);
      this.#from = ephemerides[0]?.toe ?? gpst;
      this.#store = new EphemerisStore(ephemerides);
    }
    return this.#store;
  }
}

/**
 * What a station's receiver sends as RTCM 3: MSM7 each second, 1006 every ten, a 1042 for each satellite that is new
 * or has new elements and else every thirty. An epoch is a function of seed, station and instant alone.
 */
export class StationSignal {
  readonly station: Station;
  readonly #sky: Sky;
  readonly #seed: string;
  readonly #start: Gpst;
  /** Time of the elements sent last, by satellite in view. */
  #sent = new Map<SatelliteId, number>();
  #latest: Gpst;

  constructor(station: Station, sky: Sky, seed: string, start: Gpst) {
    this.station = station;
    this.#sky = sky;
    this.#seed = seed;
    this.#start = start;
    this.#latest = start;
  }

  /** The frames of one whole second of GPST. */
  second(gpst: Gpst): Uint8Array {
    this.#latest = gpst;
    const ephemerides = this.#sky.at(gpst);
    const { station } = this;
    const set = simulateObservations({
      receiver: station.name,
      gpst,
      receiverEcef: station.ecef,
      ephemerides,
      clockBias: station.clockBias + station.clockDrift * (gpst - this.#start),
      clockDrift: station.clockDrift,
      random: seeded(`${this.#seed}/${station.name}/${gpst}`),
    });
    const sats = set.gnssObservationList.map((observation) => observation.gnssSatId);
    const frames: Uint8Array[] = [];
    if (gpst % STATION_PERIOD === 0) frames.push(this.#place());
    frames.push(...this.#ephemerides(gpst, sats, ephemerides));
    frames.push(...encodeObservations(set, { station: station.number, gpst }));
    return concatenated(frames);
  }

  /** What a client that has just connected needs to make use of the next second. */
  greeting(): Uint8Array {
    const ephemerides = this.#sky.at(this.#latest);
    return concatenated([this.#place(), ...this.#messages([...this.#sent.keys()], ephemerides)]);
  }

  #ephemerides(gpst: Gpst, sats: readonly SatelliteId[], store: EphemerisStore): Uint8Array[] {
    const sent = new Map<SatelliteId, number>();
    const due: SatelliteId[] = [];
    for (const sat of sats) {
      const choice = store.select(sat, gpst);
      if ('refused' in choice) continue;
      const { toe } = choice.ephemeris;
      sent.set(sat, toe);
      if (this.#sent.get(sat) !== toe || numberOf(sat) % EPHEMERIS_PERIOD === gpst % EPHEMERIS_PERIOD)
        due.push(sat);
    }
    this.#sent = sent;
    return this.#messages(due, store);
  }

  #messages(sats: readonly SatelliteId[], store: EphemerisStore): Uint8Array[] {
    return [...store]
      .filter(({ sat }) => sats.includes(sat))
      .map((one) => encodeMessage(ephemerisMessage(one)));
  }

  #place(): Uint8Array {
    const { number, ecef } = this.station;
    return encodeMessage({
      ...{ kind: 'station', type: 1006, station: number, ecef, antennaHeight: 0, itrfYear: 0 },
      indicators: { gps: false, glonass: false, galileo: false },
      ...{ virtual: false, singleOscillator: true, quarterCycle: 0 },
    });
  }
}

function concatenated(frames: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(frames.reduce((sum, frame) => sum + frame.length, 0));
  let at = 0;
  for (const frame of frames) {
    all.set(frame, at);
    at += frame.length;
  }
  return all;
}
