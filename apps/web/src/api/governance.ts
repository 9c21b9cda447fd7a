/** Shapes of the server's answers about how agreements live. Times are ISO 8601 in UTC. */

export interface Assurance {
  readonly id: string;
  readonly by: string;
  readonly to: string;
  readonly text: string;
  readonly standing: 'live' | 'lapsed' | 'breached';
  readonly suspends?: readonly string[];
  readonly confirmedAt?: string;
  readonly lapsesAt?: string;
  readonly breached?: { readonly at: string; readonly by: string; readonly reason: string };
}

export interface VersionSummary {
  readonly agreement: string;
  readonly version: number;
  readonly phase: string;
  readonly draftedAt: string;
  readonly drafter: string;
  readonly activatedAt?: string;
  readonly standing?: string;
  readonly parties: readonly string[];
  readonly signedBy: readonly string[];
  readonly approvedBy: readonly string[];
  readonly refused?: readonly string[];
  readonly suspended?: { readonly at: string; readonly by: string; readonly reason: string };
  readonly resumeAgreedBy?: readonly string[];
  readonly digest: string;
}

export interface RecallCase {
  readonly party: string;
  readonly state: 'asked' | 'acknowledged' | 'destroyed' | 'overdue';
  readonly asked: string;
  readonly acknowledged?: { readonly at: string; readonly by: string };
  readonly destroyed?: { readonly at: string; readonly by: string; readonly certificate: string };
  readonly items: number;
}

export interface Recall {
  readonly id: string;
  readonly party: string;
  readonly stream: string;
  readonly from?: string;
  readonly to?: string;
  readonly reason: string;
  readonly at: string;
  readonly due: string;
  readonly open: boolean;
  readonly cases: readonly RecallCase[];
}

/** What one party gave another, counted from receipts. */
export interface Given {
  readonly giver: string;
  readonly receiver: string;
  readonly kind: string;
  readonly level: string;
  readonly clauses: readonly string[];
  readonly items: number;
  readonly receipts: number;
  readonly delayMedian_ms: number | null;
  readonly delayP95_ms: number | null;
}
