import type { PartyId, Policies } from '@concord/label';
import { neededLevel } from './equivalence.ts';
import { formOf } from './kind-obligations.ts';
import { entryOf } from './lint-terms.ts';
import { joinObligations, obligationsText } from './obligations.ts';
import type { Places } from './read.ts';
import type { Clause, Never, Terms } from './terms.ts';

/** Clauses and lines against one another. */
export function lintClauses(terms: Terms, places: Places, policies: Policies): void {
  for (const clause of terms.clauses) {
    const place = entryOf(places.clauses, clause.id);
    const why = matchesNothing(clause, terms, policies);
    if (why !== undefined) place?.warn('never-matches', `${clause.id} permits nothing: ${why}`);
    const line = terms.never.find((one) => forbidsAll(one, clause));
    if (line) place?.warn('contradiction', `what ${clause.id} permits a line forbids: ${line.says}`);
    const over = terms.clauses.find((one) => one !== clause && swallows(one, clause, terms, policies));
    if (over) place?.warn(...besides(clause, over));
    const lost = dropsTwice(clause);
    if (lost.length > 0)
      entryOf(place, 'obligations')?.warn(
        'undone',
        `${lost.join(', ')} goes with the coarser position already: there is nothing left to drop`,
      );
  }
  const lines = places.never?.items('never') ?? [];
  for (const [i, line] of terms.never.entries()) {
    const { originator } = line.release;
    if (originator !== undefined && originator === line.to)
      lines[i]?.warn('never-matches', 'what a party originated is its own: the line forbids nothing');
  }
}

const policyOf = (terms: Terms, party: PartyId) => terms.parties.find((one) => one.id === party)?.policy;

function levelsUpTo(clause: Clause, terms: Terms, policies: Policies): readonly string[] {
  const policy = policies.get(policyOf(terms, clause.from)!);
  const rank = (level: string) => policy?.levels.indexOf(level) ?? -1;
  const limits = terms.scope?.ceilings.filter((one) => one.party === clause.from) ?? [];
  const top = Math.min(rank(clause.ceiling), ...limits.map((one) => rank(one.level)));
  return policy?.levels.slice(0, top + 1) ?? [];
}

function matchesNothing(clause: Clause, terms: Terms, policies: Policies): string | undefined {
  const { from, to, dataModes, embargo } = clause;
  const { scope, inForce } = terms;
  const [own, other] = [policyOf(terms, from), policyOf(terms, to)];
  if (own === undefined || other === undefined) return undefined;
  const reached = levelsUpTo(clause, terms, policies).some(
    (level) => neededLevel(terms, policies, own, level, other) !== undefined,
  );
  if (!reached) return `no level up to its ceiling has an equal in ${other}`;
  const modes = scope?.dataModes;
  if (modes && dataModes && !dataModes.some((one) => modes.includes(one)))
    return 'its data modes are outside the scope';
  if (embargo !== undefined && embargo >= inForce.until && !inForce.renewal)
    return 'its embargo lasts until the end or longer';
  return undefined;
}

/** True where the line forbids all that a clause could permit, by every door. */
function forbidsAll({ release, to, by }: Never, clause: Clause): boolean {
  const { caveat, above, kind, originator, dataMode, area } = release;
  if (by !== undefined || (to !== 'any-other-party' && to !== clause.to)) return false;
  // Items without the caveat, below the level or clear of the area remain.
  if (caveat !== undefined || above !== undefined) return false;
  if (area !== undefined && area !== clause.within) return false;
  return (
    (originator === undefined || originator === clause.from) &&
    (kind === undefined || clause.covers.every((one) => one === kind)) &&
    (dataMode === undefined || (clause.dataModes?.every((one) => one === dataMode) ?? false))
  );
}

const among = <T>(some: readonly T[] | undefined, all: readonly T[] | undefined): boolean =>
  all === undefined || (some?.every((one) => all.includes(one)) ?? false);

/** True where every item and reader that `clause` serves is served by `over` too. */
function swallows(over: Clause, clause: Clause, terms: Terms, policies: Policies): boolean {
  if (over.from !== clause.from || over.to !== clause.to) return false;
  const higher = levelsUpTo(over, terms, policies);
  const cell = (one: Clause) => one.obligations.position?.h3;
  return (
    among(clause.covers, over.covers) &&
    levelsUpTo(clause, terms, policies).every((one) => higher.includes(one)) &&
    (over.within === undefined || (over.within === clause.within && cell(over) === cell(clause))) &&
    (over.purposes.length === 0 || (clause.purposes.length > 0 && among(clause.purposes, over.purposes))) &&
    among(clause.dataModes, over.dataModes) &&
    (over.embargo ?? 0) <= (clause.embargo ?? 0) &&
    restsNoMore(over, clause, terms)
  );
}

/** `over` depends on no assurance or suspicion on which the clause does not depend. */
const restsNoMore = (over: Clause, { id }: Clause, { assurances, incidents }: Terms): boolean =>
  [
    ...assurances.flatMap(({ suspends, lapseSuspends }) => [suspends, lapseSuspends ?? suspends]),
    ...(incidents ? [incidents.suspend] : []),
  ].every((list) => !list.includes(over.id) || list.includes(id));

function besides(clause: Clause, over: Clause): ['shadowed' | 'undone', string] {
  const joined = obligationsText(joinObligations(clause.obligations, over.obligations));
  if (joined === obligationsText(clause.obligations) && joined !== obligationsText(over.obligations))
    return [
      'shadowed',
      `all that ${clause.id} is about ${over.id} permits in a fuller form: it only narrows`,
    ];
  return joined === obligationsText(over.obligations) && joined !== obligationsText(clause.obligations)
    ? ['undone', `what ${clause.id} lets go is held to the stricter form of ${over.id} each time`]
    : ['shadowed', `all that ${clause.id} permits ${over.id} permits too`];
}

/** Fields to drop that no covered kind has left beside a coarser position. */
function dropsTwice({ covers, obligations }: Clause): string[] {
  const { position, drop = [] } = obligations;
  if (!position) return [];
  return drop.filter((field) =>
    covers.every((kind) => {
      const form = formOf(kind).position;
      return typeof form === 'object' && !form.stay.includes(field) && !form.instants.includes(field);
    }),
  );
}
