/** What a run came to. A test that has tests inside counts by these, so that nothing counts twice. */
export type Totals = { passed: number; failed: number; skipped: number };
export type Failure = { readonly file: string; readonly name: string; readonly error: string };

/** What the runner of `node:test` says of a test that has ended. */
export type Ended = {
  readonly name: string;
  readonly nesting: number;
  readonly file?: string | undefined;
  readonly skip?: string | boolean | undefined;
  readonly details: { readonly type?: string | undefined; readonly error?: unknown };
};

/** Counts the events of `run()`. A file is reported as a test of its own name where it crashed or holds no test. */
export class Tally {
  readonly totals: Totals = { passed: 0, failed: 0, skipped: 0 };
  readonly failures: Failure[] = [];
  /** Per file: how many tests have ended at each depth and wait for the test around them to end. */
  readonly #inside = new Map<string, number[]>();

  ended(test: Ended, passed: boolean): void {
    const file = test.file ?? test.name;
    const inside = this.#inside.get(file) ?? [];
    this.#inside.set(file, inside);
    const children = inside[test.nesting + 1] ?? 0;
    inside.length = test.nesting + 1;
    inside[test.nesting] = (inside[test.nesting] ?? 0) + 1;

    if (test.name === file && passed) {
      this.fail(file, '(file)', 'holds no test');
    } else if (children > 0 || test.details.type === 'suite') {
      // Its tests are counted. What went wrong in itself (a hook, its own lines) is a failure besides.
      const failedItself = !passed && failureType(test.details.error) !== 'subtestsFailed';
      if (failedItself) this.fail(file, test.name, describe(test.details.error));
    } else if (!passed) {
      this.fail(file, test.name === file ? '(file)' : test.name, describe(test.details.error));
    } else if (test.skip !== undefined && test.skip !== false) {
      this.totals.skipped++;
    } else {
      this.totals.passed++;
    }
  }

  /** A file of which no test has ended was not run at all. */
  heardOf(file: string): void {
    if (!this.#inside.has(file)) this.fail(file, '(file)', 'was not run');
  }

  add({ totals, failures }: { readonly totals: Totals; readonly failures: readonly Failure[] }): void {
    this.totals.passed += totals.passed;
    this.totals.failed += totals.failed;
    this.totals.skipped += totals.skipped;
    this.failures.push(...failures);
  }

  /** A check of the repository counts as one test. */
  checked(name: string, complaints: readonly string[]): void {
    if (complaints.length === 0) this.totals.passed++;
    else this.fail('check', name, complaints.join('\n'));
  }

  line(): string {
    return lineOf(this.totals);
  }

  fail(file: string, name: string, error: string): void {
    this.totals.failed++;
    this.failures.push({ file, name, error });
  }
}

/** `N passed, N failed`, and how many were skipped where any were. */
export function lineOf({ passed, failed, skipped }: Totals): string {
  return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
}

function failureType(error: unknown): unknown {
  return error instanceof Error && 'failureType' in error ? error.failureType : undefined;
}

function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const cause = error.cause instanceof Error ? error.cause : error;
  const lines = (cause.stack ?? cause.message).split('\n');
  return lines.filter((line) => !/^\s+at .*node:internal/.test(line)).join('\n');
}
