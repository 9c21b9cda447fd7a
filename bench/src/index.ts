import type { Figure } from './figure.ts';

export type { Figure } from './figure.ts';

/** The benches by name; each is loaded when it is asked for. */
export const benches: ReadonlyMap<string, () => Promise<readonly Figure[]>> = new Map([
  ['gate', async () => (await import('./gate.ts')).gate()],
  ['live', async () => (await import('./live.ts')).live()],
  ['ingest', async () => (await import('./ingest.ts')).ingest()],
  ['secrecy', async () => (await import('./secrecy.ts')).secrecy()],
  ['query', async () => (await import('./query.ts')).query()],
  ['start', async () => (await import('./start.ts')).start()],
]);
