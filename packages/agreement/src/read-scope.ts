import { DATA_MODES, ITEM_KINDS, isPartyId, isWord } from '@concord/label';
import type { Place } from './node.ts';
import { type Known, level, listed } from './read-clause.ts';
import { readPeriod } from './read-time.ts';
import type { Access, Consent, Reference, Scope, Terms } from './terms.ts';

const word = (place: Place, what: string): string | undefined => {
  const text = place.string(what);
  if (text === undefined) return undefined;
  return isWord(text) && !/[\s,:]/.test(text)
    ? text
    : place.find('bad-value', `${what} is one word, not "${text}"`);
};

/** Reads `scope`. */
export function readScope(place: Place, known: Known): Scope {
  const f = place.fields('scope', [], ['ceiling', 'categories', 'areas', 'dataModes', 'dutyToExchange']);
  const ceilings = (f.ceiling?.entries('ceiling') ?? []).flatMap(([name, value, key]) => {
    const party = key.oneOf('a party', known.parties, 'unknown-party');
    const found = level(value, 'ceiling', party, known);
    return party === undefined || found === undefined || name !== party ? [] : [{ party, level: found }];
  });
  const categories = f.categories && listed(f.categories, 'categories', (one) => word(one, 'a tag set'));
  const areas =
    f.areas && listed(f.areas, 'areas', (one) => one.oneOf('an area', known.areas, 'unknown-area'));
  const modes =
    f.dataModes && listed(f.dataModes, 'dataModes', (one) => one.oneOf('a data mode', DATA_MODES));
  const none = f.dutyToExchange?.oneOf('dutyToExchange', ['none']);
  return {
    ceilings,
    ...(categories && { categories }),
    ...(areas && { areas }),
    ...(modes && { dataModes: modes }),
    ...(none && { dutyToExchange: none }),
  };
}

/** Reads `access`: party → what its officers need. */
export function readAccess(place: Place, known: Known): Access[] {
  return place.entries('access').flatMap(([, value, key]) => {
    const party = key.oneOf('a party', known.parties, 'unknown-party');
    const f = value.fields('access', [], ['minimum', 'confirmation', 'nationals']);
    const minimum = f.minimum && level(f.minimum, 'minimum', party, known);
    const confirmation = f.confirmation && readPeriod(f.confirmation, 'confirmation');
    const nationals = f.nationals && listed(f.nationals, 'nationals', (one) => word(one, 'a nationality'));
    if (party === undefined) return [];
    return {
      party,
      ...(minimum !== undefined && { minimum }),
      ...(confirmation !== undefined && { confirmation }),
      ...(nationals && { nationals: nationals.sort() }),
    };
  });
}

/** Reads `consents`. An originator or a receiver need be no party: it is a third one that consents. */
export function readConsents(place: Place, thirdParties: Terms['thirdParties']): Consent[] {
  if (thirdParties === 'never')
    place.find('contradiction', 'consents count for nothing where thirdParties is never');
  const party = (one: Place) => {
    const text = one.text();
    if (text === undefined) return undefined;
    return isPartyId(text) ? text : one.find('bad-name', `"${text}" is no name of a party`);
  };
  return place.items('consents').flatMap((one) => {
    const f = one.fields('a consent', ['reference', 'originator', 'to', 'kinds']);
    const reference = f.reference.string('reference');
    const originator = party(f.originator);
    const to = party(f.to);
    const kinds = listed(f.kinds, 'kinds', (kind) => kind.oneOf('an item kind', ITEM_KINDS, 'unknown-kind'));
    if (originator !== undefined && originator === to)
      f.to.find('bad-value', 'a party needs no consent to itself');
    return reference === undefined || originator === undefined || to === undefined
      ? []
      : [{ reference, originator, to, kinds }];
  });
}

/** Reads `parent` and each of `annexes`. */
export function readReference(place: Place): Reference | undefined {
  const f = place.fields('a reference', ['reference', 'title'], ['digest']);
  const reference = f.reference.string('reference');
  const title = f.title.string('title');
  const digest = f.digest?.text();
  if (f.digest && digest !== undefined && !/^[0-9a-f]{64}$/.test(digest))
    f.digest.find('bad-value', 'digest is a SHA-256 in 64 lower-case hexadecimal digits');
  return reference === undefined || title === undefined
    ? undefined
    : { reference, title, ...(digest !== undefined && { digest }) };
}
