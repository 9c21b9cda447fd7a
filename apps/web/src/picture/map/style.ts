import type { ExpressionSpecification, LayerSpecification, StyleSpecification } from 'maplibre-gl';
import type { MarkColours } from './images.ts';

/** Layers that answer to a click, the uppermost first. */
export const PICKED = [
  'events',
  'vessels',
  'receivers',
  'detections',
  'vessels-count',
  'receivers-count',
  'detections-count',
  'vessels-cells',
  'receivers-cells',
  'detections-cells',
  'events-cells',
  'scenes-fill',
] as const;

/** Sources that `Globe` fills, each with its layers' features. */
export const SOURCES = [
  'grid',
  'grid-words',
  'land',
  'shore',
  'areas',
  'vessels',
  'vessels-areas',
  'receivers',
  'receivers-areas',
  'detections',
  'detections-areas',
  'events',
  'events-areas',
  'scenes-areas',
  'selection',
] as const;
export type SourceName = (typeof SOURCES)[number];

const STALE = 0.38;
/** From afar marks are smaller: a fleet should not hide an ocean. */
const SIZE: ExpressionSpecification = ['interpolate', ['linear'], ['zoom'], 2, 0.45, 7, 1];
const faded = (whole: number): ExpressionSpecification => ['case', ['get', 'stale'], whole * STALE, whole];

function partyColour({ parties, palette }: MarkColours): ExpressionSpecification | string {
  if (parties.size === 0) return palette.area;
  const pairs = [...parties].flat();
  return ['match', ['get', 'party'], ...pairs, palette.area] as unknown as ExpressionSpecification;
}

/** The layers from the ground up. Made anew for other colours: `Globe` sets what differs. */
export function layersOf(colours: MarkColours): LayerSpecification[] {
  const { palette } = colours;
  const party = partyColour(colours);
  const cells = (of: string): LayerSpecification[] => [
    {
      id: `${of}-cells`,
      type: 'fill',
      source: `${of}-areas`,
      paint: { 'fill-color': party, 'fill-opacity': faded(0.22), 'fill-antialias': false },
    },
    {
      id: `${of}-cells-line`,
      type: 'line',
      source: `${of}-areas`,
      paint: { 'line-color': party, 'line-width': 1, 'line-opacity': faded(0.8) },
    },
  ];
  const count = (of: string): LayerSpecification => ({
    id: `${of}-count`,
    type: 'symbol',
    source: `${of}-areas`,
    layout: {
      'icon-image': ['concat', 'cell|', ['get', 'party'], '|', ['to-string', ['get', 'n']]],
      'icon-size': SIZE,
      'icon-allow-overlap': true,
      'icon-ignore-placement': true,
    },
    paint: { 'icon-opacity': faded(1) },
  });
  const mark = (id: string, image: ExpressionSpecification, turned = false): LayerSpecification => ({
    id,
    type: 'symbol',
    source: id,
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
  return [
    { id: 'sea', type: 'background', paint: { 'background-color': palette.sea } },
    {
      id: 'land',
      type: 'fill',
      source: 'land',
      paint: { 'fill-color': palette.land, 'fill-antialias': false },
    },
    { id: 'shore', type: 'line', source: 'shore', paint: { 'line-color': palette.shore, 'line-width': 0.9 } },
    { id: 'grid', type: 'line', source: 'grid', paint: { 'line-color': palette.grid, 'line-width': 0.75 } },
    {
      id: 'grid-words',
      type: 'symbol',
      source: 'grid-words',
      layout: { 'icon-image': ['concat', 'word|', ['get', 'text']], 'icon-anchor': 'bottom-left' },
    },
    {
      id: 'areas-fill',
      type: 'fill',
      source: 'areas',
      paint: { 'fill-color': palette.area, 'fill-opacity': 0.06, 'fill-antialias': false },
    },
    {
      id: 'areas-line',
      type: 'line',
      source: 'areas',
      paint: { 'line-color': palette.area, 'line-width': 1.4, 'line-dasharray': [4, 3] },
    },
    {
      id: 'scenes-fill',
      type: 'fill',
      source: 'scenes-areas',
      paint: { 'fill-color': party, 'fill-opacity': 0.09, 'fill-antialias': false },
    },
    {
      id: 'scenes-line',
      type: 'line',
      source: 'scenes-areas',
      paint: { 'line-color': party, 'line-width': 1.1, 'line-opacity': 0.75 },
    },
    ...cells('vessels'),
    ...cells('receivers'),
    ...cells('detections'),
    ...cells('events'),
    {
      id: 'selection-fill',
      type: 'fill',
      source: 'selection',
      filter: ['==', ['geometry-type'], 'Polygon'],
      paint: { 'fill-color': palette.selection, 'fill-opacity': 0.05, 'fill-antialias': false },
    },
    {
      id: 'selection-line',
      type: 'line',
      source: 'selection',
      paint: { 'line-color': palette.selection, 'line-width': 1.4, 'line-opacity': 0.75 },
    },
    ...['vessels', 'receivers', 'detections'].map(count),
    mark('detections', ['concat', 'detection|', ['get', 'party']]),
    {
      id: 'receivers',
      type: 'circle',
      source: 'receivers',
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
      source: 'selection',
      filter: ['==', ['geometry-type'], 'Point'],
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
    const land = name === 'land' || name === 'shore';
    sources[name] = {
      type: 'geojson',
      data: empty,
      tolerance: land ? 0.3 : 0.2,
      ...(land ? { maxzoom: 8 } : {}),
    };
  }
  return { version: 8, projection: { type: 'globe' }, sources, layers: layersOf(colours) };
}
