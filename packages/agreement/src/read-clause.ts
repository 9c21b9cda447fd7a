import { DATA_MODES, ITEM_KINDS, type ItemKind, isWord, NOBODY, type PartyId } from '@concord/label';
import { canOblige, droppable } from './kind-obligations.ts';
import type { Place } from './node.ts';
import { DELAY_LADDER, delayRung, type Obligations } from './obligations.ts';
import { readInstant, readPeriod } from './read-time.ts';
import type { Clause } from './terms.ts';

/** What a clause may refer to, read before it. */
export interface Known {
  readonly parties: readonly PartyId[];
  /** Level names by party; a level outside is an error. */
  readonly levels: ReadonlyMap<PartyId, readonly string[]>;
  readonly areas: readonly string[];
}

/** A list of at least one thing, each said once; an empty one would mean all, or nothing, and nobody could tell. */
export function listed<T>(place: Place, what: string, read: (one: Place) => T | undefined): T[] {
  const items = place.items(what);
  if (items.length === 0 && !place.missing) place.find('bad-value', `${what} names at least one`);
  return [...new Set(items.flatMap((one) => read(one) ?? []))];
}

export function level(
  place: Place,
  what: string,
  party: PartyId | undefined,
  known: Known,
): string | undefined {
  const text = place.string(what);
  if (text === undefined || party === undefined) return text;
  const levels = known.levels.get(party) ?? [];
  return levels.includes(text)
    ? text
    : place.find(
        'unknown-level',
        `${what} "${text}" is no level of ${party}: ${levels.join(', ') || 'none is known'}`,
      );
}

function readDropped(place: Place, covers: readonly ItemKind[]): string | undefined {
  const field = place.string('a field to drop');
  if (field === undefined) return undefined;
  if (!/^[A-Za-z]\w*$/.test(field))
    return place.find('bad-value', `"${field}" cannot be the name of a field`);
  const refused = covers.filter((kind) => !droppable(kind, field));
  if (refused.length === 0) return field;
  return place.find('cannot-oblige', `"${field}" cannot be dropped from ${refused.join(', ')}`);
}

function readObligations(place: Place, covers: readonly ItemKind[]): Obligations {
  const { position, delay, drop } = place.fields('obligations', [], ['position', 'delay', 'drop']);
  const h3 = position?.fields('position', ['h3']).h3.integer('h3', 0, 15);
  const rungText = delay?.text();
  const rung = rungText === undefined ? undefined : delayRung(rungText);
  if (delay && rungText !== undefined && rung === undefined) {
    const ladder = DELAY_LADDER.map((one) => one.text).join(', ');
    delay.find('not-on-the-ladder', `delay "${rungText}" is not one of ${ladder}`);
  }
  const fields = drop && listed(drop, 'drop', (one) => readDropped(one, covers));
  const obligations: Obligations = {
    ...(h3 !== undefined && { position: { h3 } }),
    ...(rung && { delay: rung }),
    ...(fields && fields.length > 0 && { drop: fields.sort() }),
  };
  const stuck = h3 === undefined ? [] : covers.filter((kind) => !canOblige(kind, { position: { h3 } }));
  if (stuck.length > 0)
    place.find('cannot-oblige', `a coarser position cannot be given for ${stuck.join(', ')}`);
  return obligations;
}

function readPurpose(place: Place): string | undefined {
  const text = place.string('a purpose');
  if (text === undefined) return undefined;
  const fits = isWord(text) && !text.includes(',') && text !== NOBODY;
  return fits ? text : place.find('bad-value', `"${text}" cannot be a purpose`);
}

/** Reads one entry of `clauses`. */
export function readClause(id: string, place: Place, known: Known): Clause | undefined {
  const f = place.fields(
    `clause "${id}"`,
    ['from', 'to', 'covers', 'ceiling'],
    ['within', 'purposes', 'dataModes', 'obligations', 'embargo', 'copies', 'hold'],
  );
  const from = f.from.oneOf('from', known.parties, 'unknown-party');
  const to = f.to.oneOf('to', known.parties, 'unknown-party');
  if (from !== undefined && from === to) f.to.find('bad-value', 'a party needs no clause to itself');
  const covers = listed(f.covers, 'covers', (one) => one.oneOf('an item kind', ITEM_KINDS, 'unknown-kind'));
  const ceiling = level(f.ceiling, 'ceiling', from, known);
  const within = f.within?.oneOf('within', known.areas, 'unknown-area');
  const purposes = f.purposes ? listed(f.purposes, 'purposes', readPurpose) : [];
  const dataModes =
    f.dataModes && listed(f.dataModes, 'dataModes', (one) => one.oneOf('a data mode', DATA_MODES));
  const obligations = f.obligations ? readObligations(f.obligations, covers) : {};
  const embargo = f.embargo && readInstant(f.embargo);
  const copies = f.copies?.integer('copies', 0, 1_000_000);
  const hold = f.hold && readPeriod(f.hold, 'hold');
  if (from === undefined || to === undefined || ceiling === undefined) return undefined;
  return {
    id,
    from,
    to,
    covers,
    ceiling,
    ...(within !== undefined && { within }),
    purposes: purposes.sort(),
    ...(dataModes && { dataModes }),
    obligations,
    ...(embargo !== undefined && { embargo }),
    ...(copies !== undefined && { copies }),
    ...(hold !== undefined && { hold }),
  };
}
