export { banner, parseBanner } from './banner.ts';
export { LabelError, type LabelErrorCode } from './error.ts';
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
export { isWord } from './word.ts';
