import { useEffect } from 'react';
import { rgb } from '../../theme/palette.ts';
import { useWatch } from '../../watch/use-watch.ts';
import { featuresOf } from '../objects/features.ts';
import { LAYERS } from '../objects/kind.ts';
import type { PictureObject } from '../objects/picture.ts';
import type { Satellites } from '../satellites/use-satellites.ts';
import type { Globe } from './globe.ts';
import type { MarkColours } from './images.ts';
import type { Look } from './satellite-layer.ts';
import { selectionOf } from './selection.ts';

/** Marks older than this are drawn anew, so that what went stale shows it. */
const REFRESH_MS = 10_000;

/** Brings the picture onto the globe whenever it changes: layer by layer, a cut at once. */
export function useDrawn(
  globe: Globe | undefined,
  shown: boolean,
  { update }: Satellites,
  colours: MarkColours,
): void {
  const watch = useWatch();
  useEffect(() => {
    if (globe === undefined || !shown) return;
    let hidden: ReadonlySet<string> | undefined;
    let allAt = 0;
    let drawnAt = 0;
    let removals = 0;
    let timer: number | undefined;
    const look = (object: PictureObject): Look | undefined => {
      if (watch.hidden.has(object.stream)) return undefined;
      const [r, g, b] = rgb(colours.parties.get(object.party) ?? colours.palette.area);
      return [r, g, b, object.released.item['imaging'] === undefined ? 5 : 8];
    };
    const draw = (): void => {
      const now = Date.now();
      // What is taken away goes at once; what comes may wait for its turn.
      const soon =
        watch.picture.removals === removals && hidden === watch.hidden ? drawnAt + globe.pace - now : 0;
      window.clearTimeout(timer);
      if (soon > 0) {
        timer = window.setTimeout(draw, soon);
        return;
      }
      const all = hidden !== watch.hidden || now - allAt > REFRESH_MS;
      const dirty = watch.picture.takeDirty();
      if (all) [hidden, allAt] = [watch.hidden, now];
      drawnAt = now;
      removals = watch.picture.removals;
      for (const layer of LAYERS) {
        if (layer === 'satellites' || !(all || dirty.has(layer))) continue;
        const { points, areas } = featuresOf(watch.picture.objects(), layer, watch.hidden, now);
        globe.set('marks', layer, points);
        globe.set('shapes', layer, areas);
      }
      if (all || dirty.has('satellites')) update(look);
    };
    draw();
    const unsubscribe = watch.subscribe(draw);
    return () => {
      unsubscribe();
      window.clearTimeout(timer);
    };
  }, [globe, shown, watch, update, colours]);
}

/** Draws what surrounds the selected object, and follows it. */
export function useSelection(
  globe: Globe | undefined,
  key: string | undefined,
  { selected, select }: Satellites,
): void {
  const watch = useWatch();
  useEffect(() => select(key), [select, key]);
  useEffect(() => {
    const draw = (): void => {
      const object = key === undefined ? undefined : watch.picture.get(key);
      const { points, shapes } = selectionOf(object, selected);
      globe?.set('marks', 'selection', points);
      globe?.set('shapes', 'selection', shapes);
    };
    draw();
    return key === undefined ? undefined : watch.subscribe(draw);
  }, [globe, key, watch, selected]);
}
