/** What can be said against the text of an agreement. Documented one by one in docs/agreement-findings.md. */
export type FindingCode =
  | 'yaml'
  | 'shape'
  | 'unknown-key'
  | 'missing-key'
  | 'bad-name'
  | 'bad-value'
  | 'unknown-party'
  | 'unknown-kind'
  | 'unknown-level'
  | 'unknown-area'
  | 'unknown-clause'
  | 'unknown-caveat'
  | 'bad-area'
  | 'not-on-the-ladder'
  | 'cannot-oblige'
  | 'repeated'
  | 'contradiction'
  | 'never-matches'
  | 'shadowed'
  | 'undone'
  | 'raises-level'
  | 'past'
  | 'unused';

/** With an `error` there are no terms; a `warning` is said of terms that can be executed, and hardly as meant. */
export type Severity = 'error' | 'warning';

/** One finding with its place in the text: line and column count from 1. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export type AgreementErrorCode = 'agreement-refused' | 'cedar-refused';

/** An agreement that this version cannot execute to the letter. */
export class AgreementError extends Error {
  readonly code: AgreementErrorCode;
  readonly findings: readonly Finding[];
  constructor(code: AgreementErrorCode, findings: readonly Finding[]) {
    super(findings.map((one) => `${one.line}:${one.column} ${one.code}: ${one.message}`).join('\n'));
    this.name = 'AgreementError';
    this.code = code;
    this.findings = findings;
  }
}
