import { spawn } from 'node:child_process';
import { inexactVersions, missingStubs, readLock, readManifests } from '../tools/lock.ts';
import { check, readTree } from './floors.ts';

/** A check of the whole repository: no complaints means it passed. */
export type Check = { readonly name: string; run(root: string): Promise<string[]> };

/** Runs a program to its end: its output where it failed, nothing where it did not. */
function complaintsOf(root: string, program: string, args: readonly string[]): Promise<string[]> {
  return new Promise((resolve) => {
    const child = spawn(program, args, { cwd: root, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
    };
    child.stdout.on('data', hear);
    child.stderr.on('data', hear);
    child.on('error', (error) => resolve([`${program}: ${error.message}`]));
    child.on('close', (code, signal) => {
      if (code === 0) resolve([]);
      else resolve([said.trim() || `${program} ended with ${signal ?? code} and said nothing`]);
    });
  });
}

const node = process.execPath;

/** In the order in which they run: the cheapest explanation of a failure first. */
export const checks: readonly Check[] = [
  {
    name: 'lock',
    async run(root) {
      const complaints = [
        ...inexactVersions(readManifests()).map((found) => `no exact version: ${found}`),
        ...missingStubs(readLock()).map(
          (stub) => `not in package-lock.json: ${stub.path}; run node tools/lock.ts`,
        ),
      ];
      if (complaints.length > 0) return complaints;
      return complaintsOf(root, 'npm', [
        'ci',
        '--dry-run',
        '--ignore-scripts',
        '--no-audit',
        '--loglevel=error',
      ]);
    },
  },
  {
    name: 'style',
    run: (root) =>
      complaintsOf(root, node, [
        'node_modules/@biomejs/biome/bin/biome',
        'check',
        '--colors=off',
        '--error-on-warnings',
      ]),
  },
  {
    name: 'types',
    run: (root) =>
      complaintsOf(root, node, ['node_modules/typescript/bin/tsc', '--noEmit', '-p', 'tsconfig.json']),
  },
  {
    // Code that runs in a browser knows other globals: the page, and the tests that reach into it.
    name: 'page-types',
    run: async (root) => {
      const projects = ['apps/web', 'tests/browser'].map((folder) => `${folder}/tsconfig.json`);
      const runs = projects.map((project) =>
        complaintsOf(root, node, ['node_modules/typescript/bin/tsc', '--noEmit', '-p', project]),
      );
      return (await Promise.all(runs)).flat();
    },
  },
  {
    name: 'floors',
    run: async (root) => check(readTree(root)).map(({ file, fault }) => `${file}: ${fault}`),
  },
  {
    name: 'unused',
    run: (root) => complaintsOf(root, node, ['node_modules/knip/bin/knip.js', '--no-progress']),
  },
];
