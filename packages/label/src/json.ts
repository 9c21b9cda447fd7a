import { LabelError } from './error.ts';
import { isPartyId, type PartyId, type PolicyId } from './ids.ts';
import {
  byKey,
  CATEGORY_TYPES,
  CAVEATS,
  type Category,
  categoryKey,
  DATA_MODES,
  type Label,
  type Successor,
} from './label.ts';
import { isWord } from './word.ts';

/** More entries in one list than any label has: whoever sends them means harm. */
const MOST = 200;

const FIELDS = new Set([
  'policy',
  'classification',
  'categories',
  'caveats',
  'releasableTo',
  'purposes',
  'embargoUntil',
  'dataMode',
  'successor',
]);

/** Successors of successors: no label has more. */
const MOST_SUCCESSORS = 4;

const fail = (path: string, why: string): never => {
  throw new LabelError('label-field', path, why);
};

/** A name of visible characters without any of `marks`, by which a banner is taken apart. */
function word(value: unknown, path: string, marks = /,/): string {
  if (typeof value !== 'string' || !isWord(value)) return fail(path, 'is not a word');
  return marks.test(value) ? fail(path, 'holds a character that is used as a mark') : value;
}

function list(value: unknown, path: string): readonly unknown[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return fail(path, 'is a list');
  return value.length > MOST ? fail(path, `has more than ${MOST} entries`) : Array.from(value);
}

const words = (value: unknown, path: string): string[] =>
  [...new Set(list(value, path).map((one, i) => word(one, `${path}[${i}]`)))].sort();

function oneOf<T extends string>(allowed: readonly T[], value: unknown, path: string): T {
  return allowed.find((one) => one === value) ?? fail(path, `is one of ${allowed.join(', ')}`);
}

function category(value: unknown, path: string): Category {
  if (typeof value !== 'object' || value === null) return fail(path, 'is {tagSet, type, values}');
  const { tagSet, type, values, ...rest } = value as Record<string, unknown>;
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) fail(`${path}.${extra}`, 'is not known');
  const some = words(values, `${path}.values`);
  if (some.length === 0) fail(`${path}.values`, 'is empty');
  // A reader's value is written `tagSet:value`, so a colon in a tag set would let one value pass for another.
  const name = word(tagSet, `${path}.tagSet`, /[!~=:,]|^(?:REL|FOR|UNTIL) /);
  return { tagSet: name, type: oneOf(CATEGORY_TYPES, type, `${path}.type`), values: some };
}

function categories(value: unknown): Category[] {
  const read = list(value, 'categories').map((one, i) => category(one, `categories[${i}]`));
  const keys = read.map(categoryKey);
  const twice = keys.findIndex((key, i) => keys.indexOf(key) !== i);
  if (twice >= 0) fail(`categories[${twice}]`, 'names a tag set and type that stand there already');
  return read.sort(byKey);
}

/** Reads a label from a JSON value; strict: an unknown field, caveat or data mode is an error, never ignored. */
export function readLabel(value: unknown): Label {
  return label(value, 0);
}

function label(value: unknown, depth: number): Label {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new LabelError('label-syntax', '', 'a label is an object');
  }
  const raw = value as Record<string, unknown>;
  for (const key of Object.keys(raw)) if (!FIELDS.has(key)) fail(key, 'is not a field of a label');
  const { releasableTo, embargoUntil } = raw;
  const policy = word(raw['policy'], 'policy', / /);
  const classification = word(raw['classification'], 'classification', /^$/);
  const caveats = words(raw['caveats'], 'caveats');
  for (const [i, one] of caveats.entries()) oneOf(CAVEATS, one, `caveats[${i}]`);
  const parties = releasableTo === undefined ? undefined : words(releasableTo, 'releasableTo');
  for (const [i, one] of (parties ?? []).entries())
    if (!isPartyId(one)) fail(`releasableTo[${i}]`, 'is not a party');
  return {
    policy: policy as PolicyId,
    classification,
    categories: categories(raw['categories']),
    caveats,
    ...(parties && { releasableTo: parties as PartyId[] }),
    purposes: words(raw['purposes'], 'purposes'),
    ...(embargoUntil !== undefined && { embargoUntil: instant(embargoUntil, 'embargoUntil') }),
    dataMode: oneOf(DATA_MODES, raw['dataMode'], 'dataMode'),
    ...(raw['successor'] !== undefined && { successor: successor(raw, depth + 1) }),
  };
}

function successor(
  { policy, dataMode, successor: value }: Record<string, unknown>,
  depth: number,
): Successor {
  if (typeof value !== 'object' || value === null) return fail('successor', 'is {at, label}');
  const { at, label: next, ...rest } = value as Record<string, unknown>;
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) fail(`successor.${extra}`, 'is not known');
  if (depth > MOST_SUCCESSORS) return fail('successor', `follows more than ${MOST_SUCCESSORS} others`);
  const read = label(next, depth);
  if (read.policy !== policy) fail('successor.label.policy', 'is that of the label');
  if (read.dataMode !== dataMode) fail('successor.label.dataMode', 'is that of the label');
  return { at: instant(at, 'successor.at'), label: read };
}

function instant(value: unknown, path: string): string {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/.test(value)) {
    return fail(path, 'is a UTC instant such as 2026-12-01T00:00:00Z');
  }
  const ms = Date.parse(value);
  const text = Number.isFinite(ms) ? new Date(ms).toISOString() : '';
  // The 30th of February and the hour 24 are read as another day than is written.
  return text.startsWith(value.slice(0, 13)) ? text : fail(path, 'is no instant of the calendar');
}

/** Reads a label from JSON text. */
export function parseLabel(text: string): Label {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new LabelError('label-syntax', '', `not JSON: ${(cause as Error).message}`);
  }
  return readLabel(value);
}

/** One text for equal labels: fields in a fixed order, lists sorted. */
export function labelText(label: Label): string {
  const {
    policy,
    classification,
    categories,
    caveats,
    releasableTo,
    purposes,
    embargoUntil,
    dataMode,
    successor,
  } = label;
  return JSON.stringify({
    policy,
    classification,
    categories,
    caveats,
    releasableTo,
    purposes,
    embargoUntil,
    dataMode,
    ...(successor && {
      successor: { at: successor.at, label: JSON.parse(labelText(successor.label)) as unknown },
    }),
  });
}
