import { useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Position } from '../../geometry/antimeridian.ts';
import { useWatch } from '../../watch/use-watch.ts';
import type { Globe } from '../map/globe.ts';
import type { Look } from '../map/satellite-layer.ts';
import type { PictureObject } from '../objects/picture.ts';
import type { Elements } from './elements.ts';
import type { FromWorker, Selected, ToWorker } from './messages.ts';
import { publishSelected } from './selected-satellite.ts';

/** Between two ticks the shader moves satellites in straight lines: in 2 s that is off by some 20 m. */
const TICK_MS = 2000;

export interface Satellites {
  readonly selected: Selected | undefined;
  readonly select: (key: string | undefined) => void;
  /** Hands new elements to the worker where they changed, and takes over how each is drawn. */
  readonly update: (lookOf: (object: PictureObject) => Look | undefined) => void;
  readonly subPoint: (key: string) => Position | undefined;
}

/** The worker that propagates, and its results on their way to the globe. */
export function useSatellites(globe: Globe | undefined, shown: boolean): Satellites {
  const watch = useWatch();
  const worker = useRef<Worker>(undefined);
  const known = useRef(new Map<string, unknown>());
  const looks = useRef<(key: string) => Look | undefined>(() => undefined);
  const [selected, setSelected] = useState<Selected>();
  const wanted = useRef<string>(undefined);

  const tell = useCallback((message: ToWorker) => worker.current?.postMessage(message), []);

  useEffect(() => {
    if (globe === undefined) return;
    const made = new Worker(new URL('./propagator.worker.ts', import.meta.url), { type: 'module' });
    worker.current = made;
    known.current.clear();
    made.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      if (data.type === 'states') {
        globe.satellites.set(data.order, data.states as Float32Array<ArrayBuffer>, data.at);
        globe.satellites.setLooks(looks.current);
      } else if (data.key === wanted.current) {
        publishSelected(data);
        setSelected((before) =>
          data.track === undefined && before?.key === data.key && before.track !== undefined
            ? { ...data, track: before.track }
            : data,
        );
      }
    };
    return () => {
      made.terminate();
      worker.current = undefined;
    };
  }, [globe]);

  useEffect(() => {
    if (globe === undefined || !shown) return;
    const timer = window.setInterval(() => {
      if (!document.hidden && known.current.size > 0) tell({ type: 'tick', at: Date.now() });
    }, TICK_MS);
    return () => window.clearInterval(timer);
  }, [globe, shown, tell]);

  const select = useCallback(
    (key: string | undefined) => {
      const satellite = key !== undefined && known.current.has(key) ? key : undefined;
      wanted.current = satellite;
      setSelected(undefined);
      publishSelected(undefined);
      tell({ type: 'select', key: satellite });
    },
    [tell],
  );

  const update = useCallback<Satellites['update']>(
    (lookOf) => {
      looks.current = (key) => {
        const object = watch.picture.get(key);
        return object === undefined ? undefined : lookOf(object);
      };
      // What is gone is gone at once; the worker follows.
      globe?.satellites.setLooks(looks.current);
      if (worker.current === undefined) return;
      const elements: Elements[] = [];
      const now = new Map<string, unknown>();
      for (const { key, layer, released } of watch.picture.objects()) {
        if (layer !== 'satellites') continue;
        now.set(key, released);
        if (known.current.get(key) !== released) elements.push({ key, item: released.item });
      }
      known.current = now;
      tell({ type: 'elements', changed: elements, order: [...now.keys()] });
      tell({ type: 'tick', at: Date.now() });
    },
    [globe, watch, tell],
  );

  const subPoint = useCallback(
    (key: string): Position | undefined => {
      const index = globe?.satellites.order.indexOf(key) ?? -1;
      const p = index < 0 ? undefined : globe?.satellites.placeAt(index);
      if (p === undefined) return undefined;
      return [(Math.atan2(p[0], p[2]) * 180) / Math.PI, (Math.asin(p[1] / Math.hypot(...p)) * 180) / Math.PI];
    },
    [globe],
  );

  return useMemo(() => ({ selected, select, update, subPoint }), [selected, select, update, subPoint]);
}
