import { UsageError } from './verb.ts';

const FORM = /^\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d{1,9})?)?Z$/;

/** Milliseconds UTC, with fractions, of an instant in ISO 8601 with Z; `name` is the option that it was given for. */
export function instant(name: string, text: string): number {
  const milliseconds = FORM.test(text) ? Date.parse(text) : Number.NaN;
  // Date.parse takes 30 February for 2 March.
  if (Number.isNaN(milliseconds) || new Date(milliseconds).toISOString().slice(0, 10) !== text.slice(0, 10))
    throw new UsageError(`${name} is a time in UTC such as 2026-12-01T06:30:00Z, not "${text}"`);
  // Nor does it read more than milliseconds.
  const beyond = /\.\d{3}(\d+)Z$/.exec(text)?.[1];
  return beyond === undefined ? milliseconds : milliseconds + Number(`0.${beyond}`);
}
