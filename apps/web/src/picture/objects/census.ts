import type { PictureObject } from './picture.ts';

/** How many of the objects shown have an exact place (satellites have theirs by their orbit), and how many only a cell. */
export function census(
  objects: Iterable<PictureObject>,
  hidden: ReadonlySet<string>,
): { readonly exact: number; readonly coarse: number } {
  let [exact, coarse] = [0, 0];
  for (const { stream, place, layer } of objects) {
    if (hidden.has(stream)) continue;
    if (place?.at === 'cell') coarse += 1;
    else if (place !== undefined || layer === 'satellites') exact += 1;
  }
  return { exact, coarse };
}
