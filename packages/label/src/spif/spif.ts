import type { XmlTree } from '../xml/tree.ts';

/**
 * A classification policy as Open XML SPIF 2.1 (xmlspif.org) has it: what a label under it may say, and how that is
 * shown. Names follow the schema; lists keep the order of the file, which is the order of markings.
 */
export interface Spif {
  readonly name: string;
  /** Object identifier in dotted form. */
  readonly id: string;
  readonly head: SpifHead;
  readonly defaultPolicy?: ObjectId;
  /** Markings that stand with the policy's own name. */
  readonly policyMarkings: Markings;
  readonly classifications: readonly Classification[];
  /** What stands with all classifications. */
  readonly classificationMarkings: Markings;
  readonly classificationsName?: string;
  readonly tagSets: readonly TagSet[];
  readonly privacyMarks?: PrivacyMarks;
  readonly equivalentPolicies: readonly EquivalentPolicy[];
  readonly markings: Markings;
  /** Vendors' extensions: kept and written back, never acted on. */
  readonly extensions?: readonly XmlTree[];
}

/** Attributes of the file that say whose it is; instants of `validity` are UTC, ISO 8601. */
export interface SpifHead {
  readonly schemaVersion: SchemaVersion;
  readonly version: string;
  readonly creationDate: string;
  readonly originatorDN: string;
  readonly keyIdentifier: string;
  readonly privilegeId: string;
  readonly rbacId: string;
  readonly userRefURI?: string;
  readonly docRefURI?: string;
  readonly validity: Validity;
}

export const SCHEMA_VERSIONS = ['1.0', '2.0', '2.1'] as const;
export type SchemaVersion = (typeof SCHEMA_VERSIONS)[number];

export interface Validity {
  readonly notBefore?: string;
  readonly notAfter?: string;
}

export interface ObjectId {
  readonly name: string;
  readonly id: string;
  readonly markings: Markings;
}

export interface Classification {
  readonly name: string;
  /** The value that stands in labels; not the order. */
  readonly lacv: string;
  /** A higher number is a higher level. */
  readonly hierarchy: number;
  readonly color?: string;
  readonly obsolete: boolean;
  readonly equivalents: readonly EquivalentClassification[];
  readonly markings: Markings;
  readonly required: readonly CategoryGroup[];
}

export interface TagSet {
  readonly name: string;
  readonly id: string;
  readonly tags: readonly Tag[];
  readonly equivalents: readonly EquivalentTagSet[];
}

/** `enumType` stands where `tagType` is `enumerated`, `tag7Encoding` where it is `tagType7`, which is informative. */
export interface TagKind {
  readonly tagType: TagType;
  readonly enumType?: EnumType;
}

export const TAG_TYPES = ['notApplicable', 'restrictive', 'enumerated', 'permissive', 'tagType7'] as const;
export type TagType = (typeof TAG_TYPES)[number];
export const ENUM_TYPES = ['restrictive', 'permissive'] as const;
export type EnumType = (typeof ENUM_TYPES)[number];
export const TAG7_ENCODINGS = ['bitSetAttributes', 'securityAttributes'] as const;
export type Tag7Encoding = (typeof TAG7_ENCODINGS)[number];

export interface Tag extends TagKind {
  readonly name?: string;
  readonly tag7Encoding?: Tag7Encoding;
  readonly singleSelection: boolean;
  readonly maxSelection?: number;
  readonly minSelection?: number;
  readonly categories: readonly TagCategory[];
  readonly qualifiers: readonly Qualifier[];
}

export interface TagCategory {
  readonly name: string;
  readonly lacv: string;
  /** The value is the user's own, of this form; `name` is then no value but what is asked for. */
  readonly userInput?: UserInput;
  readonly dateFormat?: string;
  readonly requiredClass?: string;
  readonly obsolete: boolean;
  readonly validity: Validity;
  readonly equivalents: readonly EquivalentCategory[];
  readonly markings: Markings;
  readonly excludedClasses: readonly string[];
  readonly required: readonly CategoryGroup[];
  readonly excluded: readonly CategoryRef[];
}

export const USER_INPUTS = ['string', 'integer', 'date'] as const;
export type UserInput = (typeof USER_INPUTS)[number];

/** Some category of a tag set and kind: the one with that value, or any where there is none. */
export interface CategoryRef extends TagKind {
  readonly tagSet: string;
  readonly lacv?: string;
  readonly all?: boolean;
}

export const OPERATIONS = ['onlyOne', 'oneOrMore', 'all'] as const;
export type Operation = (typeof OPERATIONS)[number];

/** Of these categories a label has one only, one or more, or all. */
export interface CategoryGroup {
  readonly operation: Operation;
  readonly categories: readonly CategoryRef[];
}

/** When an equivalence may be used: by the originator before sending, by the recipient, or both. */
export const APPLIED = ['encrypt', 'decrypt', 'both'] as const;
export type Applied = (typeof APPLIED)[number];

export interface EquivalentPolicy {
  readonly name: string;
  readonly id: string;
  readonly userRefURI?: string;
  readonly docRefURI?: string;
  readonly required: readonly CategoryGroup[];
}

export interface EquivalentClassification {
  readonly policy: string;
  readonly lacv: string;
  readonly applied: Applied;
  readonly required: readonly CategoryGroup[];
}

export interface EquivalentCategory extends TagKind {
  readonly policy: string;
  readonly tagSetId: string;
  readonly lacv: string;
  readonly applied: Applied;
  /** The category may be left out of a label of the other policy. */
  readonly discard: boolean;
}

export interface EquivalentTagSet {
  readonly policy: string;
  readonly name?: string;
  readonly id?: string;
  readonly required: readonly CategoryGroup[];
}

export interface PrivacyMarks {
  readonly maxSelection?: number;
  readonly minSelection?: number;
  readonly marks: readonly PrivacyMark[];
  readonly markings: Markings;
}

export interface PrivacyMark {
  readonly name?: string;
  readonly obsolete: boolean;
  readonly markings: Markings;
}

export const MARKING_CODES = [
  'pageTop',
  'pageBottom',
  'pageTopBottom',
  'documentStart',
  'documentEnd',
  'noNameDisplay',
  'noMarkingDisplay',
  'suppressClassName',
  'firstLineOfText',
  'lastLineOfText',
  'subject',
  'xHeader',
  'portionMarking',
  'inputTitle',
  'waterMark',
  'replacePolicy',
] as const;
export type MarkingCode = (typeof MARKING_CODES)[number];

export interface Markings {
  readonly data: readonly MarkingData[];
  readonly qualifiers: readonly Qualifier[];
}

/** A phrase for places; without phrase the codes are about the name. */
export interface MarkingData {
  readonly language?: string;
  readonly phrase?: string;
  readonly codes: readonly MarkingCode[];
}

export const QUALIFIER_CODES = ['prefix', 'suffix', 'separator'] as const;
export type QualifierCode = (typeof QUALIFIER_CODES)[number];

export interface Qualifier {
  readonly code?: MarkingCode;
  readonly parts: readonly QualifierPart[];
}

export interface QualifierPart {
  readonly language?: string;
  readonly is: QualifierCode;
  readonly text: string;
}

/** How a kind of tag restricts, in the words of a label. */
export const effectOf = (kind: TagKind): 'RESTRICTIVE' | 'PERMISSIVE' | 'INFORMATIVE' => {
  const type = kind.tagType === 'enumerated' ? kind.enumType : kind.tagType;
  if (type === 'restrictive') return 'RESTRICTIVE';
  return type === 'permissive' ? 'PERMISSIVE' : 'INFORMATIVE';
};
