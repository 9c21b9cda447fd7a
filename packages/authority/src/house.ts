import { randomUUID } from 'node:crypto';
import type { World } from '@concord/gate';
import type { AgreementId, OfficerId, PartyId, Policies } from '@concord/label';
import type { Act, Cutoff, RevokeTarget } from '@concord/release';
import type { Enactment } from './enactment.ts';
import { AuthorityError } from './error.ts';
import type { AuthorityStore, Officer, Recorded } from './records.ts';
import type { PartyKeys } from './statement/keys.ts';
import { isAuthority } from './version/may.ts';

/**
 * Everything that must hold before an agreement comes into force, asked over what is known here: reasons why not. A
 * check takes its time in portions, beside the traffic.
 */
export type ActivationCheck = (proposed: {
  /** The world with the new version in force. */
  readonly world: World;
  readonly agreement: AgreementId;
}) => Promise<readonly string[]>;

/**
 * Items that are stored already are put into classes anew when an agreement asks about other areas than before. Until
 * that is done they are denied where they would need it, for their class does not say that they lie within.
 */
export interface StoredItems {
  areasChanged(world: World): Promise<void>;
}

/** What the parts of the authority share. */
export interface House {
  readonly officers: ReadonlyMap<OfficerId, Officer>;
  readonly policies: Policies;
  readonly keys: PartyKeys;
  readonly store: AuthorityStore;
  readonly enactment: Enactment;
  readonly checks: readonly ActivationCheck[];
  readonly storedItems?: StoredItems;
  readonly now: () => number;
  readonly onError: (cause: unknown) => void;
  /** What begins or ends by itself may have changed. */
  readonly rearm: () => void;
}

export const officerIn = ({ officers }: House, id: OfficerId): Officer => {
  const officer = officers.get(id);
  if (!officer) throw new AuthorityError('bad-officer', `${id} is not known`);
  return officer;
};

export const recorded = (
  house: House,
  subject: string,
  by: OfficerId,
  kind: string,
  facts: unknown = {},
): Recorded => ({ id: randomUUID(), subject, at: house.now(), by, kind, facts });

/** The parties of an agreement, and whoever sits on the board: they may open what is on its ledger. */
const readersOf = ({ officers }: House, parties: readonly PartyId[]): PartyId[] => [
  ...new Set([...parties, ...[...officers.values()].filter(isAuthority).map((one) => one.party)]),
];

/** Writes what was done to the ledger of the agreement, once that it was done is durable. */
export async function account(house: House, acts: readonly Act[]): Promise<void> {
  const whole = acts.map((one) => ({ ...one, parties: readersOf(house, one.parties as PartyId[]) }));
  await house.enactment.release.receipts.acted(whole).catch(house.onError);
}

/** What was taken away. */
export interface Ended {
  readonly log: AgreementId;
  readonly target: RevokeTarget;
  readonly subject: string;
  readonly parties: readonly PartyId[];
}

/** The same for what took something away, with what was cut. */
export async function accountEnd(
  house: House,
  { log, target, subject, parties }: Ended,
  cutoffs: readonly Cutoff[],
): Promise<void> {
  await house.enactment.release.receipts
    .revoked(log, subject, readersOf(house, parties), cutoffs, target)
    .catch(house.onError);
}

/** Tells the officers of the authority, and those of some parties, who are connected now. */
export function tell(
  house: House,
  parties: readonly PartyId[],
  notice: { readonly kind: string; readonly subject: string; readonly says: string },
): void {
  const concerned = new Set(parties);
  house.enactment.release.tell(
    ({ officer, party }) => {
      const one = house.officers.get(officer);
      return concerned.has(party) || (one !== undefined && isAuthority(one));
    },
    { type: 'notice', at: new Date(house.now()).toISOString(), ...notice },
  );
}
