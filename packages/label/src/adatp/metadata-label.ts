import type { Label } from '../label.ts';

/** What a metadata label is for: the originator's own, an equivalent in another policy, or that of the metadata. */
export const LABEL_ROLES = ['originator', 'alternative', 'metadata'] as const;
export type LabelRole = (typeof LABEL_ROLES)[number];

/** How an originator is named (ADatP-4774, table 9). */
export const ORIGINATOR_ID_TYPES = [
  'rfc822Name',
  'dNSName',
  'directoryName',
  'uniformResourceIdentifier',
  'iPAddress',
  'x400Address',
  'userPrincipalName',
  'jID',
] as const;
export type OriginatorIdType = (typeof ORIGINATOR_ID_TYPES)[number];

/** A label with what ADatP-4774 says beside it. Instants are UTC, ISO 8601 with Z. */
export interface TimedLabel {
  readonly label: Label;
  /** `urn:oid:…` of the policy, where it is said. */
  readonly policyUri?: string;
  /** `urn:oid:…` of tag sets, by name, where they are said. */
  readonly tagSetUris?: ReadonlyMap<string, string>;
  readonly originator?: { readonly type: OriginatorIdType; readonly id: string };
  /** The schema asks for it; files in use lack it. */
  readonly created?: string;
  /** When the label is to be looked at again. That it has passed does not make the label invalid. */
  readonly review?: string;
  /** What it becomes by itself, and when. */
  readonly succession?: Succession;
}

export interface Succession {
  readonly at: string;
  readonly successor: TimedLabel;
}

/** A confidentiality metadata label as ADatP-4774 has it. */
export interface MetadataLabel extends TimedLabel {
  readonly role: LabelRole;
}
