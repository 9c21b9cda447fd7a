import { type CustomTypesConfig, types } from 'pg';

const INT8 = 20;
const TIMESTAMPTZ = 1184;
const digit = (text: string, at: number): number => text.charCodeAt(at) - 48;
const two = (text: string, at: number): number => 10 * digit(text, at) + digit(text, at + 1);

/**
 * PostgreSQL's output of a `timestamptz` (DateStyle ISO, TimeZone UTC, at most milliseconds) as milliseconds since
 * 1970; years 1000 to 9999 by position, which is what a page of rows is made of.
 */
export function instantOf(text: string): number {
  if (text.charCodeAt(4) !== 45 || !text.endsWith('+00')) return Date.parse(text.replace(' ', 'T'));
  const year = 100 * two(text, 0) + two(text, 2);
  let milliseconds = 0;
  for (let at = 20, unit = 100; at < text.length - 3 && unit >= 1; at += 1, unit /= 10) {
    milliseconds += unit * digit(text, at);
  }
  return Date.UTC(
    year,
    two(text, 5) - 1,
    two(text, 8),
    two(text, 11),
    two(text, 14),
    two(text, 17),
    milliseconds,
  );
}

/** Counters stay below 2^53, and instants are milliseconds everywhere outside the database. */
export const VALUE_TYPES: CustomTypesConfig = {
  getTypeParser: ((oid: number, format?: 'text' | 'binary') => {
    if (oid === INT8) return Number;
    if (oid === TIMESTAMPTZ) return instantOf;
    return types.getTypeParser(oid, format as 'text');
  }) as CustomTypesConfig['getTypeParser'],
};

/** An instant as PostgreSQL reads it. */
export const instantText = (instant: number): string => new Date(instant).toISOString();

/** A text that may stem from damaged input as one that PostgreSQL holds: U+FFFD for U+0000 and half surrogate pairs. */
export const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\ufffd');

/** The same for all texts within a value, as JSON. */
export const storableJson = (value: unknown): string =>
  JSON.stringify(value, (_, inner: unknown) => (typeof inner === 'string' ? storable(inner) : inner)) ??
  'null';
