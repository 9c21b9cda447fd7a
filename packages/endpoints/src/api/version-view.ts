import { termsInWords } from '@concord/agreement';
import { standingOf, type Version } from '@concord/authority';

const iso = (ms: number) => new Date(ms).toISOString();

/** A version in a line of its agreement's time. */
export function versionSummary(version: Version) {
  const { terms, drafted, state } = version;
  return {
    agreement: terms.id,
    version: terms.version,
    title: terms.title,
    digest: drafted.digest,
    drafter: drafted.drafter,
    draftedAt: iso(drafted.at),
    phase: state.phase,
    ...(state.activated && {
      activatedAt: iso(state.activated.at),
      standing: standingOf(version, Date.now()),
    }),
    parties: terms.parties.map((one) => one.id),
    signedBy: [...state.signatures.keys()],
    approvedBy: [...state.consent.approvals],
    quorum: terms.authority.quorum,
    ...(state.refused && { refused: state.refused }),
    ...(state.suspended && {
      suspended: { ...state.suspended, at: iso(state.suspended.at) },
      resumeAgreedBy: [...state.resume.parties, ...state.resume.approvals],
    }),
    ...(state.notice && {
      notice: { ...state.notice, at: iso(state.notice.at), effective: iso(state.notice.effective) },
    }),
    ...(state.ended && { ended: { ...state.ended, at: iso(state.ended.at) } }),
  };
}

/** The same with its text, files, terms in words and signatures. */
export const versionView = (version: Version) => ({
  ...versionSummary(version),
  from: iso(version.terms.inForce.from),
  until: iso(version.terms.inForce.until),
  text: version.drafted.text,
  files: version.drafted.files,
  inWords: termsInWords(version.terms),
  signatures: [...version.state.signatures].map(([party, { jws, by, at }]) => ({
    party,
    jws,
    by,
    at: iso(at),
  })),
});

/** What has happened to it, as it was recorded. */
export const eventsView = ({ events, drafted }: Version) => [
  { kind: 'drafted', at: iso(drafted.at), by: drafted.by, party: drafted.drafter },
  ...events.map((one) => ({
    ...one,
    at: iso(one.at),
    ...(one.kind === 'notice' && { effective: iso(one.effective) }),
  })),
];
