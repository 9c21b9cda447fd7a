import {
  type GeoJSONSource,
  Map as MapLibre,
  type MapMouseEvent,
  setWorkerCount,
  setWorkerUrl,
} from 'maplibre-gl';
import workerUrl from 'maplibre-gl/dist/maplibre-gl-worker.mjs?url';
import 'maplibre-gl/dist/maplibre-gl.css';
import type { Position } from '../../geometry/antimeridian.ts';
import type { Bounds } from '../../geometry/bounds.ts';
import { graticule } from '../../geometry/graticule.ts';
import { drawMark, MARK_RATIO, type MarkColours } from './images.ts';
import { type Detail, detailAt, loadLand } from './land.ts';
import { paceAt } from './pace.ts';
import { Parts } from './parts.ts';
import { SatelliteLayer } from './satellite-layer.ts';
import { layersOf, PICKED, type SourceName, styleOf } from './style.ts';

setWorkerUrl(workerUrl);
// Fine coastlines take a second or two to cut into tiles: ships must not wait for them.
setWorkerCount(2);

export interface GlobeEvents {
  readonly select: (key: string | undefined) => void;
  readonly pointer: (at: Position | undefined) => void;
  readonly failed: (message: string) => void;
}

/** Beyond this the projection turns flat, and coastlines have nothing more to say. */
const MAX_ZOOM = 10.8;
const REACH = 9;
/** Width of the panel of streams with its margins, pixels. */
const PANEL = 350;
/** Height of the line below the map. */
const FOOT = 28;
const details: readonly Detail[] = ['coarse', 'middle', 'fine'];

/** The map: knows how to draw, and nothing about streams or labels. */
export class Globe {
  readonly satellites = new SatelliteLayer();
  readonly #map: MapLibre;
  readonly #events: GlobeEvents;
  readonly #parts = new Parts<SourceName>();
  #colours: MarkColours;
  #ready = false;
  #detail: Detail | undefined;
  #timer: number | undefined;
  /** Milliseconds from the last frame until the browser had time for the second after it. */
  #cost = 0;
  #measuring = false;
  #flushing = false;

  constructor(container: HTMLElement, colours: MarkColours, events: GlobeEvents) {
    this.#colours = colours;
    this.#events = events;
    this.#map = new MapLibre({
      container,
      style: styleOf(colours),
      center: [10, 30],
      zoom: 1.4,
      minZoom: 0.2,
      maxZoom: MAX_ZOOM,
      maxPitch: 60,
      attributionControl: false,
      maplibreLogo: false,
      fadeDuration: 0,
    });
    const map = this.#map;
    this.resize();
    map.keyboard.enable();
    map.setMissingStyleImageResolver((id) => {
      if (!map.hasImage(id)) map.addImage(id, drawMark(id, this.#colours), { pixelRatio: MARK_RATIO });
    });
    map.on('load', () => {
      this.#ready = true;
      map.addLayer(this.satellites, 'selection-ring');
      this.#flush();
      this.#settle();
      this.#beat();
    });
    map.on('error', ({ error }) => this.#events.failed(error.message));
    map.on('moveend', () => this.#settle());
    map.on('render', () => this.#measure());
    map.on('click', (event) => this.#events.select(this.#pick(event)));
    map.on('mousemove', (event) => {
      const { lng, lat } = event.lngLat;
      this.#events.pointer([lng, lat]);
    });
    map.on('mouseout', () => this.#events.pointer(undefined));
  }

  /** Replaces a part of a source; what is set in one turn is drawn together. */
  set(source: SourceName, part: string, features: readonly GeoJSON.Feature[]): void {
    this.#parts.set(source, part, features);
    if (!this.#flushing) queueMicrotask(() => this.#flush());
    this.#flushing = true;
  }

  #flush(): void {
    this.#flushing = false;
    if (!this.#ready) return;
    for (const [source, data] of this.#parts.take())
      void this.#map.getSource<GeoJSONSource>(source)?.setData(data);
  }

  setColours(colours: MarkColours): void {
    this.#colours = colours;
    const map = this.#map;
    const paint = (): void => {
      for (const layer of layersOf(colours)) {
        for (const [name, value] of Object.entries(layer.paint ?? {})) {
          map.setPaintProperty(layer.id, name as Parameters<typeof map.setPaintProperty>[1], value);
        }
      }
      for (const id of map.listImages()) map.updateImage(id, drawMark(id, colours));
    };
    if (this.#ready) paint();
    else map.once('load', paint);
  }

  /** Brings bounds into view. */
  fit(bounds: Bounds, maxZoom = 9, animate = true): void {
    const [west, south, east, north] = bounds;
    this.#map.fitBounds(
      [
        [west, south],
        [east, north],
      ],
      { padding: 60, maxZoom, animate, duration: 900 },
    );
  }

  flyTo(at: Position, zoom?: number): void {
    this.#map.easeTo({ center: [at[0], at[1]], duration: 700, ...(zoom === undefined ? {} : { zoom }) });
  }

  zoomBy(step: number): void {
    this.#map.easeTo({ zoom: this.#map.getZoom() + step, duration: 250 });
  }

  /** The whole Earth, turned as it is. */
  whole(): void {
    this.#map.easeTo({ zoom: 2, pitch: 0, bearing: 0, duration: 900 });
  }

  get zoom(): number {
    return this.#map.getZoom();
  }

  /** After its element changed its size: the view's middle is that of the part which no panel covers. */
  resize(): void {
    this.#map.resize();
    const { clientWidth } = this.#map.getCanvas();
    this.#map.setPadding({ left: clientWidth > PANEL * 3 ? PANEL : 0, right: 0, top: 0, bottom: FOOT });
  }

  remove(): void {
    window.clearTimeout(this.#timer);
    this.#map.remove();
  }

  #pick({ point }: MapMouseEvent): string | undefined {
    const { clientWidth, clientHeight } = this.#map.getCanvas();
    const near = this.satellites.pick(point.x, point.y, clientWidth, clientHeight, REACH);
    const found = this.#map.queryRenderedFeatures(
      [
        [point.x - 4, point.y - 4],
        [point.x + 4, point.y + 4],
      ],
      { layers: [...PICKED] },
    );
    const marks = found.filter(({ layer }) => layer.id !== 'scenes-fill');
    const key = (marks[0] ?? (near === undefined ? found[0] : undefined))?.properties['key'];
    return typeof key === 'string' ? key : near;
  }

  /** After each move: the graticule of the view, and finer coastlines where they would be seen. */
  #settle(): void {
    const map = this.#map;
    const view = map.getBounds();
    const grid = graticule(map.getZoom(), [view.getWest(), view.getSouth(), view.getEast(), view.getNorth()]);
    const lines = grid.lines.map((line) => line.map((p) => [...p]));
    this.set('chart', 'lines', [feature({ type: 'MultiLineString', coordinates: lines })]);
    this.set(
      'chart',
      'words',
      grid.labels.map(({ at, text }) => feature({ type: 'Point', coordinates: [...at] }, { text })),
    );
    this.#sharpen();
  }

  /** Coarse coastlines first; finer ones when the view comes near to any land. Never goes back. */
  #sharpen(): void {
    const have = this.#detail === undefined ? -1 : details.indexOf(this.#detail);
    const near = have >= 0 && this.#map.queryRenderedFeatures({ layers: ['land', 'shore'] }).length > 0;
    const wanted = near ? detailAt(this.#map.getZoom()) : 'coarse';
    if (details.indexOf(wanted) <= have) return;
    const before = this.#detail;
    this.#detail = wanted;
    loadLand(wanted).then(
      ({ land, shore }) => {
        if (this.#detail !== wanted) return;
        this.set('land', 'land', land);
        this.set('land', 'shore', shore);
        if (before === undefined) this.#map.once('idle', () => this.#sharpen());
      },
      () => {
        this.#detail = before;
      },
    );
  }

  /** Milliseconds that should lie between two drawings that nobody asked for. */
  get pace(): number {
    return paceAt(this.#map.getZoom(), this.#cost);
  }

  #measure(): void {
    if (this.#measuring) return;
    this.#measuring = true;
    const from = performance.now();
    requestAnimationFrame(() =>
      requestAnimationFrame(() => {
        this.#cost = performance.now() - from;
        this.#measuring = false;
      }),
    );
  }

  #beat(): void {
    const { pace } = this;
    this.#timer = window.setTimeout(() => {
      const seen = !document.hidden && this.#map.getContainer().offsetParent !== null;
      if (seen && this.satellites.order.length > 0) {
        this.#map.triggerRepaint();
      }
      this.#beat();
    }, pace);
  }
}

const feature = (
  geometry: GeoJSON.Geometry,
  properties: GeoJSON.GeoJsonProperties = {},
): GeoJSON.Feature => ({
  type: 'Feature',
  properties,
  geometry,
});
