import type { AgreementState, AssuranceStanding, World } from '@concord/gate';
import type { Policies } from '@concord/label';
import { type AssuranceState, assuranceStanding, UNTOUCHED } from './assurance.ts';
import { standingOf, startOf } from './version/standing.ts';
import { currentVersions, type Version } from './version/versions.ts';

export const assuranceKey = (agreement: string, name: string): string => `${agreement}/${name}`;

/** The world as it stands at an instant: of each agreement the version that speaks for it. */
export function worldOf(
  policies: Policies,
  versions: Iterable<Version>,
  assurances: ReadonlyMap<string, AssuranceState>,
  epoch: number,
  now: number,
): World {
  const agreements = currentVersions(versions, now).map((one): AgreementState => {
    const { terms } = one;
    const since = startOf(one) ?? now;
    const standing = new Map<string, AssuranceStanding>(
      terms.assurances.map(({ id, review }) => {
        const state = assurances.get(assuranceKey(terms.id, id)) ?? UNTOUCHED;
        return [id, assuranceStanding(state, review, since, now)];
      }),
    );
    return { terms, standing: standingOf(one, now), assurances: standing };
  });
  return { epoch, policies, agreements };
}
