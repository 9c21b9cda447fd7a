import { readXml } from '../xml/read-xml.ts';
import { type Notice, withoutPlaces, type XmlElement } from '../xml/tree.ts';
import { type Children, Vocabulary } from '../xml/vocabulary.ts';
import { checkSpif } from './check-spif.ts';
import { Fields } from './fields.ts';
import { readGroups, readTagSet, readValidity } from './read-category.ts';
import { MARKING_NAMES, readMarkings } from './read-marking.ts';
import {
  APPLIED,
  type Classification,
  type EquivalentPolicy,
  type ObjectId,
  type PrivacyMarks,
  SCHEMA_VERSIONS,
  type Spif,
  type SpifHead,
} from './spif.ts';

export const SPIF_NAMESPACE = 'http://www.xmlspif.org/spif';

const COLORS =
  'aqua black blue fuschia gray green lime maroon navy olive purple red silver teal white yellow'.split(' ');

/**
 * Reads an Open XML SPIF 2.1. Strict unless `lenient`, which lets pass, each with a notice: elements in no namespace,
 * attributes that the schema does not know, missing attributes of the head, colours that are none, older names of
 * markings, and what `readXml` lets pass. What a reader cannot act on (an unknown element, a reference to nothing, a
 * rule that is there twice) is refused either way.
 *
 * @throws LabelError
 */
export function readSpif(text: string, lenient = false): { spif: Spif; notices: readonly Notice[] } {
  const document = readXml(text, lenient);
  const v = new Vocabulary(SPIF_NAMESPACE, document, lenient);
  const { root } = document;
  if (v.nameOf(root) !== 'SPIF') v.fail(root, 'is no SPIF');
  const inside = v.children(
    root,
    [
      'defaultSecurityPolicyId',
      'securityPolicyId',
      'updateInfo',
      'securityClassifications',
      'securityCategoryTagSets',
      'privacyMarks',
      'equivalentPolicies',
      'extensions',
    ],
    MARKING_NAMES,
  );
  const policy = readObjectId(v, inside.needed('securityPolicyId', 'spif-field'));
  const byDefault = inside.first('defaultSecurityPolicyId');
  const marks = inside.first('privacyMarks');
  const extensions = inside.first('extensions');
  if (extensions) v.notice(extensions, 'extensions are kept and not acted on');
  const spif: Spif = {
    name: policy.name,
    id: policy.id,
    head: readHead(v, root, policy.id),
    ...(byDefault && { defaultPolicy: readObjectId(v, byDefault) }),
    policyMarkings: policy.markings,
    ...readClassifications(v, inside.needed('securityClassifications', 'spif-field')),
    tagSets: readTagSets(v, inside),
    ...(marks && { privacyMarks: readPrivacyMarks(v, marks) }),
    equivalentPolicies: readEquivalentPolicies(v, inside),
    markings: readMarkings(v, (name) => inside.all(name)),
    ...(extensions && { extensions: extensions.children.map(withoutPlaces) }),
  };
  checkSpif(v, root, spif);
  return { spif, notices: v.notices };
}

function readHead(v: Vocabulary, root: XmlElement, policyId: string): SpifHead {
  const stand = { schemaVersion: '2.1', creationDate: '', originatorDN: '', keyIdentifier: '' };
  const instead: Record<string, string> = { ...stand, privilegeId: policyId, rbacId: policyId };
  const fields = new Fields(v, root, [
    ...Object.keys(instead),
    ...['version', 'userRefURI', 'docRefURI', 'notBefore', 'notAfter'],
  ]);
  const missing = Object.keys(instead).filter((name) => fields.text(name) === undefined);
  if (missing.length > 0) v.letPass(root, `has no ${missing.join(', ')}`, 'spif-field');
  const text = (name: string) => fields.text(name) ?? instead[name] ?? '';
  const oid = (name: string) => (missing.includes(name) ? policyId : fields.oid(name));
  const [userRefURI, docRefURI] = [fields.text('userRefURI'), fields.text('docRefURI')];
  return {
    schemaVersion: missing.includes('schemaVersion') ? '2.1' : fields.oneOf('schemaVersion', SCHEMA_VERSIONS),
    version: String(fields.text('version') === undefined ? 1 : fields.integer('version')),
    creationDate: text('creationDate'),
    originatorDN: text('originatorDN'),
    keyIdentifier: text('keyIdentifier'),
    privilegeId: oid('privilegeId'),
    rbacId: oid('rbacId'),
    ...(userRefURI !== undefined && { userRefURI }),
    ...(docRefURI !== undefined && { docRefURI }),
    validity: readValidity(fields),
  };
}

function readObjectId(v: Vocabulary, element: XmlElement): ObjectId {
  const fields = new Fields(v, element, ['name', 'id']);
  const inside = v.children(element, [], MARKING_NAMES);
  return { name: fields.name(), id: fields.oid('id'), markings: readMarkings(v, (name) => inside.all(name)) };
}

function readClassifications(
  v: Vocabulary,
  element: XmlElement,
): Pick<Spif, 'classifications' | 'classificationMarkings' | 'classificationsName'> {
  const inside = v.children(element, [], ['securityClassification', ...MARKING_NAMES]);
  const classificationsName = new Fields(v, element, ['name']).text('name');
  const classifications = inside.all('securityClassification').map((one) => readClassification(v, one));
  if (classifications.length === 0) v.fail(element, 'has no securityClassification', 'spif-field');
  return {
    classifications,
    classificationMarkings: readMarkings(v, (name) => inside.all(name)),
    ...(classificationsName !== undefined && { classificationsName }),
  };
}

function readClassification(v: Vocabulary, element: XmlElement): Classification {
  const fields = new Fields(v, element, ['name', 'color', 'lacv', 'hierarchy', 'obsolete']);
  const inside = v.children(element, [], ['equivalentClassification', 'requiredCategory', ...MARKING_NAMES]);
  const color = fields.text('color');
  const known = color !== undefined && (COLORS.includes(color) || /^#[0-9a-fA-F]{6}$/.test(color));
  if (color !== undefined && !known)
    v.letPass(element, `"${color}" is no colour of the schema and is left out`, 'spif-field');
  return {
    name: fields.name(),
    lacv: String(fields.integer('lacv')),
    hierarchy: fields.integer('hierarchy'),
    ...(known && { color }),
    obsolete: fields.flag('obsolete'),
    equivalents: inside.all('equivalentClassification').map((one) => {
      const its = new Fields(v, one, ['policyRef', 'lacv', 'applied']);
      return {
        policy: its.name('policyRef'),
        lacv: String(its.integer('lacv')),
        applied: its.oneOf('applied', APPLIED),
        required: readGroups(v, v.children(one, [], ['requiredCategory']).all('requiredCategory')),
      };
    }),
    markings: readMarkings(v, (name) => inside.all(name)),
    required: readGroups(v, inside.all('requiredCategory')),
  };
}

function readTagSets(v: Vocabulary, inside: Children): Spif['tagSets'] {
  const element = inside.first('securityCategoryTagSets');
  if (!element) return [];
  const sets = v.children(element, [], ['securityCategoryTagSet']).all('securityCategoryTagSet');
  if (sets.length === 0) v.fail(element, 'has no securityCategoryTagSet', 'spif-field');
  return sets.map((one) => readTagSet(v, one));
}

function readPrivacyMarks(v: Vocabulary, element: XmlElement): PrivacyMarks {
  const fields = new Fields(v, element, ['maxSelection', 'minSelection']);
  const inside = v.children(element, [], ['privacyMark', ...MARKING_NAMES]);
  const [maxSelection, minSelection] = [fields.selection('maxSelection'), fields.selection('minSelection')];
  const marks = inside.all('privacyMark').map((one) => {
    const its = new Fields(v, one, ['name', 'obsolete']);
    const name = its.text('name');
    const inner = v.children(one, [], MARKING_NAMES);
    const markings = readMarkings(v, (code) => inner.all(code));
    return { ...(name !== undefined && { name }), obsolete: its.flag('obsolete'), markings };
  });
  if (marks.length === 0) v.fail(element, 'has no privacyMark', 'spif-field');
  return {
    ...(maxSelection !== undefined && { maxSelection }),
    ...(minSelection !== undefined && { minSelection }),
    marks,
    markings: readMarkings(v, (name) => inside.all(name)),
  };
}

function readEquivalentPolicies(v: Vocabulary, inside: Children): EquivalentPolicy[] {
  const element = inside.first('equivalentPolicies');
  if (!element) return [];
  const all = v.children(element, [], ['equivalentPolicy']).all('equivalentPolicy');
  if (all.length === 0) v.fail(element, 'has no equivalentPolicy', 'spif-field');
  return all.map((one) => {
    const fields = new Fields(v, one, ['name', 'id', 'userRefURI', 'docRefURI']);
    const [userRefURI, docRefURI] = [fields.text('userRefURI'), fields.text('docRefURI')];
    return {
      name: fields.name(),
      id: fields.oid('id'),
      ...(userRefURI !== undefined && { userRefURI }),
      ...(docRefURI !== undefined && { docRefURI }),
      required: readGroups(v, v.children(one, [], ['requiredCategory']).all('requiredCategory')),
    };
  });
}
