import type { PartyId, Policies, PolicyId } from '@concord/label';
import type { Terms } from '../terms.ts';
import { equalTo, levelsFrom } from './clause.ts';
import { anyOf, type CedarPolicy, cedarPolicy, hasLevel, literal, strings, uid, uids } from './text.ts';

const FOREIGN = 'principal.party != context.originator';

/** What is never released abroad, whatever any agreement says. */
const FORBIDS: readonly CedarPolicy[] = [
  cedarPolicy('forbid', 'house/state', { says: 'embargoed or recalled: for its originator alone' }, [
    FOREIGN,
    `resource.state != ${uid('State', 'normal')}`,
  ]),
  cedarPolicy('forbid', 'house/releasable-to', { says: 'the label names other parties' }, [
    FOREIGN,
    'resource has releasableTo',
    '!resource.releasableTo.contains(principal.party)',
  ]),
  cedarPolicy('forbid', 'house/caveats', { says: 'NOFORN, or a caveat that nobody knows' }, [
    FOREIGN,
    '!(["ORCON"].containsAll(resource.caveats))',
  ]),
  cedarPolicy('forbid', 'house/orcon', { says: 'ORCON without the consent of its originators' }, [
    FOREIGN,
    'resource.caveats.contains("ORCON")',
    '!resource.consents.contains(principal.party)',
  ]),
];

const AT_HOME = [
  'principal.party == context.originator',
  'principal.roles.containsAny(["officer", "engineer", "service"])',
  'principal.home.compartments.containsAll(resource.restrictive)',
  '(resource.anyOf.isEmpty() || principal.home.compartments.containsAny(resource.anyOf))',
];

const cleared = (levels: readonly string[]): string => `${strings(levels)}.contains(principal.home.level)`;

/**
 * What holds on every node beside its agreements: what is never released abroad, and that a party's own officers read
 * what their party originated. Depends on all agreements of the node, for they say which policy is whose.
 */
export function cedarHouse(policies: Policies, agreements: readonly Terms[]): CedarPolicy[] {
  const users = new Map<PolicyId, Set<PartyId>>();
  for (const { parties } of agreements)
    for (const { id, policy } of parties) users.set(policy, (users.get(policy) ?? new Set()).add(id));
  const known = [...policies.values()].flatMap((policy) =>
    policy.levels.map((level) => hasLevel(policy.id, level)),
  );
  const everybody = [...new Set(agreements.flatMap(({ parties }) => parties.map((one) => one.id)))];
  return [
    cedarPolicy('forbid', 'house/label-known', { says: 'a level that no known policy has' }, [
      `!${anyOf(known)}`,
    ]),
    ...FORBIDS,
    ...[...policies.values()].flatMap((policy) => {
      const own = [...(users.get(policy.id) ?? [])];
      // A party without agreements has one policy, its own.
      const whose = [
        ...(own.length > 0 ? [`${uids('Party', own)}.contains(principal.party)`] : []),
        everybody.length > 0 ? `!(${uids('Party', everybody)}.contains(principal.party))` : 'true',
      ];
      const says = `one’s own party’s, in ${policy.id}`;
      return cedarPolicy('permit', `house/home/${policy.id}`, { home: policy.id, says }, [
        ...AT_HOME,
        anyOf(whose),
        anyOf(
          policy.levels.map(
            (level) => `${hasLevel(policy.id, level)} && ${cleared(levelsFrom(policy, level))}`,
          ),
        ),
      ]);
    }),
    ...agreements.flatMap((terms) =>
      terms.parties.flatMap((party) => translated(terms, party.id, policies, users)),
    ),
  ];
}

/** What a party made from foreign data and labelled in a foreign policy, as the table of one agreement reads it. */
function translated(
  terms: Terms,
  party: PartyId,
  policies: Policies,
  users: ReadonlyMap<PolicyId, ReadonlySet<PartyId>>,
): CedarPolicy[] {
  const own = terms.parties.find((one) => one.id === party)!.policy;
  const isOwn = (policy: PolicyId) => users.get(policy)?.has(party) ?? false;
  const rows = [...policies.values()].flatMap(({ id: policy, levels }) =>
    levels.flatMap((level) => {
      const equal = equalTo(terms, policies, policy, level, own);
      const enough = equal === undefined ? [] : levelsFrom(policies.get(own), equal);
      return isOwn(policy) || enough.length === 0 ? [] : [`${hasLevel(policy, level)} && ${cleared(enough)}`];
    }),
  );
  if (rows.length === 0) return [];
  const id = `${terms.id}/${terms.version}/home/${party}`;
  const says = `what ${party} originated in another policy than ${own}`;
  return [
    cedarPolicy('permit', id, { agreement: terms.id, home: own, says }, [
      `principal.party == ${uid('Party', party)}`,
      `context.inForce.contains(${literal(`${terms.id}/${terms.version}`)})`,
      ...AT_HOME,
      anyOf(rows),
    ]),
  ];
}
