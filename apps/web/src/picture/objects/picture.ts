import type { Released } from '../../api/contract.ts';
import { parseTime } from '../../format/time.ts';
import type { Position } from '../../geometry/antimeridian.ts';
import { headingOf, type Item, kindOf, type Layer, metricOf, type Place, seriesOf } from './kind.ts';
import { placeOf } from './place.ts';

export interface Sample {
  readonly time: number;
  readonly values: Readonly<Record<string, number>>;
}

/** Something on the picture: the newest released item of a series, with what was released of it before. */
export interface PictureObject {
  readonly key: string;
  readonly series: string;
  readonly stream: string;
  readonly party: string;
  readonly layer: Layer;
  readonly released: Released;
  readonly place: Place | undefined;
  readonly heading: number | undefined;
  /** Milliseconds: of the item, and of its arrival here. */
  readonly time: number;
  readonly received: number;
  readonly history: readonly Sample[];
  readonly track: readonly Position[];
}

const HISTORY = 60;
const TRACK = 120;

/** Objects by stream and series. Pure of clocks: `now` is handed in. */
export class Picture {
  readonly #objects = new Map<string, PictureObject>();
  readonly #statics = new Map<string, { readonly stream: string; readonly item: Item }>();
  readonly #dirty = new Set<Layer>();
  #removals = 0;

  apply(released: Released, now: number): void {
    const { kind, item, stream } = released;
    if (kind === 'ais.static') {
      this.#statics.set(`${stream.split('/')[0]}|${String(item['mmsi'])}`, { stream, item });
      this.#dirty.add('vessels');
      return;
    }
    const known = kindOf(kind);
    if (known === undefined) return;
    const series = released.series ?? seriesOf(known, item, released.id);
    const key = `${stream}|${series}`;
    const before = this.#objects.get(key);
    const time = parseTime(released.time);
    if (before !== undefined && time < before.time) return;
    const place = placeOf(item);
    const values: Record<string, number> = {};
    for (const name of known.metrics) {
      const value = metricOf(item[name]);
      if (value !== undefined) values[name] = value;
    }
    this.#objects.set(key, {
      key,
      series,
      stream,
      party: released.originators[0] ?? stream.split('/')[0] ?? '',
      layer: known.layer,
      released,
      place,
      heading: headingOf(item),
      time,
      received: now,
      history: [...(before?.history ?? []).slice(1 - HISTORY), { time, values }],
      track: trackWith(before?.track ?? [], place),
    });
    this.#dirty.add(known.layer);
  }

  /** Forgets all of a stream at once. Returns how many objects went. */
  dropStream(stream: string): number {
    let gone = 0;
    for (const [key, object] of this.#objects) {
      if (object.stream !== stream) continue;
      this.#objects.delete(key);
      this.#dirty.add(object.layer);
      gone += 1;
    }
    for (const [key, known] of this.#statics) {
      if (known.stream !== stream) continue;
      this.#statics.delete(key);
      this.#dirty.add('vessels');
    }
    this.#removals += 1;
    return gone;
  }

  /** How often something was taken away. */
  get removals(): number {
    return this.#removals;
  }

  get(key: string): PictureObject | undefined {
    return this.#objects.get(key);
  }

  objects(): Iterable<PictureObject> {
    return this.#objects.values();
  }

  get size(): number {
    return this.#objects.size;
  }

  /** What a ship said about itself, from any stream of the same party. */
  staticOf(object: PictureObject): Item | undefined {
    if (object.layer !== 'vessels') return undefined;
    const mmsi = String(object.released.item['mmsi'] ?? object.series);
    return this.#statics.get(`${object.stream.split('/')[0]}|${mmsi}`)?.item;
  }

  /** Layers that changed since the last call. */
  takeDirty(): ReadonlySet<Layer> {
    const dirty = new Set(this.#dirty);
    this.#dirty.clear();
    return dirty;
  }
}

function trackWith(track: readonly Position[], place: Place | undefined): readonly Position[] {
  if (place?.at !== 'point') return [];
  const last = track.at(-1);
  if (last !== undefined && last[0] === place.lon && last[1] === place.lat) return track;
  return [...track.slice(1 - TRACK), [place.lon, place.lat]];
}
