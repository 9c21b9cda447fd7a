/** What one look at a machine or node came to. */
export interface Check {
  readonly check: string;
  readonly ok: boolean;
  /** For people: what is there, or what is wrong and what to do. */
  readonly detail: string;
}

export const fine = (check: string, detail: string): Check => ({ check, ok: true, detail });
export const wrong = (check: string, detail: string): Check => ({ check, ok: false, detail });
