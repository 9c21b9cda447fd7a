/** Every way in which a label breaks its policy, or a clearance does not suffice for it. */
export type ReasonCode =
  | 'classification-unknown'
  | 'category-unknown'
  | 'category-missing'
  | 'category-excluded'
  | 'class-excluded'
  | 'class-required'
  | 'selection'
  | 'not-in-force'
  | 'beyond-policy'
  | 'other-policy'
  | 'clearance-unknown'
  | 'classification-not-held'
  | 'category-not-held';

export interface PolicyReason {
  readonly code: ReasonCode;
  readonly text: string;
}

export const reason = (code: ReasonCode, text: string): PolicyReason => ({ code, text });
