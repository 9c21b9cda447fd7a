/** Terms that bind parties to do something by an instant. Periods in milliseconds. */
export interface DutyTerms {
  readonly recall?: RecallTerms;
  readonly incidents?: IncidentTerms;
  readonly lawChange?: LawChangeTerms;
  /** In the order in which they are gone through. */
  readonly disputes?: readonly DisputeStep[];
}

/** What a recipient owes when an originator recalls, and at the end of the agreement. */
export interface RecallTerms {
  readonly acknowledge: number;
  readonly destroy: number;
  /** Destruction is certified to the originator. */
  readonly certificate: boolean;
  /** Absent, what was given stays where it is. */
  readonly atEnd?: { readonly what: 'destroy' | 'return'; readonly within: number };
}

/** Loss and compromise. */
export interface IncidentTerms {
  readonly notify: number;
  /** Clauses that rest from the first suspicion until the incident is closed. */
  readonly suspend: readonly string[];
}

/** A party whose law changes so that it cannot keep its word. */
export interface LawChangeTerms {
  readonly notify: number;
  readonly consult: number;
}

export const DISPUTE_STEPS = ['consultation', 'authority'] as const;

export interface DisputeStep {
  readonly step: (typeof DISPUTE_STEPS)[number];
  readonly within: number;
}
