import type { Policies, Policy, PolicyId } from '@concord/label';
import { canOblige } from '../kind-obligations.ts';
import { DELAY_LADDER, type Obligations } from '../obligations.ts';
import type { Clause, Terms } from '../terms.ts';
import { clauseInWords } from '../words.ts';
import { cedarAccess, cedarScope } from './scope.ts';
import { anyOf, type CedarPolicy, cedarPolicy, hasLevel, literal, strings, uid, uids } from './text.ts';

/** The levels from one upwards; none where the policy does not know it. */
export function levelsFrom(policy: Policy | undefined, level: string): readonly string[] {
  const at = policy?.levels.indexOf(level) ?? -1;
  return at < 0 ? [] : policy!.levels.slice(at);
}

/** The levels up to one. */
export function levelsTo(policy: Policy | undefined, level: string): readonly string[] {
  const at = policy?.levels.indexOf(level) ?? -1;
  return policy?.levels.slice(0, at + 1) ?? [];
}

/**
 * The level of another policy that equals this one, by the rows of the table that hold in this direction; where the
 * agreement has it so, the one that equals the next higher level. Undefined where no row says so.
 */
export function equalTo(
  terms: Terms,
  policies: Policies,
  from: PolicyId,
  level: string,
  to: PolicyId,
): string | undefined {
  if (from === to) return level;
  const rows = terms.equivalence.filter((row, i) => {
    const way = terms.oneWay?.find((one) => one.row === i);
    return row.has(to) && (!way || (way.from === from && way.to === to));
  });
  const levels = terms.missingLevels ? levelsFrom(policies.get(from), level) : [level];
  for (const one of levels) {
    const row = rows.find((each) => each.get(from) === one);
    if (row) return row.get(to);
  }
  return undefined;
}

/** Obligations as the annotation says them: JSON, the delay as a duration. */
const obligationsNote = ({ position, delay, drop }: Obligations): string =>
  JSON.stringify({ position, delay: delay ? DELAY_LADDER[delay].text : undefined, drop });

/** For each level up to the ceiling the clearances that reach it. */
function clearances(terms: Terms, clause: Clause, policies: Policies): string[] {
  const policyOf = (party: string) => terms.parties.find((one) => one.id === party)?.policy;
  const [from, to] = [policyOf(clause.from), policyOf(clause.to)];
  if (from === undefined || to === undefined) return [];
  return levelsTo(policies.get(from), clause.ceiling).flatMap((level) => {
    const equal = equalTo(terms, policies, from, level, to);
    const enough = equal === undefined ? [] : levelsFrom(policies.get(to), equal);
    return enough.length === 0
      ? []
      : [`${hasLevel(from, level)} && ${strings(enough)}.contains(${grantOf(terms)}.level)`];
  });
}

const grantOf = (terms: Terms): string => `principal.getTag(${literal(terms.id)})`;

function purposes(terms: Terms, clause: Clause): string {
  const granted = `${grantOf(terms)}.purposes`;
  if (clause.purposes.length === 0) {
    return `(if resource.purposes.isEmpty() then (!principal.statesPurpose || !${granted}.isEmpty()) else ${granted}.containsAny(resource.purposes))`;
  }
  return anyOf(
    clause.purposes.map(
      (one) =>
        `${granted}.contains(${literal(one)}) && (resource.purposes.isEmpty() || resource.purposes.contains(${literal(one)}))`,
    ),
  );
}

function where(terms: Terms, clause: Clause): string[] {
  if (clause.within === undefined) return [];
  const area = terms.areas.find((one) => one.name === clause.within);
  if (!area) return ['false'];
  const { position } = clause.obligations;
  const fact = position ? `${area.hash}#${position.h3}` : area.hash;
  return [
    `(if context has joined then context.joined.areas.contains(${literal(area.hash)}) else resource.areas.contains(${literal(fact)}))`,
  ];
}

/** The assurances on which a clause depends; one whose lapse alone leaves it standing may have lapsed. */
function promised(terms: Terms, { id }: Clause, version: string): string[] {
  return terms.assurances.flatMap(({ id: name, suspends, lapseSuspends }) => {
    const key = literal(`${version}/${name}`);
    const live = `context.live.contains(${key})`;
    if ((lapseSuspends ?? suspends).includes(id)) return [live];
    return suspends.includes(id) ? [`(${live} || context.lapsed.contains(${key}))`] : [];
  });
}

/** A clause as a permit; undefined where it can permit nothing. */
export function cedarClause(terms: Terms, clause: Clause, policies: Policies): CedarPolicy | undefined {
  const version = `${terms.id}/${terms.version}`;
  const kinds = clause.covers.filter((kind) => canOblige(kind, clause.obligations));
  const levels = clearances(terms, clause, policies);
  if (kinds.length === 0 || levels.length === 0 || clause.dataModes?.length === 0) return undefined;
  const grant = grantOf(terms);
  return cedarPolicy(
    'permit',
    `${version}/${clause.id}`,
    {
      agreement: terms.id,
      version: String(terms.version),
      clause: clause.id,
      obligations: obligationsNote(clause.obligations),
      says: clauseInWords(clause, terms),
    },
    [
      `context.originator == ${uid('Party', clause.from)}`,
      `principal.party == ${uid('Party', clause.to)}`,
      `context.inForce.contains(${literal(version)})`,
      ...promised(terms, clause, version),
      ...(clause.embargo === undefined
        ? []
        : [`context.opened.contains(${literal(`${version}/${clause.id}`)})`]),
      ...(terms.incidents?.suspend.includes(clause.id)
        ? [`!context.suspected.contains(${literal(version)})`]
        : []),
      `${uids('Kind', kinds)}.contains(resource.kind)`,
      ...(clause.dataModes ? [`${uids('DataMode', clause.dataModes)}.contains(resource.dataMode)`] : []),
      ...where(terms, clause),
      ...cedarScope(terms, clause, policies),
      `principal.hasTag(${literal(terms.id)})`,
      ...cedarAccess(terms, clause, policies),
      anyOf(levels),
      `${grant}.compartments.containsAll(resource.restrictive)`,
      `(resource.anyOf.isEmpty() || ${grant}.compartments.containsAny(resource.anyOf))`,
      purposes(terms, clause),
    ],
  );
}
