import { run } from 'node:test';
import { type Ended, type Failure, Tally, type Totals } from './tally.ts';

/** What a file of tests came to. */
export type FileRun = {
  readonly file: string;
  readonly totals: Totals;
  readonly failures: readonly Failure[];
  /** Why tests were skipped, as `name (reason)`. */
  readonly skips: readonly string[];
  /** What the file wrote to standard output and standard error. */
  readonly output: string;
  readonly milliseconds: number;
};

/**
 * Runs one file in a process of its own. Past `limit` milliseconds, or when `stop` says so, the process is ended and
 * that is a failure: a test that hangs must not hold the suite.
 */
export async function runFile(file: string, limit: number, stop?: AbortSignal): Promise<FileRun> {
  const from = performance.now();
  const late = AbortSignal.timeout(limit);
  const signal = stop === undefined ? late : AbortSignal.any([late, stop]);
  const tally = new Tally();
  const skips: string[] = [];
  let output = '';
  for await (const { type, data } of run({ files: [file], timeout: limit, signal })) {
    if (type === 'test:stdout' || type === 'test:stderr') output += data.message;
    if (type !== 'test:pass' && type !== 'test:fail') continue;
    if (signal.aborted && data.name === file) continue;
    tally.ended(data as Ended, type === 'test:pass');
    if (data.skip !== undefined && data.skip !== false && data.details.type !== 'suite') {
      skips.push(typeof data.skip === 'string' ? `${data.name} (${data.skip})` : data.name);
    }
  }
  if (signal.aborted)
    tally.fail(file, '(file)', `did not end within ${Math.round(limit / 1000)} s and was stopped`);
  else tally.heardOf(file);
  const { totals, failures } = tally;
  return { file, totals, failures, skips, output, milliseconds: performance.now() - from };
}
