import { areaFacts, areaQuestions, type ReleaseFacts, type World } from '@concord/gate';
import type { StoreReader } from './query.ts';
import { NOBODY, type Reader } from './reader.ts';
import type { Standing } from './standing.ts';

/** Items of the reader's own party that are of one class. */
export interface Holding {
  readonly facts: ReleaseFacts;
  readonly count: number;
  /** Another version of an area would have to look at where these lie, and they lie at no single point. */
  readonly unplaced: boolean;
}

/** Rows whose points are looked at; of more, the newest. */
const MOST_POINTS = 200_000;

/**
 * What a reader's own party holds, as far as the reader may see it itself, by the classes that the items would have
 * where the areas of another world are asked about as well. Counts of others' items are nobody's business.
 */
export async function holdings(
  standing: Standing,
  store: Pick<StoreReader, 'held'>,
  reader: Reader,
  under: World,
): Promise<Holding[]> {
  const { subjectClass, version, signal } = reader;
  if (subjectClass === NOBODY) return [];
  const { party } = reader.principal;
  const own = new Map<number, ReleaseFacts>();
  for (const { releaseClass } of standing.matrix.released(subjectClass)) {
    const facts = standing.releaseFacts(releaseClass);
    if (facts && facts.originators.length === 1 && facts.originators[0] === party)
      own.set(releaseClass, facts);
  }
  const now = areaQuestions(standing.world);
  const then = areaQuestions(under);
  const known = new Set(now.areas.map(({ hash }) => hash));
  const areas = [...now.areas, ...then.areas.filter(({ hash }) => !known.has(hash))];
  const resolutions = [...new Set([...now.resolutions, ...then.resolutions])];
  const moved = areas.length > now.areas.length || resolutions.length > now.resolutions.length;
  const rows = await store.held(
    subjectClass,
    party,
    [...own.keys()],
    moved ? MOST_POINTS : undefined,
    signal,
  );
  reader.check(version);
  return rows.flatMap(({ releaseClass, lat, lon, count }) => {
    const facts = own.get(releaseClass);
    if (!facts) return [];
    if (!moved) return [{ facts, count, unplaced: false }];
    if (lat === null || lon === null) return [{ facts, count, unplaced: facts.areas.length > 0 }];
    const there = areaFacts(areas, resolutions, { point: { lat, lon } });
    return [{ facts: { ...facts, areas: there }, count, unplaced: false }];
  });
}
