import type { House } from '../house.ts';
import { checkAgreementSignature } from '../statement/agreement.ts';
import { NOTHING_HAPPENED, worldOf } from '../world.ts';
import { fits } from './state.ts';
import { groundOf, partiesOf, saidBy, textOf, type Version, withAct } from './versions.ts';

/**
 * Why a version must not come into force; none where it may. Asked of everything that is known here, in portions, and
 * asked again of the keys of today: a signature by a key that its party has since given up is none.
 */
export async function activation(
  house: House,
  versions: readonly Version[],
  version: Version,
): Promise<readonly string[]> {
  const { terms, drafted, state } = version;
  const reasons: string[] = [];
  const now = house.now();
  if (now >= terms.inForce.until) reasons.push('its time is over already');
  for (const other of versions) {
    const { id, version: number } = other.terms;
    if (other === version || id !== terms.id || !other.state.activated) continue;
    const [own, bound] = [partiesOf(version), partiesOf(other)];
    const faults = [
      ...(number >= terms.version ? [`version ${number} of ${id} has been in force already`] : []),
      // Nobody is written out of an agreement by the others: its promises to that party would end with it.
      ...(bound.every((one) => own.includes(one))
        ? []
        : [`a party of version ${number} is no party of this one: terminate it instead`]),
    ];
    // A party of this one may not know of the other: then no more is said of it.
    const known = own.every((one) => bound.includes(one));
    if (faults.length > 0) reasons.push(...(known ? faults : ['its name or number cannot be used']));
  }
  for (const party of partiesOf(version)) {
    const jws = state.signatures.get(party)?.jws ?? '';
    await checkAgreementSignature(jws, textOf(version), party, house.keys.get(party) ?? []).catch(
      (cause: Error) => reasons.push(`${party}: ${cause.message}`),
    );
  }
  if (!fits(state, { kind: 'activated' }, groundOf(version))) reasons.push('it is not approved');
  if (reasons.length > 0) return reasons;
  const active = withAct(version, saidBy(drafted.by, now), { kind: 'activated' });
  const others = versions.filter((one) => one !== version && one.terms.id !== terms.id);
  // As it will be when it begins, be that later.
  const world = worldOf(
    house.policies,
    [...others, active],
    NOTHING_HAPPENED,
    0,
    Math.max(now, terms.inForce.from),
  );
  for (const check of house.checks) reasons.push(...(await check({ world, agreement: terms.id })));
  return reasons;
}
