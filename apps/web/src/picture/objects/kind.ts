import type { Position } from '../../geometry/antimeridian.ts';

/** Where something may be drawn. A coarse position is a cell and never a point. */
export type Place =
  | { readonly at: 'point'; readonly lon: number; readonly lat: number }
  | { readonly at: 'cell'; readonly cell: string }
  | { readonly at: 'area'; readonly ring: readonly Position[] };

export const LAYERS = ['vessels', 'receivers', 'satellites', 'scenes', 'detections', 'events'] as const;
export type Layer = (typeof LAYERS)[number];

export type Item = Readonly<Record<string, unknown>>;

/** What the picture knows about a kind of item. */
export interface Kind {
  readonly layer: Layer;
  /** The field that names the series, where the server does not. */
  readonly series: string;
  /** Numbers whose last values are kept, by field. */
  readonly metrics: readonly string[];
  /** Without news for this long an object is drawn as stale; undefined where age does not matter. */
  readonly staleMs?: number;
}

const MINUTE = 60_000;

const kinds: Readonly<Record<string, Kind>> = {
  'gnss.position': {
    layer: 'receivers',
    series: 'receiver',
    metrics: ['hDop', 'vDop', 'satellitesUsed', 'residual_m'],
    staleMs: MINUTE / 2,
  },
  'ais.position': { layer: 'vessels', series: 'mmsi', metrics: ['speed', 'course'], staleMs: 6 * MINUTE },
  'orbit.elset': { layer: 'satellites', series: 'satNo', metrics: [] },
  'eo.scene': { layer: 'scenes', series: 'sceneId', metrics: [] },
  'eo.detection': { layer: 'detections', series: 'detectionId', metrics: [] },
  'gnss.interference': { layer: 'events', series: 'id', metrics: ['confidence'] },
  'gnss.integrity': { layer: 'events', series: 'receiver', metrics: ['confidence'] },
};

/** Undefined for kinds that the picture does not draw (they still count in the streams). */
export const kindOf = (kind: string): Kind | undefined =>
  Object.hasOwn(kinds, kind) ? kinds[kind] : undefined;

export const number = (value: unknown): number | undefined =>
  typeof value === 'number' && Number.isFinite(value) ? value : undefined;

export const text = (value: unknown): string | undefined =>
  typeof value === 'string' && value !== '' ? value : typeof value === 'number' ? String(value) : undefined;

export function seriesOf(kind: Kind, item: Item, otherwise: string): string {
  return text(item[kind.series]) ?? otherwise;
}

/** A number of a field; for a list, how many it has. */
export const metricOf = (value: unknown): number | undefined =>
  Array.isArray(value) ? value.length : number(value);

/**
 * Direction of a ship's mark in degrees: the heading where the ship gives one (511 means none, ITU-R M.1371), else the
 * course, unless it lies still.
 */
export function headingOf(item: Item): number | undefined {
  const heading = number(item['trueHeading']) ?? number(item['heading']);
  if (heading !== undefined && heading < 360) return heading;
  const course = number(item['course']);
  return course !== undefined && course < 360 && (number(item['speed']) ?? 0) > 0.3 ? course : undefined;
}
