export { type Area, cellWithin, type Ring, readArea, within } from './area.ts';
export { AgreementError, type AgreementErrorCode, type Finding, type FindingCode } from './finding.ts';
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
export { digest, impliedPolicies, type Reading, type ReadOptions, readAgreement } from './read.ts';
export {
  type Assurance,
  type Clause,
  DOORS,
  type Door,
  type Never,
  type Party,
  type Terms,
} from './terms.ts';
