import { LedgerError } from './error.ts';

/** What JSON can say. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const MAX_DEPTH = 32;

/**
 * The one text of a JSON value (RFC 8785): no white space, names in the order of their UTF-16 code units, numbers as
 * ECMAScript writes them. `value` for what JSON cannot say: NaN, infinities, lone surrogates, undefined.
 */
export function canonicalJson(value: Json, depth = 0): string {
  if (depth > MAX_DEPTH) throw new LedgerError('value', `nested deeper than ${MAX_DEPTH}`);
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'number') {
    if (!Number.isFinite(value)) throw new LedgerError('value', `${value} is no JSON number`);
    return JSON.stringify(value);
  }
  if (typeof value === 'string') {
    if (!value.isWellFormed()) throw new LedgerError('value', 'a string with a lone surrogate');
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) return `[${value.map((item) => canonicalJson(item, depth + 1)).join(',')}]`;
  if (typeof value !== 'object') throw new LedgerError('value', `a ${typeof value} is no JSON value`);
  const members = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${members.map(([name, item]) => `${canonicalJson(name)}:${canonicalJson(item, depth + 1)}`).join(',')}}`;
}
