export { type Area, cellWithin, readArea, wholeCellWithin, within } from './area.ts';
export { cedarAgreement, cedarPolicies, cedarText } from './cedar/index.ts';
export { CEDAR_SCHEMA } from './cedar/schema.ts';
export type { CedarPolicy } from './cedar/text.ts';
export { cellOf } from './cell.ts';
export { type CheckOptions, checkAgreement } from './check.ts';
export { diffTerms, type TermsChange } from './diff.ts';
export { type Duty, type DutyEvent, type DutyKind, dutiesOpenedBy } from './duty.ts';
export type { DisputeStep, DutyTerms, IncidentTerms, LawChangeTerms, RecallTerms } from './duty-terms.ts';
export { holdsFor, neededLevel } from './equivalence.ts';
export {
  AgreementError,
  type AgreementErrorCode,
  type Finding,
  type FindingCode,
  type Severity,
} from './finding.ts';
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
export { type Exchange, reciprocityOf } from './reciprocity.ts';
export {
  type AgreementStanding,
  type AssuranceStanding,
  assuranceAt,
  confirmedUntil,
  endOf,
  type Notice,
  type Recorded,
  type Standing,
  standingAt,
} from './standing.ts';
export {
  type Access,
  type Assurance,
  type Clause,
  type Consent,
  DOORS,
  type Door,
  type Never,
  type NeverSubject,
  type OneWay,
  type Party,
  type Reference,
  type Scope,
  type Survivor,
  type Terms,
  type Validity,
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
