import { english, type MessageKey } from './english.ts';

export type { MessageKey };
export type Values = Readonly<Record<string, string | number>>;

const plural = new Intl.PluralRules('en');

/**
 * The text of a message with `{name}` replaced by values. A message may have forms by number; `n` chooses.
 */
export function say(key: MessageKey, values: Values = {}): string {
  const entry: string | { readonly one: string; readonly other: string } = english[key];
  const text =
    typeof entry === 'string'
      ? entry
      : plural.select(Number(values['n'])) === 'one'
        ? entry.one
        : entry.other;
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = values[name];
    return value === undefined ? whole : String(value);
  });
}

/** The text of a message whose key is made at run time, or `otherwise` where there is none. */
export function sayMaybe(key: string, otherwise: string): string {
  return Object.hasOwn(english, key) ? say(key as MessageKey) : otherwise;
}
