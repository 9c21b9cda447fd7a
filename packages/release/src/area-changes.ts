import { areaFacts, areaQuestions, type ReleaseFacts, type World } from '@concord/gate';
import type { PlacedRow, ReclassTables } from '@concord/store';
import type { Catalogue } from './catalogue.ts';
import type { Standing } from './standing.ts';

export interface AreaChangesParts {
  readonly standing: Standing;
  readonly catalogue: Catalogue;
  readonly tables: ReclassTables;
  /** By which questions everything stored has been judged, kept beyond this process. */
  readonly judged: { read(): Promise<unknown>; save(key: string): Promise<void> };
  readonly onError: (cause: unknown) => void;
}

const LOOK_MS = 250;
/** Rows judged in one turn, beside the traffic. */
const PORTION = 500;

const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

/** The area versions and resolutions of a world, as one text. */
const questionsKey = (world: World): string => {
  const { areas, resolutions } = areaQuestions(world);
  return JSON.stringify([areas.map(({ hash }) => hash).sort(), resolutions]);
};

/**
 * When a clause asks for another area version, or for cells of another resolution, stored items are judged anew. A
 * class names the versions that it was judged by: until an item has its new class it lies in no new area and is
 * denied under it, and an old geometry that no clause names any more releases nothing.
 */
export class AreaChanges {
  readonly #parts: AreaChangesParts;
  #known: string | undefined;
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> = Promise.resolve();
  #closed = false;

  constructor(parts: AreaChangesParts) {
    this.#parts = parts;
  }

  start(): void {
    this.#working = this.reclass()
      .catch(this.#parts.onError)
      .finally(() => {
        if (this.#closed) return;
        this.#timer = setTimeout(() => this.start(), LOOK_MS);
        this.#timer.unref();
      });
  }

  /** Judges everything stored by the world in force, where that has not been done. */
  async reclass(): Promise<void> {
    const { standing, judged } = this.#parts;
    this.#known ??= String((await judged.read()) ?? '');
    const key = questionsKey(standing.world);
    if (key === this.#known) return;
    // Twice: items that were on their way in with the class of before are there the second time.
    for (let pass = 0; pass < 2; pass++) {
      for (const pair of [...this.#parts.catalogue.pairs()]) {
        if (this.#closed || questionsKey(standing.world) !== key) return;
        await this.#judge(pair, standing.world);
      }
      await new Promise((resolve) => setTimeout(resolve, LOOK_MS));
    }
    if (this.#closed || questionsKey(standing.world) !== key) return;
    await judged.save(key);
    this.#known = key;
  }

  async #judge(pair: { stream: number; releaseClass: number }, world: World): Promise<void> {
    const { standing, tables } = this.#parts;
    const facts = standing.releaseFacts(pair.releaseClass);
    if (!facts) return;
    const { areas, resolutions } = areaQuestions(world);
    let after = { ingested: 0, seq: 0 };
    for (;;) {
      const rows = await tables.placed(pair, after, PORTION);
      const last = rows.at(-1);
      if (!last || this.#closed) return;
      after = last;
      const byAreas = new Map<string, { areas: string[]; rows: PlacedRow[] }>();
      for (const row of rows) {
        const inside = areaFacts(areas, resolutions, { point: { lat: row.lat, lon: row.lon } });
        const group = byAreas.get(inside.join()) ?? { areas: inside, rows: [] };
        byAreas.set(inside.join(), group);
        group.rows.push(row);
      }
      byAreas.delete(facts.areas.join());
      for (const group of byAreas.values()) await this.#write(pair, facts, group.areas, group.rows);
      await breath();
    }
  }

  async #write(
    pair: { stream: number; releaseClass: number },
    facts: ReleaseFacts,
    areas: readonly string[],
    rows: readonly PlacedRow[],
  ): Promise<void> {
    const { standing, tables, catalogue } = this.#parts;
    const to = await standing.releaseClass({ ...facts, areas });
    await tables.reclassRows(pair, rows, { releaseClass: to });
    catalogue.occurs(pair.stream, to, rows[0]?.ingested ?? 0);
    if (catalogue.hasAgain(pair.stream, pair.releaseClass)) catalogue.occursAgain(pair.stream, to);
  }

  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#timer);
    await this.#working;
  }
}
