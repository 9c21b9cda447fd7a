import { globSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join, relative } from 'node:path';
import { run } from 'node:test';
import { fileURLToPath } from 'node:url';
import { checks } from './checks.ts';
import { type Ended, Tally } from './tally.ts';

/**
 * `node tests/run.ts [part]`: the checks, then every test file. A part is `checks`, the name of a check, a room, a
 * folder or a file without its ending. The last line on standard output is the count; the status is 0, 1 where
 * anything failed, 2 where the part fits nothing.
 */
const root = fileURLToPath(new URL('..', import.meta.url)).replace(/\/$/, '');
const minutesPerFile = 8;

export function fits(path: string, part: string | undefined): boolean {
  if (part === undefined || path === part || path.startsWith(`${part}/`)) return true;
  return path
    .replace(/\.test\.ts$/, '')
    .split('/')
    .includes(part);
}

function testFiles(part: string | undefined): string[] {
  return globSync('{packages,apps,bench,tests,tools}/**/*.test.ts', {
    cwd: root,
    exclude: (path) => /(^|\/)(node_modules|dist)$/.test(String(path)),
  })
    .filter((path) => fits(path, part))
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

async function runFiles(files: readonly string[], tally: Tally): Promise<[string, number][]> {
  const durations: [string, number][] = [];
  const output = new Map<string, string>();
  const stream = run({
    files: files.map((file) => join(root, file)),
    concurrency: Math.max(2, Math.min(4, availableParallelism())),
    timeout: minutesPerFile * 60_000,
    cwd: root,
  });
  let before = { ...tally.totals };

  for await (const { type, data } of stream) {
    if (type === 'test:stdout' || type === 'test:stderr') {
      output.set(data.file, (output.get(data.file) ?? '') + data.message);
    } else if (type === 'test:pass' || type === 'test:fail') {
      const failures = tally.failures.length;
      tally.ended(data as Ended, type === 'test:pass');
      for (const { file, name, error } of tally.failures.slice(failures)) {
        print(`FAIL ${short(file)}: ${name}\n${error.replace(/^/gm, '     ')}`);
        const said = output.get(file);
        if (said !== undefined && name === '(file)') print(said.trimEnd().replace(/^/gm, '     | '));
      }
      if (data.skip !== undefined && data.skip !== false && data.details.type !== 'suite') {
        print(
          `skip ${short(data.file ?? '')}: ${data.name}${typeof data.skip === 'string' ? ` (${data.skip})` : ''}`,
        );
      }
    } else if (type === 'test:complete' && data.name === data.file) {
      durations.push([short(data.name), data.details.duration_ms]);
    } else if (type === 'test:summary' && data.file !== undefined) {
      const { passed, failed, skipped } = tally.totals;
      const own = [passed - before.passed, failed - before.failed, skipped - before.skipped];
      before = { passed, failed, skipped };
      print(
        `${own[1] === 0 ? 'ok  ' : 'FAIL'} ${short(data.file)}: ${own[0]} passed${own[1] ? `, ${own[1]} failed` : ''}`,
      );
    }
  }
  tally.heardOf(files.map((file) => join(root, file)));
  return durations.sort(([, a], [, b]) => b - a);
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
  const durations = files.length > 0 ? await runFiles(files, tally) : [];
  if (durations.length > 1) {
    print(
      `\nslowest: ${durations
        .slice(0, 5)
        .map(([file, ms]) => `${file} ${(ms / 1000).toFixed(1)} s`)
        .join(', ')}`,
    );
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
