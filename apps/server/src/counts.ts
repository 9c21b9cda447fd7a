import type { Release } from '@concord/release';

/** How many items each stream has brought since the start. */
export function countItems(release: Release): () => { stream: string; kind: string; items: number }[] {
  const items = new Map<number, number>();
  release.tap((rows) => {
    for (const { stream } of rows) items.set(stream, (items.get(stream) ?? 0) + 1);
  });
  return () =>
    [...items]
      .flatMap(([id, count]) => {
        const stream = release.catalogue.byId(id);
        return stream ? [{ stream: stream.name as string, kind: stream.kind as string, items: count }] : [];
      })
      .sort((a, b) => (a.stream < b.stream ? -1 : 1));
}
