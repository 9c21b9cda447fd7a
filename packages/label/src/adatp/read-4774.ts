import { LabelError } from '../error.ts';
import { readLabel } from '../json.ts';
import { CATEGORY_TYPES, type DataMode, type Label } from '../label.ts';
import { readXml } from '../xml/read-xml.ts';
import type { Notice, XmlElement } from '../xml/tree.ts';
import { Vocabulary } from '../xml/vocabulary.ts';
import {
  LABEL_ROLES,
  type LabelRole,
  type MetadataLabel,
  ORIGINATOR_ID_TYPES,
  type Succession,
  type TimedLabel,
} from './metadata-label.ts';
import { fieldsOf, type TaggedValues } from './own-categories.ts';
import { checkSuccession } from './succession.ts';

export const LABEL_NAMESPACE = 'urn:nato:stanag:4774:confidentialitymetadatalabel:1:0';

export interface LabelReading {
  /** The data mode of a label that does not say one: ADatP-4774 has none. */
  readonly dataMode: DataMode;
  /** Takes elements in no namespace for the standard's, and says so. */
  readonly lenient?: boolean;
}

/**
 * Reads a confidentiality metadata label of ADatP-4774 (NATO STANAG 4774). What a label of ours cannot say (a privacy
 * mark, values by number, elements of other namespaces) is refused. What files in use lack and a decision does not
 * hang on (the time of creation, that of review) is missed with a notice.
 *
 * @throws LabelError
 */
export function read4774(
  text: string,
  reading: LabelReading,
): { metadata: MetadataLabel; notices: readonly Notice[] } {
  const lenient = reading.lenient === true;
  const document = readXml(text, lenient);
  const v = new Vocabulary(LABEL_NAMESPACE, document, lenient);
  const metadata = readMetadataLabel(v, document.root, reading.dataMode);
  return { metadata, notices: v.notices };
}

/** The same of an element, which may stand in a binding. */
export function readMetadataLabel(v: Vocabulary, element: XmlElement, dataMode: DataMode): MetadataLabel {
  const name = v.nameOf(element);
  const role: LabelRole | undefined = LABEL_ROLES.find((one) => name === `${one}ConfidentialityLabel`);
  if (role === undefined) v.fail(element, 'is no confidentiality label');
  const timed = readTimedLabel(v, element, dataMode);
  checkSuccession(timed);
  return { role: role ?? 'originator', ...timed };
}

function readTimedLabel(v: Vocabulary, element: XmlElement, dataMode: DataMode): TimedLabel {
  const review = v.attributes(element, ['Id', 'ReviewDateTime']).get('ReviewDateTime');
  const inside = v.children(element, [
    'ConfidentialityInformation',
    'OriginatorID',
    'CreationDateTime',
    'SuccessionHandling',
  ]);
  const [creation, originator, handling] = [
    inside.first('CreationDateTime'),
    inside.first('OriginatorID'),
    inside.first('SuccessionHandling'),
  ];
  if (!creation) v.notice(element, `${element.name} has no CreationDateTime`);
  if (review === undefined && !handling)
    v.notice(element, `${element.name} has neither ReviewDateTime nor SuccessionHandling`);
  return {
    ...readInformation(v, inside.needed('ConfidentialityInformation', 'label-field'), dataMode),
    ...(originator && { originator: readOriginator(v, originator) }),
    ...(creation && { created: instant(v, creation, v.textOf(creation)) }),
    ...(review !== undefined && { review: instant(v, element, review) }),
    ...(handling && { succession: readSuccession(v, handling, dataMode) }),
  };
}

function readSuccession(v: Vocabulary, element: XmlElement, dataMode: DataMode): Succession {
  const inside = v.children(element, ['SuccessionDateTime', 'SuccessorConfidentialityLabel']);
  const date = inside.needed('SuccessionDateTime', 'label-field');
  const successor = inside.needed('SuccessorConfidentialityLabel', 'label-field');
  return { at: instant(v, date, v.textOf(date)), successor: readTimedLabel(v, successor, dataMode) };
}

function readOriginator(v: Vocabulary, element: XmlElement): NonNullable<TimedLabel['originator']> {
  const said = v.attributes(element, ['IDType']).get('IDType');
  const type = ORIGINATOR_ID_TYPES.find((one) => one === said);
  return { type: type ?? v.fail(element, `"${said}" is no IDType`, 'label-field'), id: v.textOf(element) };
}

/** An instant of XML Schema with a time zone, in UTC. Without one nobody knows when it is. */
function instant(v: Vocabulary, at: XmlElement, text: string): string {
  const form =
    /^(\d{4})-(\d\d)-(\d\d)T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d+)?(?:Z|[+-](?:0\d|1[0-4]):[0-5]\d)$/;
  const found = form.exec(text.trim());
  const [year, month, day] = found?.slice(1).map(Number) ?? [];
  const days = new Date(Date.UTC(year ?? 0, month ?? 0, 0)).getUTCDate();
  const ms =
    found && Number(month) <= 12 && Number(day) >= 1 && Number(day) <= days
      ? Date.parse(text.trim())
      : Number.NaN;
  if (!Number.isFinite(ms)) return v.fail(at, `"${text}" is no instant with a time zone`, 'label-field');
  return new Date(ms).toISOString();
}

function readInformation(
  v: Vocabulary,
  element: XmlElement,
  dataMode: DataMode,
): Pick<TimedLabel, 'label' | 'policyUri' | 'tagSetUris'> {
  const inside = v.children(element, ['PolicyIdentifier', 'Classification', 'PrivacyMark'], ['Category']);
  const mark = inside.first('PrivacyMark');
  if (mark) v.fail(mark, 'a privacy mark: no label here can say it', 'label-unfaithful');
  const policy = inside.needed('PolicyIdentifier', 'label-field');
  const uri = readPolicyUri(v, policy);
  const tagSetUris = new Map<string, string>();
  const tagged = inside.all('Category').map((one) => readCategory(v, one, tagSetUris));
  const { fields, others } = at(element, () => fieldsOf(tagged));
  const raw = {
    dataMode,
    policy: v.textOf(policy),
    classification: v.textOf(inside.needed('Classification', 'label-field')),
    categories: merged(others),
    ...fields,
  };
  const label: Label = at(element, () => readLabel(raw));
  return { label, ...(uri !== undefined && { policyUri: uri }), ...(tagSetUris.size > 0 && { tagSetUris }) };
}

/** The standard calls it URI; some write URL. */
function readPolicyUri(v: Vocabulary, policy: XmlElement): string | undefined {
  const said = v.attributes(policy, ['URI', 'URL']);
  const uri = said.get('URI') ?? said.get('URL');
  if (said.has('URL')) v.notice(policy, 'PolicyIdentifier: URL is read as URI');
  if (uri !== undefined && !/^urn:oid:[0-2](?:\.\d+)+$/.test(uri))
    v.fail(policy, `"${uri}" is no urn:oid`, 'label-field');
  return uri;
}

function readCategory(v: Vocabulary, element: XmlElement, uris: Map<string, string>): TaggedValues {
  const its = v.attributes(element, ['TagName', 'Type', 'URI']);
  const [tagName, uri] = [its.get('TagName')?.trim() ?? '', its.get('URI')];
  const type = CATEGORY_TYPES.find((one) => one === its.get('Type'));
  if (tagName === '') v.fail(element, 'has no TagName', 'label-field');
  if (uri !== undefined) {
    if ((uris.get(tagName) ?? uri) !== uri) v.fail(element, `${tagName} has two URIs`, 'label-field');
    uris.set(tagName, uri);
  }
  const values = v.children(element, [], ['GenericValue', 'IntegerValue', 'BitStringValue']);
  const other = values.all('IntegerValue')[0] ?? values.all('BitStringValue')[0];
  if (other) v.fail(other, 'a value by number: only GenericValue is read', 'label-unfaithful');
  return {
    tagName,
    type: type ?? v.fail(element, `"${its.get('Type')}" is no Type`, 'label-field'),
    values: values.all('GenericValue').map((one) => v.textOf(one)),
  };
}

/** Several elements may name one tag set and type; in a label they are one. */
function merged(all: readonly TaggedValues[]): unknown[] {
  const groups = new Map<string, { tagSet: string; type: string; values: string[] }>();
  for (const { tagName, type, values } of all) {
    const key = `${type}:${tagName}`;
    const group = groups.get(key) ?? { tagSet: tagName, type, values: [] };
    group.values.push(...values);
    groups.set(key, group);
  }
  return [...groups.values()];
}

/** What is wrong with the label that an element holds is told with the element's place. */
function at<T>(element: XmlElement, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (!(cause instanceof LabelError)) throw cause;
    throw new LabelError(cause.code, '', cause.message, element);
  }
}
