import type { CheckedLabel } from './check-label.ts';
import type { Clearance } from './clearance.ts';
import { type Resolved, resolveCategories } from './resolve.ts';
import type { MarkingCode, MarkingData, Markings, Qualifier, QualifierCode, Spif, Tag } from './spif.ts';

/** Where a marking is shown. `page` is the top and the bottom of a page: whatever stands at either. */
export const MARKING_PLACES = [
  'page',
  'pageTop',
  'pageBottom',
  'documentStart',
  'documentEnd',
  'firstLineOfText',
  'lastLineOfText',
  'subject',
  'xHeader',
  'portionMarking',
  'waterMark',
] as const;
export type MarkingPlace = (typeof MARKING_PLACES)[number];

export interface MarkingOptions {
  /** A language tag such as `fr-CA`; phrases of `fr` serve it, then those without a language. */
  readonly language?: string;
  /** `page` unless said otherwise. */
  readonly place?: MarkingPlace;
}

/** How `noNameDisplay` and the like say what is shown; these name no place. */
const MODIFIERS: readonly MarkingCode[] = [
  'noNameDisplay',
  'noMarkingDisplay',
  'suppressClassName',
  'replacePolicy',
];

const placesOf = (code: MarkingCode): readonly MarkingCode[] =>
  code === 'pageTopBottom' ? ['pageTop', 'pageBottom'] : [code];

/** The phrases and qualifiers of one policy for one place and language. */
class Phrases {
  readonly #at: readonly MarkingCode[];
  readonly #languages: readonly (string | undefined)[];

  constructor({ language, place = 'page' }: MarkingOptions) {
    this.#at = place === 'page' ? ['pageTop', 'pageBottom'] : [place];
    const parts = language?.toLowerCase().split(/[-_]/) ?? [];
    const tags = parts.map((_, i) => parts.slice(0, parts.length - i).join('-'));
    this.#languages = [...tags, undefined];
  }

  #serves(codes: readonly MarkingCode[]): boolean {
    const places = codes.filter((code) => !MODIFIERS.includes(code)).flatMap(placesOf);
    return places.length === 0 || places.some((code) => this.#at.includes(code));
  }

  /** The first in the most fitting language: RFC 4647, lookup. */
  #pick<T extends { readonly language?: string }>(all: readonly T[]): T | undefined {
    for (const language of this.#languages) {
      const found = all.find((one) => one.language?.toLowerCase().replace('_', '-') === language);
      if (found) return found;
    }
    return undefined;
  }

  #here(markings: Markings, replacing: boolean): MarkingData | undefined {
    const all = markings.data.filter(({ codes }) => this.#serves(codes));
    return this.#pick(all.filter(({ codes }) => codes.includes('replacePolicy') === replacing));
  }

  /** What is shown for something of this name; empty for nothing. */
  nameOf(markings: Markings, name: string): string {
    const own = this.#here(markings, false);
    const data = own ?? this.#here(markings, true);
    if (!data) return name;
    const shown = own && !data.codes.includes('noMarkingDisplay') ? data.phrase : undefined;
    return shown ?? (data.codes.includes('noNameDisplay') ? '' : name);
  }

  /** What is shown instead of the policy's name; undefined where nothing replaces it. */
  insteadOfPolicy(markings: Markings, name: string): string | undefined {
    const data = this.#here(markings, true);
    return data && (data.phrase ?? name);
  }

  hidesClass(markings: Markings): boolean {
    const data = this.#here(markings, false) ?? this.#here(markings, true);
    return data?.codes.includes('suppressClassName') === true;
  }

  /** The text before, after or between; without one for this place and language, `otherwise`. */
  qualifier(all: readonly Qualifier[], is: QualifierCode, otherwise = ''): string {
    const parts = all
      .filter(({ code }) => code === undefined || this.#serves([code]))
      .flatMap((one) => one.parts.filter((part) => part.is === is));
    return this.#pick(parts)?.text ?? otherwise;
  }

  around(all: readonly Qualifier[], text: string): string {
    return text === '' ? '' : this.qualifier(all, 'prefix') + text + this.qualifier(all, 'suffix');
  }

  /** Categories, a text a tag: its values between the tag's prefix and suffix. */
  categories(all: readonly Resolved[]): string[] {
    const texts = new Map<Tag, string[]>();
    for (const { tag, category, value } of all) {
      const name = this.nameOf(category.markings, value);
      const text = this.around(category.markings.qualifiers, name);
      if (text !== '') texts.set(tag, [...(texts.get(tag) ?? []), text]);
    }
    return [...texts].map(([tag, its]) =>
      this.around(tag.qualifiers, its.join(this.qualifier(tag.qualifiers, 'separator', '/'))),
    );
  }

  /** All parts, between what the policy puts around them. */
  whole(spif: Spif, parts: readonly string[]): string {
    const { qualifiers } = spif.markings;
    const inside = parts.filter((one) => one !== '').join(this.qualifier(qualifiers, 'separator', ' '));
    return this.around(qualifiers, inside);
  }
}

/** The marking of a label as its policy wants it shown; undefined where the policy does not know its classification. */
export function markingOf(spif: Spif, label: CheckedLabel, options: MarkingOptions = {}): string | undefined {
  const { classification, categories } = label;
  if (!classification) return undefined;
  const phrases = new Phrases(options);
  const level = phrases.around(
    [...classification.markings.qualifiers, ...spif.classificationMarkings.qualifiers],
    phrases.nameOf(classification.markings, classification.name),
  );
  const policy =
    phrases.insteadOfPolicy(spif.markings, spif.name) ??
    phrases.insteadOfPolicy(classification.markings, classification.name) ??
    categories
      .map((one) => phrases.insteadOfPolicy(one.category.markings, one.value))
      .find((one) => one !== undefined) ??
    phrases.nameOf(spif.policyMarkings, spif.name);
  const hidden = categories.some((one) => phrases.hidesClass(one.category.markings));
  return phrases.whole(spif, [policy, ...(hidden ? [] : [level]), ...phrases.categories(categories)]);
}

/** What a clearance says, in the same form: `{Level|Level} categories`, lowest level first. */
export function clearanceMarkingOf(spif: Spif, clearance: Clearance, options: MarkingOptions = {}): string {
  const phrases = new Phrases(options);
  const levels = spif.classifications
    .filter((one) => clearance.classifications.includes(one.name))
    .sort((a, b) => a.hierarchy - b.hierarchy);
  const { found } = resolveCategories(spif, clearance.categories);
  const names = levels.map((one) => phrases.nameOf(one.markings, one.name));
  return phrases.whole(spif, [`{${names.join('|')}}`, ...phrases.categories(found)]);
}
