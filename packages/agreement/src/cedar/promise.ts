import type { Policies } from '@concord/label';
import type { Never, Terms } from '../terms.ts';
import { levelsTo } from './clause.ts';
import { anyOf, type CedarPolicy, cedarPolicy, hasLevel, literal, uid, uids } from './text.ts';

function concerns({ release }: Never, policies: Policies): string {
  if ('caveat' in release) return `resource.caveats.contains(${literal(release.caveat)})`;
  if ('kind' in release) return `resource.kind == ${uid('Kind', release.kind)}`;
  if ('originator' in release) return `context.originator == ${uid('Party', release.originator)}`;
  if ('dataMode' in release) return `resource.dataMode == ${uid('DataMode', release.dataMode)}`;
  const notAbove = [...policies.values()].flatMap((policy) =>
    levelsTo(policy, release.above).map((level) => hasLevel(policy.id, level)),
  );
  return `!${anyOf(notAbove)}`;
}

/** The promises of an agreement that hold whatever the clauses say, of this agreement or any other. */
export function cedarPromises(terms: Terms, policies: Policies): CedarPolicy[] {
  const version = `${terms.id}/${terms.version}`;
  const parties = terms.parties.map((one) => one.id);
  const bound = [
    `context.promises.contains(${literal(version)})`,
    `${uids('Party', parties)}.contains(context.originator)`,
    'principal.party != context.originator',
  ];
  const never = terms.never.map((line, i) =>
    cedarPolicy('forbid', `${version}/never/${i + 1}`, { agreement: terms.id, says: line.says }, [
      ...bound,
      ...(line.to === 'any-other-party' ? [] : [`principal.party == ${uid('Party', line.to)}`]),
      ...(line.by === undefined ? [] : [`context.door == ${uid('Door', line.by)}`]),
      concerns(line, policies),
    ]),
  );
  return [...never, thirdParties(terms, version, parties, bound)];
}

function thirdParties(
  terms: Terms,
  version: string,
  parties: readonly string[],
  bound: readonly string[],
): CedarPolicy {
  const id = `${version}/third-parties/${terms.thirdParties}`;
  return terms.thirdParties === 'originator-consent'
    ? cedarPolicy(
        'permit',
        id,
        {
          agreement: terms.id,
          says: 'third parties: what they consented to, beside a clause of this agreement',
        },
        [
          'context has third',
          `context.third.under.contains(${literal(version)})`,
          'resource.consents.contains(principal.party)',
        ],
      )
    : cedarPolicy('forbid', id, { agreement: terms.id, says: 'third parties: never, consent or not' }, [
        'context has third',
        ...bound,
        `context.others.containsAny(${uids('Party', parties)})`,
      ]);
}
