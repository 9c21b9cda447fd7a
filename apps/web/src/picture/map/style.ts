import type {
  ExpressionSpecification,
  LayerSpecification,
  LineLayerSpecification,
  StyleSpecification,
} from 'maplibre-gl';
import type { MarkColours } from './images.ts';

/** Layers that answer to a click, the uppermost first. */
export const PICKED = [
  'events',
  'vessels',
  'receivers',
  'detections',
  'cells-count',
  'cells-fill',
  'scenes-fill',
] as const;

/** Sources that `Globe` fills: coastlines, the graticule, areas and lines, and points. */
export const SOURCES = ['land', 'chart', 'shapes', 'marks'] as const;
export type SourceName = (typeof SOURCES)[number];

type Colour = ExpressionSpecification | string;
type Opacity = ExpressionSpecification | number;

const STALE = 0.38;
/** From afar marks are smaller: a fleet should not hide an ocean. */
const SIZE: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 2, 0.45, 7, 1];
const faded = (whole: number): ExpressionSpecification => ['case', ['get', 'stale'], whole * STALE, whole];

function partyColour({ parties, palette }: MarkColours): Colour {
  if (parties.size === 0) return palette.area;
  const pairs = [...parties].flat();
  return ['match', ['get', 'party'], ...pairs, palette.area] as unknown as ExpressionSpecification;
}

const part = (name: string): ExpressionSpecification => ['==', ['get', 'part'], name];
const geometry = (type: string): ExpressionSpecification => ['==', ['geometry-type'], type];
/** Cells of whatever layer: shapes with a count. */
const isCell: ExpressionSpecification = ['>', ['coalesce', ['get', 'n'], 0], 0];

const fill = (
  id: string,
  filter: ExpressionSpecification,
  colour: Colour,
  opacity: Opacity,
): LayerSpecification => ({
  id: `${id}-fill`,
  type: 'fill',
  source: 'shapes',
  filter: ['all', filter, geometry('Polygon')],
  paint: { 'fill-color': colour, 'fill-opacity': opacity, 'fill-antialias': false },
});

const outline = (
  id: string,
  filter: ExpressionSpecification,
  colour: Colour,
  width: number,
  more: { readonly 'line-opacity'?: Opacity; readonly 'line-dasharray'?: number[] },
): LayerSpecification => ({
  id: `${id}-line`,
  type: 'line',
  source: 'shapes',
  filter,
  paint: { 'line-color': colour, 'line-width': width, ...more } as NonNullable<
    LineLayerSpecification['paint']
  >,
});

const mark = (id: string, image: ExpressionSpecification, turned = false): LayerSpecification => ({
  id,
  type: 'symbol',
  source: 'marks',
  filter: part(id),
  layout: {
    'icon-image': image,
    'icon-size': SIZE,
    'icon-allow-overlap': true,
    'icon-ignore-placement': true,
    ...(turned
      ? {
          'icon-rotate': ['get', 'heading'] as ExpressionSpecification,
          'icon-rotation-alignment': 'map' as const,
        }
      : {}),
  },
  paint: { 'icon-opacity': faded(1) },
});

/** Sea, land, shore and graticule. */
function ground({ palette }: MarkColours): LayerSpecification[] {
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': palette.sea } },
    {
      id: 'land',
      type: 'fill',
      source: 'land',
      filter: part('land'),
      paint: { 'fill-color': palette.land, 'fill-antialias': false },
    },
    {
      id: 'shore',
      type: 'line',
      source: 'land',
      filter: part('shore'),
      paint: { 'line-color': palette.shore, 'line-width': 0.9 },
    },
    {
      id: 'grid',
      type: 'line',
      source: 'chart',
      filter: part('lines'),
      paint: { 'line-color': palette.grid, 'line-width': 0.75 },
    },
    {
      id: 'grid-words',
      type: 'symbol',
      source: 'chart',
      filter: part('words'),
      layout: { 'icon-image': ['concat', 'word|', ['get', 'text']], 'icon-anchor': 'bottom-left' },
    },
  ];
}

/** The layers from the ground up. Made anew for other colours: `Globe` sets what differs. */
export function layersOf(colours: MarkColours): LayerSpecification[] {
  const { palette } = colours;
  const party = partyColour(colours);
  return [
    ...ground(colours),
    fill('areas', part('areas'), palette.area, 0.06),
    outline('areas', part('areas'), palette.area, 1.4, { 'line-dasharray': [4, 3] }),
    fill('scenes', part('scenes'), party, 0.09),
    outline('scenes', part('scenes'), party, 1.1, { 'line-opacity': 0.75 }),
    fill('cells', isCell, party, faded(0.22)),
    outline('cells', isCell, party, 1, { 'line-opacity': faded(0.8) }),
    fill('selection', part('selection'), palette.selection, 0.05),
    outline('selection', part('selection'), palette.selection, 1.4, { 'line-opacity': 0.75 }),
    {
      id: 'cells-count',
      type: 'symbol',
      source: 'shapes',
      filter: isCell,
      layout: {
        'icon-image': ['concat', 'cell|', ['get', 'party'], '|', ['to-string', ['get', 'n']]],
        'icon-size': SIZE,
        'icon-allow-overlap': true,
        'icon-ignore-placement': true,
      },
      paint: { 'icon-opacity': faded(1) },
    },
    mark('detections', ['concat', 'detection|', ['get', 'party']]),
    {
      id: 'receivers',
      type: 'circle',
      source: 'marks',
      filter: part('receivers'),
      paint: {
        'circle-radius': ['interpolate', ['linear'], ['zoom'], 2, 1.6, 7, 3.2],
        'circle-color': party,
        'circle-opacity': faded(1),
        'circle-stroke-width': ['interpolate', ['linear'], ['zoom'], 2, 2, 7, 5],
        'circle-stroke-color': party,
        'circle-stroke-opacity': faded(0.28),
      },
    },
    mark('vessels', ['concat', ['case', ['get', 'still'], 'still|', 'ship|'], ['get', 'party']], true),
    mark('events', ['concat', 'event|', ['get', 'party']]),
    {
      id: 'selection-ring',
      type: 'circle',
      source: 'marks',
      filter: part('selection'),
      paint: {
        'circle-radius': 13,
        'circle-opacity': 0,
        'circle-stroke-width': 1.75,
        'circle-stroke-color': palette.selection,
      },
    },
  ];
}

const empty: GeoJSON.FeatureCollection = { type: 'FeatureCollection', features: [] };

export function styleOf(colours: MarkColours): StyleSpecification {
  const sources: StyleSpecification['sources'] = {};
  for (const name of SOURCES) {
    const land = name === 'land';
    sources[name] = {
      type: 'geojson',
      data: empty,
      tolerance: land ? 0.3 : 0.2,
      ...(land ? { maxzoom: 8 } : {}),
    };
  }
  return { version: 8, projection: { type: 'globe' }, sources, layers: layersOf(colours) };
}
