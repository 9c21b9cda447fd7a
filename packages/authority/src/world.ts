import type { Terms } from '@concord/agreement';
import type { AgreementState, AssuranceStanding, World } from '@concord/gate';
import type { Policies } from '@concord/label';
import { type AssuranceState, assuranceStanding, UNTOUCHED } from './assurance.ts';
import { standingOf, startOf } from './version/standing.ts';
import { currentVersions, type Version } from './version/versions.ts';

export const assuranceKey = (agreement: string, name: string): string => `${agreement}/${name}`;

/** What has happened under agreements: to assurances by their key, and those with an open incident. */
export interface Happened {
  readonly assurances: ReadonlyMap<string, AssuranceState>;
  readonly suspected: ReadonlySet<string>;
}

export const NOTHING_HAPPENED: Happened = { assurances: new Map(), suspected: new Set() };

/** Clauses whose embargo has passed. */
const openedAt = ({ clauses }: Terms, now: number): string[] =>
  clauses.flatMap(({ id, embargo }) => (embargo !== undefined && embargo <= now ? [id] : []));

/** The world as it stands at an instant: of each agreement the version that speaks for it. */
export function worldOf(
  policies: Policies,
  versions: Iterable<Version>,
  { assurances, suspected }: Happened,
  epoch: number,
  now: number,
): World {
  const agreements = currentVersions(versions, now).map((one): AgreementState => {
    const { terms } = one;
    const since = startOf(one) ?? now;
    const standing = new Map<string, AssuranceStanding>(
      terms.assurances.map((each) => {
        const state = assurances.get(assuranceKey(terms.id, each.id)) ?? UNTOUCHED;
        return [each.id, assuranceStanding(state, each, since, now)];
      }),
    );
    return {
      terms,
      standing: standingOf(one, now),
      assurances: standing,
      opened: openedAt(terms, now),
      suspicion: suspected.has(terms.id),
    };
  });
  return { epoch, policies, agreements };
}
