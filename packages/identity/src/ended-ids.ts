/** Ids remembered at most; the oldest are forgotten first, long after their requests are over. */
const MAX_IDS = 100_000;

/**
 * Ids of sessions or tokens that were ended here. The store knows them too, but an answer of the store may be on its
 * way while one is ended: this is asked last, in the same turn.
 */
export class EndedIds {
  readonly #ids = new Set<string>();

  add(id: string): void {
    this.#ids.add(id);
    if (this.#ids.size <= MAX_IDS) return;
    const [oldest] = this.#ids;
    if (oldest !== undefined) this.#ids.delete(oldest);
  }

  has(id: string): boolean {
    return this.#ids.has(id);
  }
}
