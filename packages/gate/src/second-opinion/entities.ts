import type { CedarValueJson, EntityJson } from '@cedar-policy/cedar-wasm/nodejs';
import type { GrantFacts, ReleaseFacts, SubjectFacts } from '../facts.ts';

const NOBODY = 'NOBODY';

export const entity = (type: string, id: string): CedarValueJson => ({
  __entity: { type: `Concord::${type}`, id },
});
export const entities = (type: string, ids: readonly string[]): CedarValueJson[] =>
  ids.map((id) => entity(type, id));

/** A compartment or purpose that is left to nobody is held by nobody, whatever a grant says. */
const held = (list: readonly string[]): string[] =>
  list.filter((one) => one !== NOBODY && !one.endsWith(`:${NOBODY}`));

/** The values of each permissive tag set. One without values, or whose only value is nobody's, stays unsatisfiable. */
export function permissiveSets({ categories }: ReleaseFacts): string[][] {
  return categories
    .filter((one) => one.type === 'PERMISSIVE')
    .map(({ tagSet, values }) =>
      (values.length > 0 ? values : [NOBODY]).map((value) => `${tagSet}:${value}`),
    );
}

/** An item for one of its permissive tag sets; `anyOf` is empty where it has none. */
export function itemEntity(item: ReleaseFacts, anyOf: readonly string[]): EntityJson {
  const restrictive = item.categories
    .filter((one) => one.type === 'RESTRICTIVE')
    .flatMap(({ tagSet, values }) => values.map((value) => `${tagSet}:${value}`));
  return {
    uid: { type: 'Concord::Item', id: 'item' },
    attrs: {
      policy: item.policy,
      classification: item.classification,
      restrictive,
      anyOf: [...anyOf],
      tagSets: item.categories.filter((one) => one.type !== 'INFORMATIVE').map((one) => one.tagSet),
      caveats: [...item.caveats],
      ...(item.releasableTo && { releasableTo: entities('Party', item.releasableTo) }),
      purposes: [...item.purposes],
      dataMode: entity('DataMode', item.dataMode),
      kind: entity('Kind', item.kind),
      areas: [...item.areas],
      consents: entities('Party', item.consents),
      state: entity('State', item.state),
    },
    parents: [],
  };
}

/**
 * A reader with one grant an agreement. `only`, where given, leaves of all its purposes that one; the session's own
 * statement narrows what the grants give.
 */
export function readerEntity(
  reader: SubjectFacts,
  grants: readonly GrantFacts[],
  only: string | undefined,
): EntityJson {
  const purposes = (granted: readonly string[]) =>
    held(granted).filter(
      (one) =>
        (reader.purposes.length === 0 || reader.purposes.includes(one)) &&
        (only === undefined || one === only),
    );
  return {
    uid: { type: 'Concord::Reader', id: 'reader' },
    attrs: {
      party: entity('Party', reader.party),
      roles: [...reader.roles],
      ...(reader.nationality !== undefined && { nationality: reader.nationality }),
      home: { level: reader.home.level, compartments: held(reader.home.compartments) },
      statesPurpose: reader.purposes.length > 0,
    },
    parents: [],
    tags: Object.fromEntries(
      grants.map((one) => [
        one.agreement,
        {
          level: one.level,
          compartments: held(one.compartments),
          purposes: purposes(one.purposes),
          confirmed: one.confirmed === true,
        },
      ]),
    ),
  };
}

/** The reader's grants in rounds of at most one an agreement: each is asked for itself. At least one round. */
export function grantRounds(grants: readonly GrantFacts[]): GrantFacts[][] {
  const rounds: GrantFacts[][] = [[]];
  const seen = new Map<string, number>();
  for (const grant of grants) {
    const round = seen.get(grant.agreement) ?? 0;
    seen.set(grant.agreement, round + 1);
    rounds[round] = [...(rounds[round] ?? []), grant];
  }
  return rounds;
}
