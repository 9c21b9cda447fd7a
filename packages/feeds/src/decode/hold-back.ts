import type { IncomingItem } from '@concord/intake';

/**
 * Items of a recording in the order in which they were completed, each with the offset behind its last byte. Given
 * are those that end at or before the offset from which reading would be taken up again: what is given is never read
 * again, and what is not given is.
 */
export class HoldBack {
  #held: { readonly item: IncomingItem; readonly end: number }[] = [];

  add(item: IncomingItem, end: number): void {
    this.#held.push({ item, end });
  }

  /** Takes out all that end by `through`. */
  take(through: number): IncomingItem[] {
    if (this.#held.length === 0) return [];
    const ready: IncomingItem[] = [];
    const rest: { readonly item: IncomingItem; readonly end: number }[] = [];
    for (const held of this.#held) {
      if (held.end <= through) ready.push(held.item);
      else rest.push(held);
    }
    this.#held = rest;
    return ready;
  }
}
