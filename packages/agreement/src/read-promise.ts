import { CAVEATS, DATA_MODES, ITEM_KINDS } from '@concord/label';
import type { Place } from './node.ts';
import type { Known } from './read-clause.ts';
import { readInstant, readPeriod } from './read-time.ts';
import { type Assurance, DOORS, type Never, type NeverSubject } from './terms.ts';

/** Reads one entry of `assurances`. */
export function readAssurance(
  id: string,
  place: Place,
  known: Known,
  clauses: readonly string[],
): Assurance | undefined {
  const f = place.fields(
    `assurance "${id}"`,
    ['by', 'to', 'text', 'ifBreached'],
    ['review', 'signed', 'validUntil', 'ifLapsed'],
  );
  const by = f.by.oneOf('by', known.parties, 'unknown-party');
  const to = f.to.oneOf('to', known.parties, 'unknown-party');
  const text = f.text.string('text');
  const review = f.review && readPeriod(f.review, 'review');
  const signed = f.signed && readInstant(f.signed);
  const validUntil = f.validUntil && readInstant(f.validUntil);
  if (signed !== undefined && validUntil !== undefined && signed >= validUntil)
    f.validUntil?.find('bad-value', 'an assurance ends after it was signed, not before');
  const { suspend } = f.ifBreached.fields('ifBreached', ['suspend']);
  const named = suspend.items('suspend');
  const suspends = named.flatMap((one) => one.oneOf('a clause', clauses, 'unknown-clause') ?? []);
  if (named.length === 0 && !suspend.missing)
    suspend.find('bad-value', 'suspend names at least one clause, or the assurance would have no effect');
  // An empty list says that a lapse alone leaves everything as it is.
  const lapse = f.ifLapsed
    ?.fields('ifLapsed', ['suspend'])
    .suspend.items('suspend')
    .flatMap((one) => one.oneOf('a clause', clauses, 'unknown-clause') ?? []);
  if (by !== undefined && by === to) f.to.find('bad-value', 'a party gives no assurance to itself');
  if (by === undefined || to === undefined || text === undefined) return undefined;
  return {
    id,
    by,
    to,
    text,
    ...(review !== undefined && { review }),
    ...(signed !== undefined && { signed }),
    ...(validUntil !== undefined && { validUntil }),
    suspends: [...new Set(suspends)],
    ...(lapse && { lapseSuspends: [...new Set(lapse)] }),
  };
}

/** Reads one line of `never`. The grammar is closed: docs/agreement.md lists it. */
export function readNever(place: Place, known: Known): Never | undefined {
  const f = place.fields('a never line', ['release'], ['to', 'by']);
  const to = f.to
    ? f.to.oneOf('to', ['any-other-party' as const, ...known.parties], 'unknown-party')
    : 'any-other-party';
  const by = f.by?.oneOf('by', DOORS);
  if (f.release.missing) return undefined;
  const entries = f.release.entries('release');
  if (entries.length === 0) f.release.find('shape', `release has at least one key: ${SUBJECTS}`);
  const parts = entries.map(([name, value, key]) => readSubject(name, value, key, known));
  if (parts.length === 0 || parts.includes(undefined)) return undefined;
  if (to === undefined || (f.by && by === undefined)) return undefined;
  const release: NeverSubject = Object.assign({}, ...parts);
  const what = Object.entries(release).map(([key, value]) => `${key} ${value}`);
  const says = `never release ${what.join(', ')} to ${to}${by ? ` by ${by}` : ''}`;
  return { release, to, ...(by && { by }), says };
}

const SUBJECTS = 'caveat, above, kind, originator, dataMode, area';

function readSubject(name: string, value: Place, key: Place, known: Known): NeverSubject | undefined {
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
    case 'area': {
      const area = value.oneOf('area', known.areas, 'unknown-area');
      return area === undefined ? undefined : { area };
    }
    default:
      return key.find('unknown-key', `never release "${name}" is not in the grammar: ${SUBJECTS}`);
  }
}
