import type { Position } from './antimeridian.ts';
import type { Bounds } from './bounds.ts';

export interface Graticule {
  readonly lines: readonly (readonly Position[])[];
  /** Where lines cross in the view, with their coordinates in words; none while the whole Earth is seen. */
  readonly labels: readonly { readonly at: Position; readonly text: string }[];
}

/** Degrees between lines at a zoom: some three to eight lines across a view. */
export function stepAt(zoom: number): number {
  if (zoom < 3.5) return 15;
  if (zoom < 5) return 5;
  if (zoom < 6.8) return 2;
  if (zoom < 8) return 1;
  return zoom < 9.5 ? 0.5 : 0.25;
}

/** Meridians and parallels of a view; with points often enough that they bend with the globe. */
export function graticule(zoom: number, [west, south, east, north]: Bounds): Graticule {
  const step = stepAt(zoom);
  const whole = step >= 15;
  const w = whole ? -180 : Math.floor(west / step - 1) * step;
  const e = whole ? 180 - step : Math.ceil(east / step + 1) * step;
  const s = whole ? -90 + step : Math.max(-90 + step, Math.floor(south / step - 1) * step);
  const n = whole ? 90 - step : Math.min(90 - step, Math.ceil(north / step + 1) * step);
  const lons = range(w, e, step);
  const lats = range(s, n, step);
  const bend = Math.min(step, 3);
  const alongLat = range(whole ? -84 : s, whole ? 84 : n, bend);
  const alongLon = range(w, whole ? 180 : e, bend);
  const lines = [
    ...lons.map((lon) => alongLat.map((lat): Position => [lon, lat])),
    ...lats.map((lat) => alongLon.map((lon): Position => [lon, lat])),
  ];
  const labels = whole
    ? []
    : lons.flatMap((lon) =>
        lats.map((lat) => ({
          at: [lon, lat] as const,
          text: `${latitudeName(lat)} ${longitudeName(lon)}`,
        })),
      );
  return { lines, labels };
}

const turn = (lon: number): number => ((((lon + 180) % 360) + 360) % 360) - 180;

/** `32°N`, `31°30′N`: to whole minutes, for lines of a chart. */
export const latitudeName = (lat: number): string => name(lat, 'N', 'S');
export const longitudeName = (lon: number): string => name(turn(lon), 'E', 'W');

function name(value: number, positive: string, negative: string): string {
  const minutes = Math.round(Math.abs(value) * 60);
  const rest = minutes % 60;
  const text = `${Math.floor(minutes / 60)}°${rest === 0 ? '' : `${String(rest).padStart(2, '0')}′`}`;
  return minutes === 0 ? text : text + (value < 0 ? negative : positive);
}

function range(from: number, to: number, step: number): number[] {
  const count = Math.max(0, Math.floor((to - from) / step + 1e-9));
  return Array.from({ length: count + 1 }, (_, i) => from + i * step);
}
