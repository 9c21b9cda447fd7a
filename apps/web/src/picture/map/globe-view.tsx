import { useEffect, useEffectEvent, useMemo, useRef, useState } from 'react';
import type { Position } from '../../geometry/antimeridian.ts';
import { useParties, useScheme } from '../../shell/parties.ts';
import { palettes } from '../../theme/palette.ts';
import { say } from '../../words/say.ts';
import type { Command } from '../commands.ts';
import { useSatellites } from '../satellites/use-satellites.ts';
import type { NamedArea } from '../use-areas.ts';
import { Globe } from './globe.ts';
import { useCommand } from './use-command.ts';
import { useDrawn, useSelection } from './use-drawn.ts';

interface Props {
  readonly areas: readonly NamedArea[];
  readonly selected: string | undefined;
  readonly command: Command | undefined;
  readonly shown: boolean;
  readonly onSelect: (key: string | undefined) => void;
  readonly onPointer: (at: Position | undefined) => void;
}

/** The globe on the screen. This and all that it imports loads after the rest of the page. */
export default function GlobeView(props: Props) {
  const { areas, selected, command, shown } = props;
  const scheme = useScheme();
  const { colours: parties } = useParties();
  const colours = useMemo(() => ({ palette: palettes[scheme], parties }), [scheme, parties]);
  const holder = useRef<HTMLDivElement>(null);
  const [globe, setGlobe] = useState<Globe>();
  const [failed, setFailed] = useState(false);

  const onSelect = useEffectEvent(props.onSelect);
  const onPointer = useEffectEvent(props.onPointer);
  const make = useEffectEvent((container: HTMLElement): Globe | undefined => {
    try {
      return new Globe(container, colours, {
        select: (key) => onSelect(key),
        pointer: (at) => onPointer(at),
        failed: (message) => console.warn(`map: ${message}`),
      });
    } catch {
      return undefined;
    }
  });
  // One map for as long as the screen lives; what changes follows below.
  useEffect(() => {
    if (holder.current === null) return;
    const made = make(holder.current);
    setFailed(made === undefined);
    setGlobe(made);
    return () => {
      setGlobe(undefined);
      made?.remove();
    };
  }, []);

  useEffect(() => globe?.setColours(colours), [globe, colours]);
  useEffect(() => {
    if (shown) globe?.resize();
  }, [globe, shown]);
  useEffect(() => {
    globe?.set(
      'shapes',
      'areas',
      areas.flatMap(({ geojson }) => featuresIn(geojson)),
    );
  }, [globe, areas]);

  const satellites = useSatellites(globe, shown);
  useDrawn(globe, shown, satellites, colours);
  useSelection(globe, selected, satellites);
  useCommand(globe, command, areas, satellites);

  return (
    <section className="globe" aria-label={say('map.label')}>
      <div ref={holder} className="globe-map" data-testid="globe" />
      {failed && <p className="globe-failed">{say('map.failed')}</p>}
    </section>
  );
}

function featuresIn(json: GeoJSON.GeoJSON): GeoJSON.Feature[] {
  if (json.type === 'FeatureCollection') return json.features;
  return json.type === 'Feature' ? [json] : [{ type: 'Feature', properties: {}, geometry: json }];
}
