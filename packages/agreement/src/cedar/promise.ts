import type { Policies } from '@concord/label';
import type { Consent, Never, Terms } from '../terms.ts';
import { levelsTo } from './clause.ts';
import { anyOf, type CedarPolicy, cedarPolicy, hasLevel, literal, uid, uids } from './text.ts';

function concerns({ release }: Never, terms: Terms, policies: Policies): string[] {
  const { caveat, above, kind, originator, dataMode, area } = release;
  return [
    ...(caveat === undefined ? [] : [`resource.caveats.contains(${literal(caveat)})`]),
    ...(kind === undefined ? [] : [`resource.kind == ${uid('Kind', kind)}`]),
    ...(originator === undefined ? [] : [`context.originator == ${uid('Party', originator)}`]),
    ...(dataMode === undefined ? [] : [`resource.dataMode == ${uid('DataMode', dataMode)}`]),
    ...(above === undefined ? [] : [isAbove(above, policies)]),
    ...(area === undefined ? [] : mayLieIn(area, terms)),
  ];
}

function isAbove(above: string, policies: Policies): string {
  const notAbove = [...policies.values()].flatMap((policy) =>
    levelsTo(policy, above).map((level) => hasLevel(policy.id, level)),
  );
  return `!${anyOf(notAbove)}`;
}

/** Nothing is known to lie clear of an area that is not there. */
function mayLieIn(name: string, terms: Terms): string[] {
  const area = terms.areas.find((one) => one.name === name);
  return area ? [`!resource.areas.contains(${literal(`${area.hash}!`)})`] : [];
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
      ...concerns(line, terms, policies),
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
          anyOf(['resource.consents.contains(principal.party)', ...(terms.consents ?? []).map(onRecord)]),
        ],
      )
    : cedarPolicy('forbid', id, { agreement: terms.id, says: 'third parties: never, consent or not' }, [
        'context has third',
        `context.thirdRules.contains(${literal(version)})`,
        ...bound.slice(1),
        `context.others.containsAny(${uids('Party', parties)})`,
      ]);
}

const onRecord = ({ originator, to, kinds }: Consent): string =>
  [
    `context.originator == ${uid('Party', originator)}`,
    `principal.party == ${uid('Party', to)}`,
    `${uids('Kind', kinds)}.contains(resource.kind)`,
  ].join(' && ');
