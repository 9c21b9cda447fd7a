import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { checks } from './checks.ts';
import { type FileRun, runFile } from './run-file.ts';
import { lineOf, Tally } from './tally.ts';

/**
 * `node tests/run.ts [part]`: the checks, then every test file. A part is `checks`, the name of a check, a room, a
 * folder or a file without its ending; or `fuzz`: every file `*.fuzz.ts`, with a million inputs where a run of all or
 * of a room has ten thousand. The last line on standard output is the count; the status is 0, 1 where
 * anything failed, 2 where the part fits nothing.
 */
const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const minutesPerFile = 4;

/** What files of fuzzing read from their surroundings: how many inputs. */
const FUZZ = { variable: 'CONCORD_FUZZ', inputs: 1_000_000, minutesPerFile: 60 } as const;

export function fits(path: string, part: string | undefined): boolean {
  if (part === undefined || path === part || path.startsWith(`${part}/`)) return true;
  return path
    .replace(/\.(test|fuzz)\.ts$/, '')
    .split('/')
    .includes(part);
}

function testFiles(part: string | undefined): string[] {
  const ending = part === 'fuzz' ? 'fuzz' : '{test,fuzz}';
  return globSync(`{packages,apps,bench,tests,tools}/**/*.${ending}.ts`, {
    cwd: root,
    exclude: (path) => /(^|\/)(node_modules|dist)$/.test(String(path)),
  })
    .filter((path) => part === 'fuzz' || fits(path, part))
    .sort();
}

const print = (text: string) => void process.stdout.write(`${text}\n`);
const seconds = (from: number) => `${((performance.now() - from) / 1000).toFixed(1)} s`;

async function runChecks(part: string | undefined, tally: Tally): Promise<number> {
  const chosen = checks.filter(({ name }) => part === undefined || part === 'checks' || part === name);
  for (const { name, run: runCheck } of chosen) {
    const from = performance.now();
    const complaints = await runCheck(root);
    tally.checked(name, complaints);
    print(`${complaints.length === 0 ? 'ok  ' : 'FAIL'} check ${name} (${seconds(from)})`);
    for (const complaint of complaints) print(complaint.replace(/^/gm, '     '));
  }
  return chosen.length;
}

function report({ file, totals, failures, skips, output, milliseconds }: FileRun): void {
  for (const { name, error } of failures) {
    print(`FAIL ${short(file)}: ${name}\n${error.replace(/^/gm, '     ')}`);
    if (name === '(file)' && output !== '') print(output.trimEnd().replace(/^/gm, '     | '));
  }
  for (const skip of skips) print(`skip ${short(file)}: ${skip}`);
  const state = totals.failed === 0 ? 'ok  ' : 'FAIL';
  print(`${state} ${short(file)}: ${lineOf(totals)} (${(milliseconds / 1000).toFixed(1)} s)`);
}

/**
 * Files that start whole nodes or browsers and look at how soon something happens: one at a time, after the others, so
 * that what they measure is not the load of their neighbours.
 */
const alone = /^tests\/[a-z-]+\//;

async function runFiles(
  files: readonly string[],
  tally: Tally,
  stop: AbortSignal,
  minutes: number,
): Promise<FileRun[]> {
  const done: FileRun[] = [];
  const lane = async (waiting: string[]) => {
    for (let file = waiting.shift(); file !== undefined && !stop.aborted; file = waiting.shift()) {
      const fileRun = await runFile(join(root, file), minutes * 60_000, stop);
      report(fileRun);
      tally.add(fileRun);
      done.push(fileRun);
    }
  };
  const together = files.filter((file) => !alone.test(file));
  const lanes = Math.max(2, Math.min(4, availableParallelism()));
  await Promise.all(Array.from({ length: lanes }, () => lane(together)));
  await lane(files.filter((file) => alone.test(file)));
  return done.sort((a, b) => b.milliseconds - a.milliseconds);
}

async function main(part: string | undefined): Promise<number> {
  const from = performance.now();
  const tally = new Tally();
  const files = testFiles(part);
  const checked = await runChecks(part, tally);
  if (checked === 0 && files.length === 0) {
    process.stderr.write(`concord test: nothing is called "${part}"; try a room, "browser" or "checks"\n`);
    return 2;
  }
  // Test files that run when we are told to end would otherwise go on without us.
  const stop = new AbortController();
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => stop.abort());
  if (part === 'fuzz') process.env[FUZZ.variable] ??= String(FUZZ.inputs);
  const minutes = part === 'fuzz' ? FUZZ.minutesPerFile : minutesPerFile;
  const runs = await runFiles(files, tally, stop.signal, minutes);
  if (runs.length > 1) {
    const slowest = runs
      .slice(0, 5)
      .map((one) => `${short(one.file)} ${(one.milliseconds / 1000).toFixed(1)} s`);
    print(`
slowest: ${slowest.join(', ')}`);
  }
  if (tally.failures.length > 0) {
    print(`\nfailed:`);
    for (const { file, name } of tally.failures)
      print(`  ${file === 'check' ? 'check' : short(file)}: ${name}`);
  }
  print(`\n${checked} checks, ${files.length} test files, ${seconds(from)}`);
  print(tally.line());
  return tally.totals.failed === 0 ? 0 : 1;
}

function short(file: string): string {
  return relative(root, file);
}

// Whoever reads no further (`| head`) has seen enough; what runs on would be for nobody.
process.stdout.on('error', () => process.exit(1));

if (import.meta.main) process.exitCode = await main(process.argv[2]);
