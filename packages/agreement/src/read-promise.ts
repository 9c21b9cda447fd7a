import { CAVEATS, DATA_MODES, ITEM_KINDS } from '@concord/label';
import type { Place } from './node.ts';
import { durationMs } from './obligations.ts';
import type { Known } from './read-clause.ts';
import { type Assurance, DOORS, type Never } from './terms.ts';

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
  const { suspend } = f.ifBreached.fields('ifBreached', ['suspend']);
  const named = suspend.items('suspend');
  const suspends = named.flatMap((one) => one.oneOf('a clause', clauses, 'unknown-clause') ?? []);
  if (named.length === 0 && !suspend.missing)
    suspend.find('bad-value', 'suspend names at least one clause, or the assurance would have no effect');
  if (by !== undefined && by === to) f.to.find('bad-value', 'a party gives no assurance to itself');
  if (by === undefined || to === undefined || text === undefined) return undefined;
  return { id, by, to, text, ...(review && { review }), suspends: [...new Set(suspends)] };
}

/** Reads one line of `never`. The grammar is closed: docs/agreement.md lists it. */
export function readNever(place: Place, known: Known): Never | undefined {
  const f = place.fields('a never line', ['release'], ['to', 'by']);
  const to = f.to
    ? f.to.oneOf('to', ['any-other-party' as const, ...known.parties], 'unknown-party')
    : 'any-other-party';
  const by = f.by?.oneOf('by', DOORS);
  if (f.release.missing) return undefined;
  const [entry, ...more] = f.release.entries('release');
  if (!entry || more.length > 0)
    f.release.find('shape', 'release has one key: caveat, above, kind, originator or dataMode');
  if (!entry) return undefined;
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
      const caveat = value.oneOf('caveat', CAVEATS, 'unknown-caveat');
      return caveat && { caveat };
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
