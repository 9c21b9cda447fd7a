import { banner, parseBanner } from './banner.ts';
import { LabelError } from './error.ts';
import type { Label } from './label.ts';

const END = /^\(([^()]*)\)[ \t]*/;

/**
 * The mark of a part of a text, which stands before it: the banner in parentheses with its blanks left out,
 * `(ALDER SECRET//NOFORN//REAL)`. A label with a parenthesis in it, or with a
 * word that begins or ends with a slash, could not be told apart again: refused.
 *
 * @throws LabelError `label-unfaithful`
 */
export function portionMark(label: Label): string {
  const line = banner(label);
  if (/[()]|\/ \/\/|\/\/ \//.test(line))
    throw new LabelError(
      'label-unfaithful',
      '',
      'a label with a parenthesis or a slash at the end of a word has no portion mark',
    );
  return `(${line.replaceAll(' // ', '//')})`;
}

/**
 * Reads a portion that begins with its mark: its label, and the text without the mark.
 *
 * @throws LabelError `label-syntax`, `label-field`
 */
export function readPortion(text: string): { label: Label; text: string } {
  const mark = END.exec(text);
  if (!mark) throw new LabelError('label-syntax', '', 'a portion begins with a mark in parentheses');
  return {
    label: parseBanner((mark[1] ?? '').replaceAll('//', ' // ')),
    text: text.slice(mark[0].length),
  };
}
