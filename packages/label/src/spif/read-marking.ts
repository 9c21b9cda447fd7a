import type { XmlElement } from '../xml/tree.ts';
import type { Vocabulary } from '../xml/vocabulary.ts';
import { Fields } from './fields.ts';
import {
  MARKING_CODES,
  type MarkingCode,
  type MarkingData,
  type Markings,
  QUALIFIER_CODES,
  type Qualifier,
} from './spif.ts';

/** The names under which `readMarkings` and `readQualifiers` look for their elements; `markingCode` is an old one. */
export const MARKING_NAMES = ['markingData', 'markingCode', 'markingQualifier'];

/** Reads the markings among the children of an element. */
export function readMarkings(v: Vocabulary, all: (name: string) => readonly XmlElement[]): Markings {
  for (const one of all('markingCode')) v.letPass(one, 'is read as markingData', 'xml-unknown');
  return {
    data: [...all('markingData'), ...all('markingCode')].map((one) => readData(v, one)),
    qualifiers: readQualifiers(v, all('markingQualifier')),
  };
}

const codeOf = (v: Vocabulary, at: XmlElement, text: string): MarkingCode =>
  MARKING_CODES.find((one) => one === text) ?? v.fail(at, `"${text}" is no marking code`, 'spif-field');

function readData(v: Vocabulary, element: XmlElement): MarkingData {
  const phrase = new Fields(v, element, ['phrase']).text('phrase');
  const codes = v
    .children(element, [], ['code'])
    .all('code')
    .map((one) => codeOf(v, one, v.textOf(one)));
  if (codes.length === 0) v.fail(element, 'has no code', 'spif-field');
  const language = v.language(element);
  return {
    ...(language && { language }),
    ...(phrase !== undefined && { phrase }),
    codes: [...new Set(codes)],
  };
}

export function readQualifiers(v: Vocabulary, elements: readonly XmlElement[]): Qualifier[] {
  return elements.map((element) => {
    const fields = new Fields(v, element, v.lenient ? ['markingCode', 'code'] : ['markingCode']);
    if (fields.text('code') !== undefined) v.notice(element, 'markingQualifier: code is read as markingCode');
    const code = fields.text('markingCode') ?? fields.text('code');
    const parts = v
      .children(element, [], ['qualifier'])
      .all('qualifier')
      .map((one) => {
        const part = new Fields(v, one, ['markingQualifier', 'qualifierCode']);
        const language = v.language(one);
        return {
          ...(language && { language }),
          is: part.oneOf('qualifierCode', QUALIFIER_CODES),
          text: part.needed('markingQualifier'),
        };
      });
    if (parts.length === 0) v.fail(element, 'has no qualifier', 'spif-field');
    return { ...(code !== undefined && { code: codeOf(v, element, code) }), parts };
  });
}
