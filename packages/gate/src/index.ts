export { areaFact, areaFacts, classify } from './classify.ts';
export { decide, type Permit, type Release } from './decide.ts';
export { explain, forReader } from './explain.ts';
export {
  type GrantFacts,
  type ItemState,
  type ReleaseFacts,
  ROLES,
  type Role,
  releaseKey,
  type SubjectFacts,
  subjectKey,
  VERDICT_ROLES,
} from './facts.ts';
export { type ReleasedForm, releasedForm } from './form.ts';
export { type Cell, Matrix, type Verdict } from './matrix.ts';
export { type Guarantee, proveGuarantees } from './prove.ts';
export type { Reason } from './reason.ts';
export { type VerdictChange, whatIf } from './what-if.ts';
export {
  type AgreementStanding,
  type AgreementState,
  type AssuranceStanding,
  areaQuestions,
  type World,
} from './world.ts';
