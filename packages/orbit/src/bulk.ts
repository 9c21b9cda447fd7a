import {
  createSingleThreadRuntime,
  EcfPositionCalculator,
  EcfVelocityCalculator,
  EciBaseCalculator,
  GmstCalculator,
  type SatRec,
  BulkPropagator as WasmPropagator,
} from 'satellite.js';
import type { Elset } from './elset.ts';
import { OrbitError } from './error.ts';
import {
  failureOf,
  isFailure,
  LEAST_RADIUS_KM,
  MOST_RADIUS_KM,
  type PropagationErrorCode,
  type PropagationFailure,
  prepare,
} from './propagate.ts';

/** What a byte of `BulkStates.status` means, by its value. */
export const BULK_STATUS = [
  'ok',
  'bad-elements',
  'unsupported-theory',
  'decayed',
  'diverged',
  'out-of-range',
] as const satisfies readonly ('ok' | PropagationErrorCode)[];

/** States of all element sets at all instants, by element set and then by instant. */
export interface BulkStates {
  readonly frame: 'TEME' | 'ECEF';
  readonly elsets: number;
  readonly instants: number;
  /** Three numbers a state; NaN where there is none. */
  readonly position_km: Float64Array;
  readonly velocity_km_s: Float64Array;
  /** One byte a state, an index into `BULK_STATUS`. */
  readonly status: Uint8Array;
}

/** States a call may ask for: they fill about half a gigabyte. */
const MOST_STATES = 4_000_000;

type Runtime = Awaited<ReturnType<typeof createSingleThreadRuntime>>;
let runtime: Promise<Runtime> | undefined;

interface RawStates {
  readonly position: Float64Array;
  readonly velocity: Float64Array;
  readonly error: Int8Array;
}

/** SGP4 in WebAssembly over one catalogue and one frame. */
interface Engine {
  run(dates: Date[]): RawStates;
  dispose(): void;
}

function temeEngine(runtime: Runtime, satRecs: SatRec[]): Engine {
  const calculators = [new EciBaseCalculator()] as const;
  const wasm = new WasmPropagator({ runtime, calculators, satRecsCount: satRecs.length, datesCount: 1 });
  wasm.setSatRecs(satRecs);
  return {
    run: (dates) => {
      wasm.setDates(dates);
      wasm.run();
      return wasm.getRawOutput().eci;
    },
    dispose: () => wasm.dispose(),
  };
}

function ecefEngine(runtime: Runtime, satRecs: SatRec[]): Engine {
  const calculators = [
    new EciBaseCalculator(),
    new GmstCalculator(),
    new EcfPositionCalculator(),
    new EcfVelocityCalculator(),
  ] as const;
  const wasm = new WasmPropagator({ runtime, calculators, satRecsCount: satRecs.length, datesCount: 1 });
  wasm.setSatRecs(satRecs);
  return {
    run: (dates) => {
      wasm.setDates(dates);
      wasm.run();
      const raw = wasm.getRawOutput();
      return { position: raw.ecfPosition, velocity: raw.ecfVelocity, error: raw.eci.error };
    },
    dispose: () => wasm.dispose(),
  };
}

/**
 * Propagates a whole catalogue by SGP4 in WebAssembly, on the calling thread. Holds memory outside the garbage
 * collector: end it with `using` or `dispose()`.
 */
export class BulkPropagator implements Disposable {
  readonly elsets: readonly Elset[];
  /** Element sets that cannot be propagated at all, by their index. */
  readonly failures: ReadonlyMap<number, PropagationFailure>;
  readonly #runtime: Runtime;
  readonly #satRecs: SatRec[] = [];
  /** Index of the element set for each record given to the engine. */
  readonly #indexes: number[] = [];
  readonly #engines = new Map<'TEME' | 'ECEF', Engine>();
  #disposed = false;

  constructor(runtime: Runtime, elsets: readonly Elset[]) {
    this.#runtime = runtime;
    this.elsets = elsets;
    const failures = new Map<number, PropagationFailure>();
    elsets.forEach((elset, index) => {
      const ready = prepare(elset);
      if (isFailure(ready)) failures.set(index, ready);
      else {
        this.#satRecs.push(ready.satrec);
        this.#indexes.push(index);
      }
    });
    this.failures = failures;
  }

  /** States at instants in Unix milliseconds (fractions are cut), in the frame asked for. */
  propagate(instants: readonly number[], frame: 'TEME' | 'ECEF' = 'TEME'): BulkStates {
    if (this.#disposed) throw new OrbitError('disposed', 'propagator', 'its memory has been given back');
    const states = this.elsets.length * instants.length;
    if (states > MOST_STATES)
      throw new OrbitError('option-range', 'instants', `over ${MOST_STATES} states at once`);
    const dates = instants.map((instant) => {
      const date = new Date(instant);
      if (Number.isNaN(date.getTime()))
        throw new OrbitError('instant', 'instants', `Unix milliseconds, not ${instant}`);
      return date;
    });
    const position_km = new Float64Array(states * 3).fill(Number.NaN);
    const velocity_km_s = new Float64Array(states * 3).fill(Number.NaN);
    const status = new Uint8Array(states);
    for (const [index, { error }] of this.failures) {
      status.fill(BULK_STATUS.indexOf(error), index * dates.length, (index + 1) * dates.length);
    }
    const result: BulkStates = {
      frame,
      elsets: this.elsets.length,
      instants: dates.length,
      position_km,
      velocity_km_s,
      status,
    };
    if (this.#satRecs.length > 0 && dates.length > 0) this.#collect(this.#engine(frame).run(dates), result);
    return result;
  }

  dispose(): void {
    this.#disposed = true;
    for (const engine of this.#engines.values()) engine.dispose();
    this.#engines.clear();
  }

  [Symbol.dispose](): void {
    this.dispose();
  }

  #engine(frame: 'TEME' | 'ECEF'): Engine {
    let engine = this.#engines.get(frame);
    if (engine === undefined) {
      engine = (frame === 'TEME' ? temeEngine : ecefEngine)(this.#runtime, this.#satRecs);
      this.#engines.set(frame, engine);
    }
    return engine;
  }

  /** Copies what is a state out of the engine's memory, which the next run overwrites. */
  #collect(raw: RawStates, into: BulkStates): void {
    const { position, velocity, error } = raw;
    const count = into.instants;
    this.#indexes.forEach((index, record) => {
      for (let i = 0; i < count; i++) {
        const from = record * count + i;
        const to = index * count + i;
        const code = stateStatus(error[from] as number, position, from * 3);
        into.status[to] = code;
        if (code !== 0) continue;
        for (let axis = 0; axis < 3; axis++) {
          into.position_km[to * 3 + axis] = position[from * 3 + axis] as number;
          into.velocity_km_s[to * 3 + axis] = velocity[from * 3 + axis] as number;
        }
      }
    });
  }
}

const DIVERGED = BULK_STATUS.indexOf('diverged');
const OUT_OF_RANGE = BULK_STATUS.indexOf('out-of-range');

function stateStatus(error: number, position: Float64Array, at: number): number {
  if (error !== 0) return BULK_STATUS.indexOf(failureOf(error).error);
  const [x, y, z] = [position[at] as number, position[at + 1] as number, position[at + 2] as number];
  const square = x * x + y * y + z * z;
  if (Number.isNaN(square)) return DIVERGED;
  return square < LEAST_RADIUS_KM ** 2 || square > MOST_RADIUS_KM ** 2 ? OUT_OF_RANGE : 0;
}

/** Prepares a catalogue for propagation in bulk; element sets that are no orbits are kept as failures. */
export async function createBulkPropagator(elsets: readonly Elset[]): Promise<BulkPropagator> {
  runtime ??= createSingleThreadRuntime();
  return new BulkPropagator(await runtime, elsets);
}
