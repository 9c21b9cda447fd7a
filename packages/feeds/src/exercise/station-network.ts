import { type Gpst, gpstFromUtc, utcMillis } from '@concord/gnss';
import { Caster } from '../ntrip/caster.ts';
import type { SourceStream } from '../ntrip/source-table.ts';
import { Sky, StationSignal } from './station-signal.ts';
import { type Station, stationsOf } from './stations.ts';
import type { Waters } from './waters.ts';

/** The receivers send one after the other, milliseconds apart, so that no moment has them all. */
const STAGGER = 60;

/** The reference receivers of the exercise behind their caster. */
export class StationNetwork {
  readonly #caster: Caster;
  readonly #signals: readonly { readonly signal: StationSignal; next: Gpst }[];

  private constructor(caster: Caster, signals: readonly StationSignal[], first: Gpst) {
    this.#caster = caster;
    this.#signals = signals.map((signal) => ({ signal, next: first }));
  }

  static async open(waters: Waters, seed: string, start: number): Promise<StationNetwork> {
    const begin = gpstFromUtc(utcMillis(start));
    const sky = new Sky();
    const signals = stationsOf(waters, seed).map((station) => new StationSignal(station, sky, seed, begin));
    const mounts = signals.map((signal) => ({
      stream: streamOf(signal.station),
      greeting: () => signal.greeting(),
    }));
    return new StationNetwork(await Caster.start({ mounts }), signals, Math.ceil(begin) as Gpst);
  }

  get stations(): readonly Station[] {
    return this.#signals.map(({ signal }) => signal.station);
  }

  get port(): number {
    return this.#caster.port;
  }

  /** Sends the whole seconds that are due, those after `from` only. */
  step(now: number, from: number): void {
    const oldest = Math.ceil(gpstFromUtc(utcMillis(from)));
    for (const [index, station] of this.#signals.entries()) {
      const until = gpstFromUtc(utcMillis(now - index * STAGGER));
      if (station.next < oldest) station.next = oldest as Gpst;
      for (; station.next <= until; station.next = (station.next + 1) as Gpst) {
        this.#caster.publish(station.signal.station.mount, station.signal.second(station.next));
      }
    }
  }

  close(): Promise<void> {
    return this.#caster.close();
  }
}

function streamOf({ name, mount, lat, lon }: Station): SourceStream {
  return {
    mount,
    identifier: `EXERCISE ${name}`,
    format: 'RTCM 3.3',
    formatDetails: '1006(10),1042(30),1127(1)',
    carrier: 2,
    navSystem: 'BDS',
    network: 'EXERCISE',
    country: '',
    lat: Number(lat.toFixed(2)),
    lon: Number(lon.toFixed(2)),
    wantsGga: false,
    networkSolution: false,
    generator: 'Concord exercise',
    authentication: 'N',
    fee: false,
    bitrate: 9600,
  };
}
