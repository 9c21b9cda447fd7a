import { LabelError } from './error.ts';
import { isPartyId, type PartyId, type PolicyId } from './ids.ts';
import { CATEGORY_TYPES, CAVEATS, type Category, DATA_MODES, type Label } from './label.ts';

const FIELDS = new Set([
  'policy',
  'classification',
  'categories',
  'caveats',
  'releasableTo',
  'purposes',
  'embargoUntil',
  'dataMode',
]);

const fail = (path: string, why: string): never => {
  throw new LabelError('label-field', path, why);
};

function words(value: unknown, path: string): string[] {
  if (value === undefined) return [];
  if (!Array.isArray(value)) return fail(path, 'is a list of words');
  const list = value.map((one: unknown, i) =>
    typeof one === 'string' && one !== '' && one.length <= 200 ? one : fail(`${path}[${i}]`, 'is not a word'),
  );
  return [...new Set(list)].sort();
}

function oneOf<T extends string>(allowed: readonly T[], value: unknown, path: string): T {
  return allowed.find((one) => one === value) ?? fail(path, `is one of ${allowed.join(', ')}`);
}

function category(value: unknown, path: string): Category {
  if (typeof value !== 'object' || value === null) return fail(path, 'is {tagSet, type, values}');
  const { tagSet, type, values, ...rest } = value as Record<string, unknown>;
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) fail(`${path}.${extra}`, 'is not known');
  if (typeof tagSet !== 'string' || tagSet === '') return fail(`${path}.tagSet`, 'is missing');
  const list = words(values, `${path}.values`);
  if (list.length === 0) fail(`${path}.values`, 'is empty');
  return { tagSet, type: oneOf(CATEGORY_TYPES, type, `${path}.type`), values: list };
}

const order = (a: Category, b: Category) => (a.tagSet + a.type < b.tagSet + b.type ? -1 : 1);

/** Reads a label from a JSON value; strict: an unknown field, caveat or data mode is an error, never ignored. */
export function readLabel(value: unknown): Label {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new LabelError('label-syntax', '', 'a label is an object');
  }
  const raw = value as Record<string, unknown>;
  for (const key of Object.keys(raw)) if (!FIELDS.has(key)) fail(key, 'is not a field of a label');
  const { policy, classification, categories, releasableTo, embargoUntil } = raw;
  if (typeof policy !== 'string' || policy === '') return fail('policy', 'is missing');
  if (typeof classification !== 'string' || classification === '')
    return fail('classification', 'is missing');
  if (categories !== undefined && !Array.isArray(categories)) fail('categories', 'is a list');
  const caveats = words(raw['caveats'], 'caveats');
  for (const [i, one] of caveats.entries()) oneOf(CAVEATS, one, `caveats[${i}]`);
  const parties = releasableTo === undefined ? undefined : words(releasableTo, 'releasableTo');
  for (const [i, one] of (parties ?? []).entries())
    if (!isPartyId(one)) fail(`releasableTo[${i}]`, 'is not a party');
  return {
    policy: policy as PolicyId,
    classification,
    categories: ((categories ?? []) as unknown[])
      .map((one, i) => category(one, `categories[${i}]`))
      .sort(order),
    caveats,
    ...(parties && { releasableTo: parties as PartyId[] }),
    purposes: words(raw['purposes'], 'purposes'),
    ...(embargoUntil !== undefined && { embargoUntil: instant(embargoUntil) }),
    dataMode: oneOf(DATA_MODES, raw['dataMode'], 'dataMode'),
  };
}

function instant(value: unknown): string {
  if (typeof value !== 'string' || !/^\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(\.\d+)?)?Z$/.test(value)) {
    return fail('embargoUntil', 'is a UTC instant such as 2026-12-01T00:00:00Z');
  }
  const ms = Date.parse(value);
  return Number.isFinite(ms)
    ? new Date(ms).toISOString()
    : fail('embargoUntil', 'is no date of the calendar');
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
  const { policy, classification, categories, caveats, releasableTo, purposes, embargoUntil, dataMode } =
    label;
  return JSON.stringify({
    policy,
    classification,
    categories,
    caveats,
    releasableTo,
    purposes,
    embargoUntil,
    dataMode,
  });
}
