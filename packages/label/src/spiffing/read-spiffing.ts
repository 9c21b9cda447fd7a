import { LabelError } from '../error.ts';
import { readLabel } from '../json.ts';
import type { DataMode, Label } from '../label.ts';
import { type Clearance, readClearance } from '../spif/clearance.ts';
import { grouped } from '../spif/equivalent-label.ts';
import { plainLacv } from '../spif/fields.ts';
import { effectOf, type Spif, type Tag, type TagCategory, type TagSet } from '../spif/spif.ts';
import { readXml } from '../xml/read-xml.ts';
import type { XmlElement } from '../xml/tree.ts';
import { Vocabulary } from '../xml/vocabulary.ts';

/** The namespace of the XML in which the program spiffing writes labels and clearances: values by number. */
export const SPIFFING_NAMESPACE = 'http://surevine.com/xmlns/spiffy';

const TYPES: Readonly<Record<string, { tagType: string; enumType?: string }>> = {
  restrictive: { tagType: 'restrictive' },
  permissive: { tagType: 'permissive' },
  enumeratedRestrictive: { tagType: 'enumerated', enumType: 'restrictive' },
  enumeratedPermissive: { tagType: 'enumerated', enumType: 'permissive' },
  informative: { tagType: 'tagType7' },
};

interface Value {
  readonly set: TagSet;
  readonly tag: Tag;
  readonly value: string;
}

/** A policy by its object identifier. */
export function spifById(spifs: readonly Spif[], id: string): Spif {
  const found = spifs.find((one) => one.id === id);
  if (found) return found;
  throw new LabelError('label-policy-unknown', 'policy', `Unknown policy id: ${id}`);
}

function read(text: string, root: 'label' | 'clearance', spifs: readonly Spif[]) {
  if (text.trim() === '') throw new LabelError('label-syntax', '', 'No data to parse');
  const document = readXml(text);
  const v = new Vocabulary(SPIFFING_NAMESPACE, document, false);
  if (v.nameOf(document.root) !== root) v.fail(document.root, `is no ${root}`);
  const inside = v.children(document.root, ['policy'], ['classification', 'tag']);
  const policy = inside.needed('policy', 'label-field');
  const spif = spifById(spifs, v.attributes(policy, ['id']).get('id') ?? '');
  const levels = inside.all('classification').map((one) => {
    const lacv = v.attributes(one, ['lacv']).get('lacv') ?? '';
    const found = spif.classifications.find((level) => level.lacv === plainLacv(lacv));
    return found?.name ?? v.fail(one, `${spif.name} has no classification ${lacv}`, 'label-field');
  });
  if (levels.length === 0) v.fail(document.root, 'has no classification', 'label-field');
  return { spif, levels, categories: inside.all('tag').map((one) => readTag(v, one, spif)) };
}

function readTag(v: Vocabulary, element: XmlElement, spif: Spif): Value {
  const its = v.attributes(element, ['type', 'id', 'lacv']);
  const name = its.get('type') ?? '';
  const type = Object.hasOwn(TYPES, name)
    ? TYPES[name]
    : v.fail(element, `"${name}" is no type`, 'label-field');
  const set = spif.tagSets.find((one) => one.id === its.get('id'));
  const lacv = plainLacv(its.get('lacv') ?? '');
  const category = (tag: Tag): TagCategory | undefined =>
    tag.tagType === type?.tagType && tag.enumType === type.enumType
      ? tag.categories.find((one) => one.lacv === lacv && one.userInput === undefined)
      : undefined;
  for (const tag of set?.tags ?? []) {
    const found = category(tag);
    if (set && found) return { set, tag, value: found.name };
  }
  return v.fail(element, `${spif.name} has no ${name} category ${lacv} of ${its.get('id')}`, 'label-field');
}

/**
 * Reads a label that spiffing wrote: `<label>` with a policy by object identifier and values by number, which the
 * policies turn into names. It says no data mode, so whoever reads it does.
 *
 * @throws LabelError
 */
export function readSpiffingLabel(text: string, spifs: readonly Spif[], dataMode: DataMode): Label {
  const { spif, levels, categories } = read(text, 'label', spifs);
  if (levels.length > 1) throw new LabelError('label-field', 'classification', 'stands twice');
  return readLabel({
    policy: spif.name,
    classification: levels[0],
    categories: grouped(categories),
    dataMode,
  });
}

/** Reads a `<clearance>` of the same form. Informative categories decide nothing and are refused in it. */
export function readSpiffingClearance(text: string, spifs: readonly Spif[]): Clearance {
  const { spif, levels, categories } = read(text, 'clearance', spifs);
  const informative = categories.find(({ tag }) => effectOf(tag) === 'INFORMATIVE');
  if (informative) throw new LabelError('label-field', 'tag', `"${informative.value}" is informative`);
  return readClearance({ policy: spif.name, classifications: levels, categories: grouped(categories) });
}
