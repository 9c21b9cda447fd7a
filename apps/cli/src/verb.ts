import { once } from 'node:events';
import { type ParseArgsConfig, parseArgs } from 'node:util';

/** What a file in `verbs/` exports. `run` resolves to the exit status: 0 done, 1 findings, 2 bad usage or input. */
export type Verb = {
  /** The lines after `concord`, as in `gnss decode FILE [--format rtcm3|rinex]`, and what the options mean. */
  readonly usage: string;
  run(args: readonly string[]): Promise<number>;
};

/** Wrong options or wrong input: the message goes to standard error, the exit status is 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/**
 * `util.parseArgs` in strict mode whose complaints are UsageErrors. Options are named once, in the verb's file:
 *
 *     const { values, positionals } = options(args, { at: { type: 'string' } });
 */
export function options<const T extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  named: T,
): ReturnType<typeof parseArgs<{ args: string[]; options: T; allowPositionals: true; strict: true }>> {
  try {
    return parseArgs({ args: [...args], options: named, allowPositionals: true, strict: true });
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Writes one NDJSON line to standard output and waits where the reader is slow. */
export async function print(value: unknown): Promise<void> {
  await printText(`${JSON.stringify(value)}\n`);
}

/** The same for text that is not NDJSON. */
export async function printText(text: string): Promise<void> {
  if (!process.stdout.write(text)) await once(process.stdout, 'drain');
}

/** Progress and errors go to standard error. */
export function say(text: string): void {
  process.stderr.write(`${text}\n`);
}
