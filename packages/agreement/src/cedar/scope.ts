import type { Policies } from '@concord/label';
import type { Clause, Terms } from '../terms.ts';
import { levelsFrom, levelsTo } from './clause.ts';
import { anyOf, hasLevel, literal, strings, uids } from './text.ts';

/** The limits of the whole agreement, as far as they concern a clause. */
export function cedarScope(terms: Terms, clause: Clause, policies: Policies): string[] {
  const { scope } = terms;
  if (!scope) return [];
  const own = terms.parties.find((one) => one.id === clause.from)?.policy ?? '';
  const policy = [...policies.values()].find((one) => one.id === own);
  const ceilings = scope.ceilings.filter((one) => one.party === clause.from);
  return [
    ...ceilings.map(({ level }) => anyOf(levelsTo(policy, level).map((one) => hasLevel(own, one)))),
    ...(scope.categories ? [`${strings(scope.categories)}.containsAll(resource.tagSets)`] : []),
    ...(scope.dataModes ? [`${uids('DataMode', scope.dataModes)}.contains(resource.dataMode)`] : []),
    ...(scope.areas ? [anyOf(scope.areas.map((name) => inArea(terms, clause, name)))] : []),
  ];
}

function inArea(terms: Terms, { obligations }: Clause, name: string): string {
  const area = terms.areas.find((one) => one.name === name);
  if (!area) return 'false';
  const { position } = obligations;
  const fact = position ? `${area.hash}#${position.h3}` : area.hash;
  return `if context has joined then context.joined.areas.contains(${literal(area.hash)}) else resource.areas.contains(${literal(fact)})`;
}

/** What the receiving party's officers need beside a clearance that reaches the item. */
export function cedarAccess(terms: Terms, clause: Clause, policies: Policies): string[] {
  const grant = `principal.getTag(${literal(terms.id)})`;
  const own = terms.parties.find((one) => one.id === clause.to)?.policy;
  const policy = [...policies.values()].find((one) => one.id === own);
  return (terms.access ?? [])
    .filter((one) => one.party === clause.to)
    .flatMap(({ minimum, confirmation, nationals }) => [
      ...(minimum === undefined ? [] : [`${strings(levelsFrom(policy, minimum))}.contains(${grant}.level)`]),
      ...(confirmation === undefined ? [] : [`${grant}.confirmed`]),
      ...(nationals
        ? ['principal has nationality', `${strings(nationals)}.contains(principal.nationality)`]
        : []),
    ]);
}
