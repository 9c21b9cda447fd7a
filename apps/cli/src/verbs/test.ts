import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { options, UsageError } from '../verb.ts';

export const usage = `test [PART]

Runs the checks (lock, style, types, page-types, floors, unused) and then every test. PART narrows it: "checks", the
name of a check, a room such as "gate", "browser", a folder or a file. The last line is "N passed, N failed".`;

export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = options(args, {});
  if (positionals.length > 1) throw new UsageError('test takes one part at most');
  const script = fileURLToPath(new URL('../../../../tests/run.ts', import.meta.url));
  const child = spawn(process.execPath, [script, ...positionals], { stdio: 'inherit' });
  // The run ends itself when its terminal or its caller says so: we wait for its last line.
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal));
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}
