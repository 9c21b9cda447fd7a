import { DATA_MODES, ITEM_KINDS, type ItemKind, type PartyId } from '@concord/label';
import { canOblige, droppable } from './kind-obligations.ts';
import type { Place } from './node.ts';
import { DELAY_LADDER, delayRung, durationMs, type Obligations } from './obligations.ts';
import type { Assurance, Clause, Never } from './terms.ts';
import { DOORS } from './terms.ts';

/** What a clause may refer to, read before it. */
export interface Known {
  readonly parties: readonly PartyId[];
  /** Level names by party; a level outside is an error. */
  readonly levels: ReadonlyMap<PartyId, readonly string[]>;
  readonly areas: readonly string[];
}

const present = <T>(list: readonly (T | undefined)[]): T[] => list.filter((one) => one !== undefined);

function level(place: Place, what: string, party: PartyId | undefined, known: Known): string | undefined {
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

function readObligations(place: Place, covers: readonly ItemKind[]): Obligations {
  const { position, delay, drop } = place.fields('obligations', [], ['position', 'delay', 'drop']);
  const h3 = position?.fields('position', ['h3']).h3.integer('h3', 0, 15);
  const rungText = delay?.text();
  const rung = rungText === undefined ? undefined : delayRung(rungText);
  if (delay && rungText !== undefined && rung === undefined) {
    const ladder = DELAY_LADDER.map((one) => one.text).join(', ');
    delay.find('not-on-the-ladder', `delay "${rungText}" is not one of ${ladder}`);
  }
  const fields = drop?.items('drop').flatMap((one) => {
    const field = one.string('a field to drop');
    if (field === undefined) return [];
    const refused = covers.filter((kind) => !droppable(kind, field));
    if (refused.length === 0) return [field];
    one.find('cannot-oblige', `"${field}" cannot be dropped from ${refused.join(', ')}`);
    return [];
  });
  const obligations: Obligations = {
    ...(h3 !== undefined && { position: { h3 } }),
    ...(rung && { delay: rung }),
    ...(fields && fields.length > 0 && { drop: [...new Set(fields)].sort() }),
  };
  const stuck = covers.filter((kind) => !canOblige(kind, obligations));
  if (stuck.length > 0)
    place.find('cannot-oblige', `a coarser position cannot be given for ${stuck.join(', ')}`);
  return obligations;
}

/** Reads one entry of `clauses`. */
export function readClause(id: string, place: Place, known: Known): Clause | undefined {
  const f = place.fields(
    `clause "${id}"`,
    ['from', 'to', 'covers', 'ceiling'],
    ['within', 'purposes', 'dataModes', 'obligations'],
  );
  const from = f.from.oneOf('from', known.parties, 'unknown-party');
  const to = f.to.oneOf('to', known.parties, 'unknown-party');
  if (from !== undefined && from === to) f.to.find('bad-value', 'a party needs no clause to itself');
  const covers = present(
    f.covers.items('covers').map((one) => one.oneOf('an item kind', ITEM_KINDS, 'unknown-kind')),
  );
  if (covers.length === 0 && !f.covers.missing)
    f.covers.find('bad-value', 'covers names at least one item kind');
  const ceiling = level(f.ceiling, 'ceiling', from, known);
  const within = f.within?.oneOf('within', known.areas, 'unknown-area');
  const purposes = present(f.purposes?.items('purposes').map((one) => one.string('a purpose')) ?? []);
  if (f.purposes && purposes.length === 0)
    f.purposes.find('bad-value', 'purposes names at least one, or is left out');
  const dataModes = f.dataModes?.items('dataModes').map((one) => one.oneOf('a data mode', DATA_MODES));
  if (f.dataModes && present(dataModes ?? []).length === 0)
    f.dataModes.find('bad-value', 'dataModes names at least one');
  const obligations = f.obligations ? readObligations(f.obligations, covers) : {};
  if (from === undefined || to === undefined || ceiling === undefined) return undefined;
  return {
    id,
    from,
    to,
    covers: [...new Set(covers)],
    ceiling,
    ...(within !== undefined && { within }),
    purposes: [...new Set(purposes)].sort(),
    ...(dataModes && { dataModes: present(dataModes) }),
    obligations,
  };
}

/** Reads one entry of `assurances`. */
export function readAssurance(
  id: string,
  place: Place,
  known: Known,
  clauses: readonly string[],
): Assurance | undefined {
  const f = place.fields(`assurance "${id}"`, ['by', 'to', 'text', 'ifBreached'], ['review']);
  const by = f.by.oneOf('by', known.parties, 'unknown-party');
  const to = f.to.oneOf('to', known.parties, 'unknown-party');
  const text = f.text.string('text');
  const reviewText = f.review?.text();
  const review = reviewText === undefined ? undefined : durationMs(reviewText);
  if (f.review && !review) f.review.find('bad-value', 'review is a duration such as P90D');
  const suspend = f.ifBreached.missing ? undefined : f.ifBreached.fields('ifBreached', ['suspend']).suspend;
  const suspends = present(
    suspend?.items('suspend').map((one) => one.oneOf('a clause', clauses, 'unknown-clause')) ?? [],
  );
  if (by === undefined || to === undefined || text === undefined) return undefined;
  return { id, by, to, text, ...(review && { review }), suspends };
}

/** Reads one line of `never`. The grammar is closed: docs/agreement.md lists it. */
export function readNever(place: Place, known: Known): Never | undefined {
  const f = place.fields('a never line', ['release'], ['to', 'by']);
  const to = f.to
    ? f.to.oneOf('to', ['any-other-party' as const, ...known.parties], 'unknown-party')
    : 'any-other-party';
  const by = f.by?.oneOf('by', DOORS);
  const [entry, ...more] = f.release.missing ? [] : f.release.entries('release');
  if (!entry) return undefined;
  if (more.length > 0)
    f.release.find('shape', 'release has one key: caveat, above, kind, originator or dataMode');
  const release = readNeverSubject(entry[0], entry[1], entry[2], known);
  if (!release || to === undefined || (f.by && by === undefined)) return undefined;
  const what = Object.entries(release).map(([key, value]) => `${key} ${value}`)[0];
  return { release, to, ...(by && { by }), says: `never release ${what} to ${to}${by ? ` by ${by}` : ''}` };
}

function readNeverSubject(
  name: string,
  value: Place,
  key: Place,
  known: Known,
): Never['release'] | undefined {
  switch (name) {
    case 'caveat': {
      const caveat = value.string('caveat');
      return caveat === undefined ? undefined : { caveat };
    }
    case 'above': {
      const above = value.string('above');
      if (above === undefined) return undefined;
      const without = known.parties.filter((party) => !known.levels.get(party)?.includes(above));
      if (without.length === 0) return { above };
      return value.find(
        'unknown-level',
        `"${above}" is no level of ${without.join(', ')}, so nobody could say what is above it`,
      );
    }
    case 'kind': {
      const kind = value.oneOf('kind', ITEM_KINDS, 'unknown-kind');
      return kind && { kind };
    }
    case 'originator': {
      const originator = value.oneOf('originator', known.parties, 'unknown-party');
      return originator && { originator };
    }
    case 'dataMode': {
      const dataMode = value.oneOf('dataMode', DATA_MODES);
      return dataMode && { dataMode };
    }
    default:
      return key.find(
        'unknown-key',
        `never release "${name}" is not in the grammar: caveat, above, kind, originator, dataMode`,
      );
  }
}
