import { useSyncExternalStore } from 'react';
import type { Selected } from './messages.ts';

/** Where the selected satellite is now: told by the map's worker, read by the details, which load without the map. */
let current: Selected | undefined;
const listeners = new Set<() => void>();

export function publishSelected(selected: Selected | undefined): void {
  current = selected;
  for (const listener of listeners) listener();
}

const subscribe = (listener: () => void): (() => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

export const useSelectedSatellite = (): Selected | undefined =>
  useSyncExternalStore(subscribe, () => current);
