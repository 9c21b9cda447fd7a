import { DELAY_LADDER } from '@concord/agreement';
import { decide, type Release } from '../decide.ts';
import type { ReleaseFacts, SubjectFacts } from '../facts.ts';
import type { World } from '../world.ts';
import { type Opinion, SecondOpinion } from './opinion.ts';

/** A cell on which rules and Cedar do not agree. */
export interface Disagreement {
  /** Positions in the lists given. */
  readonly item: number;
  readonly reader: number;
  readonly rules: Opinion | undefined;
  readonly cedar: Opinion | undefined;
}

/** What our rules say, in the words of the second opinion. */
export function asOpinion({ obligations, permits }: Release): Opinion {
  const { position, delay, drop } = obligations;
  const basis = permits.map((one) =>
    'home' in one ? `home/${one.home}` : `${one.agreement}/${one.version}/${one.clause}`,
  );
  return {
    obligations: {
      ...(position && { h3: position.h3 }),
      ...(delay && { minutes: DELAY_LADDER[delay].ms / 60_000 }),
      drop: [...(drop ?? [])].sort(),
    },
    basis: [...new Set(basis)].sort(),
  };
}

/** The same verdict, form and basis. */
export const sameOpinion = (a: Opinion | undefined, b: Opinion | undefined): boolean => {
  if (!a || !b) return a === b;
  return (
    a.obligations.h3 === b.obligations.h3 &&
    (a.obligations.minutes ?? 0) === (b.obligations.minutes ?? 0) &&
    a.obligations.drop.join() === b.obligations.drop.join() &&
    a.basis.join() === b.basis.join()
  );
};

/** Compares one cell. */
export function compareCell(
  opinion: SecondOpinion,
  world: World,
  item: ReleaseFacts,
  reader: SubjectFacts,
): Pick<Disagreement, 'rules' | 'cedar'> | undefined {
  const release = decide(world, item, reader);
  const rules = release && asOpinion(release);
  const cedar = opinion.on(item, reader);
  return sameOpinion(rules, cedar) ? undefined : { rules, cedar };
}

/**
 * Compares every cell, one a step: about half a millisecond or a few, so that the caller may breathe between them.
 * Yields undefined where both agree.
 */
export function* compareCells(
  world: World,
  items: readonly ReleaseFacts[],
  readers: readonly SubjectFacts[],
): Generator<Disagreement | undefined, readonly string[]> {
  const opinion = new SecondOpinion(world);
  for (const [i, item] of items.entries()) {
    for (const [j, reader] of readers.entries()) {
      const found = compareCell(opinion, world, item, reader);
      yield found && { item: i, reader: j, ...found };
    }
  }
  return opinion.problems;
}

/**
 * Every cell on which rules and Cedar disagree; an agreement is activated only where there is none. `problems` are
 * Cedar's own complaints, and any of them is a reason not to activate either.
 */
export function compareMatrix(
  world: World,
  items: readonly ReleaseFacts[],
  readers: readonly SubjectFacts[],
): { readonly disagreements: readonly Disagreement[]; readonly problems: readonly string[] } {
  const disagreements: Disagreement[] = [];
  const cells = compareCells(world, items, readers);
  for (;;) {
    const { done, value } = cells.next();
    if (done) return { disagreements, problems: value };
    if (value) disagreements.push(value);
  }
}
