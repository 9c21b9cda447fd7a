import type { XmlElement } from '../xml/tree.ts';
import type { Vocabulary } from '../xml/vocabulary.ts';
import { Fields, plainLacv } from './fields.ts';
import { MARKING_NAMES, readMarkings, readQualifiers } from './read-marking.ts';
import {
  APPLIED,
  type CategoryGroup,
  type CategoryRef,
  ENUM_TYPES,
  type EquivalentCategory,
  OPERATIONS,
  TAG_TYPES,
  TAG7_ENCODINGS,
  type Tag,
  type TagCategory,
  type TagKind,
  type TagSet,
  USER_INPUTS,
} from './spif.ts';

const KIND = ['tagType', 'enumType'];

function readKind(v: Vocabulary, element: XmlElement, fields: Fields): TagKind {
  const tagType = fields.oneOf('tagType', TAG_TYPES);
  if (tagType === 'enumerated') return { tagType, enumType: fields.oneOf('enumType', ENUM_TYPES) };
  if (fields.text('enumType') !== undefined)
    v.letPass(element, `has an enumType and is ${tagType}`, 'spif-conflict');
  return { tagType };
}

function readRef(v: Vocabulary, element: XmlElement): CategoryRef {
  const fields = new Fields(v, element, ['tagSetRef', ...KIND, 'lacv', 'all']);
  v.children(element, []);
  const lacv = fields.text('lacv');
  const all = fields.flag('all');
  if (all && lacv !== undefined) v.fail(element, 'names one value and all of them', 'spif-conflict');
  return {
    tagSet: fields.name('tagSetRef'),
    ...readKind(v, element, fields),
    ...(lacv !== undefined && { lacv: plainLacv(lacv) }),
    ...(all && { all }),
  };
}

export const readGroups = (v: Vocabulary, elements: readonly XmlElement[]): CategoryGroup[] =>
  elements.map((element) => {
    const operation = new Fields(v, element, ['operation']).oneOf('operation', OPERATIONS);
    const members = v.children(element, [], ['categoryGroup']).all('categoryGroup');
    if (members.length === 0) v.fail(element, 'has no categoryGroup', 'spif-field');
    return { operation, categories: members.map((one) => readRef(v, one)) };
  });

/** In one sample these stand in no namespace inside a file that has one. */
function readEquivalent(v: Vocabulary, element: XmlElement): EquivalentCategory {
  const fields = new Fields(v, element, ['policyRef', 'tagSetId', ...KIND, 'lacv', 'applied', 'action']);
  v.children(element, []);
  return {
    policy: fields.name('policyRef'),
    tagSetId: fields.oid('tagSetId'),
    ...readKind(v, element, fields),
    lacv: fields.lacv(),
    applied: fields.oneOf('applied', APPLIED),
    discard: fields.text('action') !== undefined && fields.oneOf('action', ['discard']) === 'discard',
  };
}

function readCategory(v: Vocabulary, element: XmlElement): TagCategory {
  const names = [
    'name',
    'lacv',
    'userInput',
    'requiredClass',
    'obsolete',
    'dateFormat',
    'notBefore',
    'notAfter',
  ];
  const fields = new Fields(v, element, names);
  const inside = v.children(
    element,
    [],
    [...MARKING_NAMES, 'equivalentSecCategoryTag', 'excludedClass', 'requiredCategory', 'excludedCategory'],
  );
  const excludedClasses = inside.all('excludedClass').map((one) => v.textOf(one));
  const twice = excludedClasses.find((one, i) => excludedClasses.indexOf(one) !== i);
  if (twice !== undefined)
    v.fail(element, `Duplicate excluded classification in category: ${twice}`, 'spif-conflict');
  const [userInput, dateFormat, requiredClass] = [
    fields.text('userInput') && fields.oneOf('userInput', USER_INPUTS),
    fields.text('dateFormat'),
    fields.text('requiredClass'),
  ];
  return {
    name: fields.name(),
    lacv: fields.lacv(),
    ...(userInput && { userInput }),
    ...(dateFormat !== undefined && { dateFormat }),
    ...(requiredClass !== undefined && { requiredClass }),
    obsolete: fields.flag('obsolete'),
    validity: readValidity(fields),
    equivalents: inside.all('equivalentSecCategoryTag').map((one) => readEquivalent(v, one)),
    markings: readMarkings(v, (name) => inside.all(name)),
    excludedClasses,
    required: readGroups(v, inside.all('requiredCategory')),
    excluded: inside.all('excludedCategory').map((one) => readRef(v, one)),
  };
}

export function readValidity(fields: Fields): { notBefore?: string; notAfter?: string } {
  const [notBefore, notAfter] = [fields.instant('notBefore'), fields.instant('notAfter')];
  return { ...(notBefore && { notBefore }), ...(notAfter && { notAfter }) };
}

function readTag(v: Vocabulary, element: XmlElement): Tag {
  const names = ['name', ...KIND, 'tag7Encoding', 'singleSelection', 'maxSelection', 'minSelection'];
  const fields = new Fields(v, element, names);
  const inside = v.children(element, [], ['tagCategory', 'markingQualifier']);
  const [name, maxSelection, minSelection] = [
    fields.text('name'),
    fields.selection('maxSelection'),
    fields.selection('minSelection'),
  ];
  const kind = readKind(v, element, fields);
  return {
    ...(name !== undefined && { name }),
    ...kind,
    ...(kind.tagType === 'tagType7' && { tag7Encoding: fields.oneOf('tag7Encoding', TAG7_ENCODINGS) }),
    singleSelection: fields.flag('singleSelection'),
    ...(maxSelection !== undefined && { maxSelection }),
    ...(minSelection !== undefined && { minSelection }),
    categories: inside.all('tagCategory').map((one) => readCategory(v, one)),
    qualifiers: readQualifiers(v, inside.all('markingQualifier')),
  };
}

export function readTagSet(v: Vocabulary, element: XmlElement): TagSet {
  const fields = new Fields(v, element, ['name', 'id']);
  const inside = v.children(element, [], ['securityCategoryTag', 'equivalentSecurityCategoryTagSet']);
  const tags = inside.all('securityCategoryTag').map((one) => readTag(v, one));
  if (tags.length === 0) v.fail(element, 'has no securityCategoryTag', 'spif-field');
  const equivalents = inside.all('equivalentSecurityCategoryTagSet').map((one) => {
    const its = new Fields(v, one, ['policyRef', 'name', 'id']);
    const [name, id] = [its.text('name'), its.text('id') === undefined ? undefined : its.oid('id')];
    return {
      policy: its.name('policyRef'),
      ...(name !== undefined && { name }),
      ...(id !== undefined && { id }),
      required: readGroups(v, v.children(one, [], ['requiredCategory']).all('requiredCategory')),
    };
  });
  return { name: fields.name(), id: fields.oid('id'), tags, equivalents };
}
