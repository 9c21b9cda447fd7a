import type { Obligations } from '@concord/agreement';
import type { AgreementId } from '@concord/label';

/** A node of the tree of rules and clauses behind a verdict. */
export interface Reason {
  readonly rule: string;
  readonly outcome: 'pass' | 'permit' | 'deny';
  readonly says: string;
  readonly agreement?: AgreementId;
  readonly clause?: string;
  readonly obligations?: Obligations;
  readonly children?: readonly Reason[];
}
