import type { Pool } from 'pg';

/**
 * Which release classes have ever occurred in each stream. The single writer keeps it up to date in memory, so that
 * a reader's query asks for no pair that does not exist, and for none at all when nothing is left.
 */
export interface StreamClasses {
  has(stream: number, releaseClass: number): boolean;
  add(stream: number, releaseClass: number): void;
  in(stream: number): Iterable<number>;
}

export async function loadStreamClasses(owner: Pool): Promise<StreamClasses> {
  const byStream = new Map<number, Set<number>>();
  const add = (stream: number, releaseClass: number): void => {
    const classes = byStream.get(stream);
    if (classes === undefined) byStream.set(stream, new Set([releaseClass]));
    else classes.add(releaseClass);
  };
  const { rows } = await owner.query<{ stream: number; release_class: number }>(
    'select stream, release_class from concord.stream_class',
  );
  for (const row of rows) add(row.stream, row.release_class);
  return {
    has: (stream, releaseClass) => byStream.get(stream)?.has(releaseClass) === true,
    add,
    in: (stream) => byStream.get(stream) ?? [],
  };
}
