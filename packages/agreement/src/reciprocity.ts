import type { ItemKind, PartyId } from '@concord/label';
import type { Terms } from './terms.ts';

/** What the clauses let one party have of another, by kind. A report: nothing is released or kept back for it. */
export interface Exchange {
  readonly from: PartyId;
  readonly to: PartyId;
  readonly kinds: readonly ItemKind[];
}

/** Every direction between two parties of an agreement, those without any clause too. */
export const reciprocityOf = ({ parties, clauses }: Terms): Exchange[] =>
  parties.flatMap(({ id: from }) =>
    parties
      .filter(({ id }) => id !== from)
      .map(({ id: to }) => ({
        from,
        to,
        kinds: [
          ...new Set(
            clauses.filter((one) => one.from === from && one.to === to).flatMap((one) => one.covers),
          ),
        ].sort(),
      })),
  );
