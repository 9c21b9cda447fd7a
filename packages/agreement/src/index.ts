export { type Area, cellWithin, readArea, wholeCellWithin, within } from './area.ts';
export { cedarAgreement, cedarPolicies, cedarText } from './cedar/index.ts';
export { CEDAR_SCHEMA } from './cedar/schema.ts';
export type { CedarPolicy } from './cedar/text.ts';
export { cellOf } from './cell.ts';
export { diffTerms, type TermsChange } from './diff.ts';
export { AgreementError, type AgreementErrorCode, type Finding, type FindingCode } from './finding.ts';
export type { Polygon, Position, Ring } from './geometry.ts';
export { canOblige, droppable, formOf } from './kind-obligations.ts';
export {
  DELAY_LADDER,
  type DelayRung,
  delayRung,
  durationMs,
  joinObligations,
  type Obligations,
  obligationsText,
} from './obligations.ts';
export { digest, type Reading, type ReadOptions, readAgreement } from './read.ts';
export { impliedPolicies } from './read-parties.ts';
export {
  type Assurance,
  type Clause,
  DOORS,
  type Door,
  type Never,
  type Party,
  type Terms,
} from './terms.ts';
export {
  assuranceInWords,
  clauseInWords,
  inForceInWords,
  kindInWords,
  neverInWords,
  obligationsInWords,
  termsInWords,
  thirdPartiesInWords,
} from './words.ts';
