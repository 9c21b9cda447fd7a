import { createContext, use, useEffect, useState, useSyncExternalStore } from 'react';
import type { Watch } from './watch.ts';

export const WatchContext = createContext<Watch | undefined>(undefined);

/** The watch; the component is drawn again whenever something on it changes. */
export function useWatch(): Watch {
  const watch = use(WatchContext);
  if (watch === undefined) throw new Error('no watch around this component');
  useSyncExternalStore(watch.subscribe, () => watch.version);
  return watch;
}

/** The time now, drawn again every `everyMs`. */
export function useNow(everyMs = 1000): number {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = window.setInterval(() => setNow(Date.now()), everyMs);
    return () => window.clearInterval(timer);
  }, [everyMs]);
  return now;
}
