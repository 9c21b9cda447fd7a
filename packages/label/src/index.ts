export type {
  LabelRole,
  MetadataLabel,
  OriginatorIdType,
  Succession,
  TimedLabel,
} from './adatp/metadata-label.ts';
export { type LabelReading, read4774 } from './adatp/read-4774.ts';
export { type Binding, type BindingInformation, type BoundData, read4778 } from './adatp/read-4778.ts';
export { read4774Clearance } from './adatp/read-clearance.ts';
export { type InForce, labelInForce } from './adatp/succession.ts';
export { write4774 } from './adatp/write-4774.ts';
export { banner, parseBanner } from './banner.ts';
export { LabelError, type LabelErrorCode, type TextPlace } from './error.ts';
export {
  type AgreementId,
  type GrantId,
  isAgreementId,
  isOfficerId,
  isPartyId,
  isShortName,
  type OfficerId,
  type PartyId,
  type PolicyId,
  partyOf,
  type StreamId,
  streamId,
} from './ids.ts';
export type { Item, Place, Point } from './item.ts';
export { joinLabels } from './join.ts';
export { labelText, parseLabel, readLabel } from './json.ts';
export { ITEM_KINDS, type ItemKind, isItemKind, isProduct } from './kind.ts';
export {
  CATEGORY_TYPES,
  CAVEATS,
  type Category,
  type CategoryType,
  type Caveat,
  categoryValue,
  DATA_MODES,
  type DataMode,
  type Label,
  labelAt,
  NOBODY,
  type Successor,
} from './label.ts';
export {
  dominates,
  type EquivalenceRow,
  equivalent,
  type Policies,
  type Policy,
  rank,
  readPolicy,
} from './policy.ts';
export { portionMark, readPortion } from './portion.ts';
export { type CheckedLabel, checkLabel } from './spif/check-label.ts';
export { type Clearance, readClearance } from './spif/clearance.ts';
export { whyNot } from './spif/decide.ts';
export { equivalentLabel } from './spif/equivalent-label.ts';
export {
  clearanceMarkingOf,
  MARKING_PLACES,
  type MarkingOptions,
  type MarkingPlace,
  markingOf,
} from './spif/marking.ts';
export { readSpif } from './spif/read-spif.ts';
export type { PolicyReason, ReasonCode } from './spif/reason.ts';
export type { Resolved } from './spif/resolve.ts';
export type { Spif } from './spif/spif.ts';
export { policyOf } from './spif/spif-policy.ts';
export { writeSpif } from './spif/write-spif.ts';
export { readEssLabel } from './spiffing/read-ess.ts';
export { readSpiffingClearance, readSpiffingLabel } from './spiffing/read-spiffing.ts';
export {
  readMarkingDefinitions,
  readStixLabels,
  type StixLabels,
  type StixPortion,
  type StixReading,
} from './stix/read-stix.ts';
export { type MarkingDefinition, TLP } from './stix/tlp.ts';
export { markingDefinitions, type StixMarkings, type StixWriting, stixMarkings } from './stix/write-stix.ts';
export { isWord } from './word.ts';
export { readXml } from './xml/read-xml.ts';
export type { Notice } from './xml/tree.ts';
