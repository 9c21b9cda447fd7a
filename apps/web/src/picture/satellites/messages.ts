import type { Position } from '../../geometry/antimeridian.ts';
import type { Elements } from './elements.ts';
import type { SubPoint } from './state.ts';

export type ToWorker =
  | { readonly type: 'elements'; readonly changed: readonly Elements[]; readonly order: readonly string[] }
  | { readonly type: 'select'; readonly key: string | undefined }
  | { readonly type: 'tick'; readonly at: number };

export interface States {
  readonly type: 'states';
  /** Milliseconds of UTC. */
  readonly at: number;
  readonly order: readonly string[];
  /** Six floats a satellite, see `state.ts`. */
  readonly states: Float32Array;
}

export interface Selected {
  readonly type: 'selected';
  readonly key: string;
  readonly at: number;
  readonly here: SubPoint | undefined;
  /** Ground track over one revolution around now; only sent when it was made anew. */
  readonly track?: readonly Position[];
}

export type FromWorker = States | Selected;
