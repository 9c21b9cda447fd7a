import { readAgreement, type Terms } from '@concord/agreement';
import type { AgreementId, OfficerId, PartyId, Policies } from '@concord/label';
import type { Drafted, Officer, Recorded } from '../records.ts';
import type { VersionText } from '../statement/agreement.ts';
import type { Said, VersionAct, VersionEvent } from './event.ts';
import { isAuthority } from './may.ts';
import { currentVersion } from './standing.ts';
import { advance, DRAFT, type Ground, type VersionState } from './state.ts';

/** A version of an agreement with all that has happened to it. */
export interface Version {
  readonly drafted: Drafted;
  readonly terms: Terms;
  readonly events: readonly VersionEvent[];
  readonly state: VersionState;
}

export const subjectOf = ({ drafted }: Version): string => `version/${drafted.doc}`;
export const textOf = ({ drafted }: Version): VersionText => drafted;
export const partiesOf = ({ terms }: Version): PartyId[] => terms.parties.map((one) => one.id);
export const groundOf = (version: Version): Ground => ({
  parties: partiesOf(version),
  quorum: version.terms.authority.quorum,
});

const after = (version: Version, event: VersionEvent): Version => ({
  ...version,
  events: [...version.events, event],
  state: advance(version.state, event, groundOf(version)),
});

export const withAct = (version: Version, said: Said, act: VersionAct): Version =>
  after(version, { ...act, ...said });

/** What was recorded of it, as it happened. */
export const eventOf = ({ at, by, kind, facts }: Recorded): VersionEvent =>
  ({ ...(facts as object), kind, at, by }) as VersionEvent;

/** Versions by their document, as they were drafted and as recorded. One that cannot be executed any more is left out. */
export function restoreVersions(
  drafts: readonly Drafted[],
  record: readonly Recorded[],
  policies: Policies,
  onUnreadable: (drafted: Drafted) => void,
): Map<string, Version> {
  const events = Map.groupBy(record, ({ subject }) => subject);
  const versions = new Map<string, Version>();
  for (const drafted of drafts) {
    const { files } = drafted;
    const file = (path: string) => (Object.hasOwn(files, path) ? files[path] : undefined);
    const { terms } = readAgreement(drafted.text, { file, policies });
    if (!terms) {
      onUnreadable(drafted);
      continue;
    }
    const draft: Version = { drafted, terms, events: [], state: DRAFT };
    const past = events.get(subjectOf(draft)) ?? [];
    versions.set(
      drafted.doc,
      past.reduce((version, one) => after(version, eventOf(one)), draft),
    );
  }
  return versions;
}

/** A draft is its drafter's own; what was proposed concerns its parties and the authority. Hidden and absent are one. */
export function mayKnow(who: Officer, { drafted, state, terms, events }: Version): boolean {
  if (who.party === drafted.drafter && !isAuthority(who)) return true;
  const proposed = state.phase !== 'draft' && events.some((one) => one.kind === 'proposed');
  return proposed && (isAuthority(who) || terms.parties.some((one) => one.id === who.party));
}

export const byAgreement = (versions: Iterable<Version>): Map<AgreementId, Version[]> =>
  Map.groupBy(versions, ({ terms }) => terms.id);

/** The version of each agreement that speaks for it now. */
export const currentVersions = (versions: Iterable<Version>, now: number): Version[] =>
  [...byAgreement(versions).values()]
    .flatMap((some) => currentVersion(some, now) ?? [])
    .sort((a, b) => (a.terms.id < b.terms.id ? -1 : 1));

export const saidBy = (by: OfficerId, at: number): Said => ({ by, at });
