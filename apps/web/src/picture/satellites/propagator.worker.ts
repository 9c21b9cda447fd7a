import type { SatRec } from 'satellite.js';
import { type Position, unwrap } from '../../geometry/antimeridian.ts';
import { satrecOf } from './elements.ts';
import type { FromWorker, ToWorker } from './messages.ts';
import { STATE_FLOATS, subPointAt, writeState } from './state.ts';

const satellites = new Map<string, SatRec | undefined>();
let order: readonly string[] = [];
let selected: string | undefined;
let trackMade = 0;
const TRACK_POINTS = 180;
const TRACK_AGAIN_MS = 60_000;

const scope = self as unknown as { postMessage(message: FromWorker, transfer?: Transferable[]): void };

/** Ground track from a quarter of a revolution ago to three quarters ahead. */
function trackOf(satrec: SatRec, at: number): Position[] {
  const periodMs = ((2 * Math.PI) / satrec.no) * 60_000;
  const track: Position[] = [];
  for (let i = 0; i <= TRACK_POINTS; i += 1) {
    const point = subPointAt(satrec, at + periodMs * (i / TRACK_POINTS - 0.25));
    if (point !== undefined) track.push([point.lon, point.lat]);
  }
  return unwrap(track);
}

function tellSelected(at: number): void {
  const satrec = selected === undefined ? undefined : satellites.get(selected);
  if (selected === undefined || satrec === undefined) return;
  const here = subPointAt(satrec, at);
  const again = Math.abs(at - trackMade) > TRACK_AGAIN_MS;
  if (again) trackMade = at;
  scope.postMessage({
    type: 'selected',
    key: selected,
    at,
    here,
    ...(again ? { track: trackOf(satrec, at) } : {}),
  });
}

self.onmessage = ({ data }: MessageEvent<ToWorker>): void => {
  switch (data.type) {
    case 'elements': {
      for (const { key, item } of data.changed) satellites.set(key, satrecOf(item));
      order = data.order;
      const kept = new Set(order);
      for (const key of satellites.keys()) if (!kept.has(key)) satellites.delete(key);
      break;
    }
    case 'select':
      selected = data.key;
      trackMade = 0;
      tellSelected(Date.now());
      break;
    case 'tick': {
      const states = new Float32Array(order.length * STATE_FLOATS);
      for (const [i, key] of order.entries()) writeState(satellites.get(key), data.at, states, i);
      scope.postMessage({ type: 'states', at: data.at, order, states }, [states.buffer]);
      tellSelected(data.at);
      break;
    }
  }
};
