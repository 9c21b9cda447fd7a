import type { ReleaseFacts, SubjectFacts, World } from '@concord/gate';
import type { AgreementId } from '@concord/label';
import type { ActivationCheck } from '../house.ts';

/** The classes that are known here. */
export interface KnownClasses {
  readonly items: () => Iterable<ReleaseFacts>;
  readonly readers: () => Iterable<SubjectFacts>;
}

/** Cells compared before others have their turn: some milliseconds. */
const CELLS_A_TURN = 4;
const MOST_SAID = 5;
const breath = () => new Promise<void>((resolve) => setImmediate(resolve));

/** Every reader of these parties as it is, and as it would be with the widest grant under the agreement. */
function readersUnder(world: World, agreement: AgreementId, readers: Iterable<SubjectFacts>): SubjectFacts[] {
  const terms = world.agreements.find((one) => one.terms.id === agreement)?.terms;
  if (!terms) return [];
  const purposes = [...new Set(terms.clauses.flatMap((one) => one.purposes))].sort();
  return [...readers].flatMap((reader) => {
    const party = terms.parties.find((one) => one.id === reader.party);
    if (!party) return [];
    const level = world.policies.get(party.policy)?.levels.at(-1);
    if (level === undefined) return [reader];
    const grants = [
      ...reader.grants.filter((one) => one.agreement !== agreement),
      { agreement, level, compartments: [], purposes, confirmed: true as const },
    ];
    return [reader, { ...reader, grants }];
  });
}

/**
 * Asks Cedar about every cell of the known classes that the agreement may touch. A cell on which it and the rules do
 * not agree, or any complaint of Cedar's, is a reason not to activate.
 */
export const secondOpinion =
  (known: KnownClasses): ActivationCheck =>
  async ({ world, agreement }) => {
    // Cedar is loaded when something is activated: no start and no verb pays for it otherwise.
    const { compareCells } = await import('@concord/gate/second-opinion');
    const parties = world.agreements.find((one) => one.terms.id === agreement)?.terms.parties ?? [];
    const items = [...known.items()].filter((item) =>
      parties.some(({ id }) => item.originators.includes(id)),
    );
    const readers = readersUnder(world, agreement, known.readers());
    const reasons: string[] = [];
    const cells = compareCells(world, items, readers);
    for (let count = 1; ; count++) {
      const { done, value } = cells.next();
      if (done) return [...reasons, ...value.map((one) => `Cedar: ${one}`)];
      if (value) {
        const [item, reader] = [items[value.item]!, readers[value.reader]!];
        reasons.push(
          `rules and Cedar disagree: ${item.kind} of ${item.originators.join(' and ')}, ${item.classification}, ` +
            `to ${reader.party} by ${reader.door}: rules ${value.rules ? 'release' : 'deny'}, ` +
            `Cedar ${value.cedar ? 'releases' : 'denies'}`,
        );
        if (reasons.length >= MOST_SAID) return reasons;
      }
      if (count % CELLS_A_TURN === 0) await breath();
    }
  };
