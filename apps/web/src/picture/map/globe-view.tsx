import { useEffect, useMemo, useRef, useState } from 'react';
import type { Position } from '../../geometry/antimeridian.ts';
import { boundsOf, positionsOf } from '../../geometry/bounds.ts';
import { cellCentre } from '../../geometry/cell.ts';
import { useParties, useScheme } from '../../shell/parties.ts';
import { palettes, rgb } from '../../theme/palette.ts';
import { useWatch } from '../../watch/use-watch.ts';
import { say } from '../../words/say.ts';
import type { Command } from '../commands.ts';
import { featuresOf } from '../objects/features.ts';
import { LAYERS } from '../objects/kind.ts';
import type { PictureObject } from '../objects/picture.ts';
import { useSatellites } from '../satellites/use-satellites.ts';
import type { NamedArea } from '../use-areas.ts';
import { Globe } from './globe.ts';
import { selectionOf } from './selection.ts';
import type { SourceName } from './style.ts';

interface Props {
  readonly areas: readonly NamedArea[];
  readonly selected: string | undefined;
  readonly command: Command | undefined;
  readonly shown: boolean;
  readonly onSelect: (key: string | undefined) => void;
  readonly onPointer: (at: Position | undefined) => void;
}

/** Marks older than this are drawn anew, so that what went stale shows it. */
const REFRESH_MS = 10_000;

export default function GlobeView(props: Props) {
  const { areas, selected, command, shown, onSelect, onPointer } = props;
  const watch = useWatch();
  const scheme = useScheme();
  const { colours: parties } = useParties();
  const colours = useMemo(() => ({ palette: palettes[scheme], parties }), [scheme, parties]);
  const holder = useRef<HTMLDivElement>(null);
  const [globe, setGlobe] = useState<Globe>();
  const [failed, setFailed] = useState(false);
  const handlers = useRef({ onSelect, onPointer });
  handlers.current = { onSelect, onPointer };
  const satellites = useSatellites(globe, shown);

  // biome-ignore lint/correctness/useExhaustiveDependencies: one map as long as the screen lives; colours follow below
  useEffect(() => {
    if (holder.current === null) return;
    let made: Globe;
    try {
      made = new Globe(holder.current, colours, {
        select: (key) => handlers.current.onSelect(key),
        pointer: (at) => handlers.current.onPointer(at),
        failed: (message) => console.warn(`map: ${message}`),
      });
    } catch {
      setFailed(true);
      return;
    }
    setGlobe(made);
    return () => {
      setGlobe(undefined);
      made.remove();
    };
  }, []);

  useEffect(() => globe?.setColours(colours), [globe, colours]);
  useEffect(() => {
    if (shown) globe?.resize();
  }, [globe, shown]);

  const drawn = useRef({ hidden: watch.hidden, at: 0, globe });
  useEffect(() => {
    if (globe === undefined || !shown) return;
    const now = Date.now();
    const { hidden } = watch;
    const all =
      drawn.current.hidden !== hidden || drawn.current.globe !== globe || now - drawn.current.at > REFRESH_MS;
    const dirty = watch.picture.takeDirty();
    if (all) drawn.current = { hidden, at: now, globe };
    for (const layer of LAYERS) {
      if (layer === 'satellites' || !(all || dirty.has(layer))) continue;
      const { points, areas: polygons } = featuresOf(watch.picture.objects(), layer, hidden, now);
      if (layer !== 'scenes') globe.setSource(layer as SourceName, points);
      globe.setSource(`${layer}-areas` as SourceName, polygons);
    }
    satellites.update(all || dirty.has('satellites'), (object: PictureObject) => {
      if (hidden.has(object.stream)) return undefined;
      const [r, g, b] = rgb(parties.get(object.party) ?? palettes[scheme].area);
      return [r, g, b, object.released.item['imaging'] === undefined ? 5 : 8];
    });
  }, [watch.version, globe, shown]);

  useEffect(() => {
    if (globe === undefined) return;
    drawn.current.at = 0;
    const features = areas.flatMap(({ geojson }) =>
      geojson.type === 'FeatureCollection'
        ? geojson.features
        : geojson.type === 'Feature'
          ? [geojson]
          : [feature(geojson)],
    );
    globe.setSource('areas', { type: 'FeatureCollection', features });
  }, [globe, areas]);

  // The view begins at the agreements' areas: there is what this node is for.
  const begun = useRef(false);
  useEffect(() => {
    const bounds = boundsOf(areas.flatMap(({ geojson }) => positionsOf(geojson)));
    if (globe === undefined || bounds === undefined || begun.current) return;
    begun.current = true;
    globe.fit(bounds, 8, false);
  }, [globe, areas]);

  useEffect(() => {
    globe?.setSource(
      'selection',
      selectionOf(selected === undefined ? undefined : watch.picture.get(selected), satellites.selected),
    );
  }, [globe, selected, watch.version, satellites.selected]);
  useEffect(() => satellites.select(selected), [selected]);

  useEffect(() => {
    if (globe === undefined || command === undefined) return;
    if (command.type === 'zoom') globe.zoomBy(command.by);
    else if (command.type === 'whole') globe.whole();
    else if (command.type === 'areas') {
      const bounds = boundsOf(areas.flatMap(({ geojson }) => positionsOf(geojson)));
      if (bounds !== undefined) globe.fit(bounds, 8);
    } else {
      const at = middleOf(watch.picture.get(command.key)) ?? satellites.subPoint(command.key);
      if (at !== undefined)
        globe.flyTo(at, command.key.includes('orbit.elset') ? 2.2 : Math.max(7.5, globe.zoom));
    }
  }, [command]);

  return (
    <div className="globe" role="application" aria-label={say('map.label')}>
      <div ref={holder} className="globe-map" data-testid="globe" />
      {failed && <p className="globe-failed">{say('map.failed')}</p>}
    </div>
  );
}

const feature = (geometry: GeoJSON.Geometry): GeoJSON.Feature => ({
  type: 'Feature',
  properties: {},
  geometry,
});

function middleOf(object: PictureObject | undefined): Position | undefined {
  const place = object?.place;
  if (place === undefined) return undefined;
  if (place.at === 'point') return [place.lon, place.lat];
  if (place.at === 'cell') return cellCentre(place.cell);
  const bounds = boundsOf(place.ring);
  return bounds === undefined ? undefined : [(bounds[0] + bounds[2]) / 2, (bounds[1] + bounds[3]) / 2];
}
