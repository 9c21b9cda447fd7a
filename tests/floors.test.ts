import assert from 'node:assert/strict';
import { test } from 'node:test';
import { check, importsOf, type Tree } from './floors.ts';

const manifest = (
  name: string,
  dependencies: string[] = [],
  exports: Record<string, string> = { '.': 'x' },
) =>
  JSON.stringify({
    name: `@concord/${name}`,
    exports,
    dependencies: Object.fromEntries(dependencies.map((other) => [`@concord/${other}`, '*'])),
  });

/** A small sound house; each test spoils one thing in it. */
const sound: Record<string, string> = {
  'packages/label/package.json': manifest('label'),
  'packages/label/src/index.ts': 'export const a = 1;',
  'packages/gnss/package.json': manifest('gnss'),
  'packages/gnss/src/index.ts': "import { b } from './b.ts';\nexport { b };",
  'packages/gnss/src/b.ts': 'export const b = 2;',
  'packages/store/package.json': manifest('store', ['label'], { '.': 'x', './readers': 'y' }),
  'packages/store/src/index.ts': "import type { a } from '@concord/label';\nexport type A = typeof a;",
  'packages/bus/package.json': manifest('bus', ['store']),
  'packages/bus/src/index.ts': "import type { A } from '@concord/store';\nexport type B = A;",
  'packages/release/package.json': manifest('release', ['store']),
  'packages/release/src/index.ts': "export { read } from '@concord/store/readers';",
  'packages/intake/package.json': manifest('intake'),
  'packages/intake/src/index.ts': 'export const i = 1;',
  'packages/feeds/package.json': manifest('feeds', ['intake']),
  'packages/feeds/src/index.ts': "import {\n  i,\n} from '@concord/intake';\nexport { i };",
  'packages/endpoints/package.json': manifest('endpoints', ['release']),
  'packages/endpoints/src/index.ts': "export * from '@concord/release';",
};

function faultsOf(change: Record<string, string>): string[] {
  const tree: Tree = new Map(Object.entries({ ...sound, ...change }));
  return check(tree).map(({ file, fault }) => `${file}: ${fault}`);
}

test('a sound house has no faults', () => {
  assert.deepEqual(faultsOf({}), []);
});

const seeded: [string, Record<string, string>, RegExp][] = [
  [
    'an import upwards',
    {
      'packages/label/src/index.ts': "import { read } from '@concord/release';",
      'packages/label/package.json': manifest('label', ['release']),
    },
    /release, which is above label/,
  ],
  [
    'a neighbour on the same floor',
    {
      'packages/gnss/src/b.ts': "export { a as b } from '@concord/label';",
      'packages/gnss/package.json': manifest('gnss', ['label']),
    },
    /its neighbour label/,
  ],
  [
    'an import past a face',
    { 'packages/store/src/index.ts': "import type { a } from '@concord/label/src/model.ts';" },
    /past the face of label/,
  ],
  [
    'a relative import into another package',
    { 'packages/gnss/src/b.ts': "export { a as b } from '../../label/src/index.ts';" },
    /relative path out of packages\/gnss/,
  ],
  [
    'readers outside the enforcement point',
    {
      'packages/intake/src/index.ts': "export { read } from '@concord/store/readers';",
      'packages/intake/package.json': manifest('intake', ['store']),
    },
    /store\/readers: only release may/,
  ],
  [
    'a backup made elsewhere than by the server',
    {
      'packages/endpoints/src/index.ts': "export { saveDatabase } from '@concord/store/archive';",
      'packages/endpoints/package.json': manifest('endpoints', ['store']),
    },
    /store\/archive: only server may/,
  ],
  [
    'a dynamic import past the enforcement point',
    {
      'packages/endpoints/src/index.ts': "export * from '@concord/release';\nawait import('@concord/store');",
      'packages/endpoints/package.json': manifest('endpoints', ['release', 'store']),
    },
    /store, which endpoints must not know/,
  ],
  [
    'more than types from the store in the bus',
    { 'packages/bus/src/index.ts': "import { A } from '@concord/store';" },
    /more than types of store/,
  ],
  [
    'a feed that knows the release point',
    {
      'packages/feeds/src/index.ts': "import { i } from '@concord/intake';\nimport '@concord/release';",
      'packages/feeds/package.json': manifest('feeds', ['intake', 'release']),
    },
    /imports release; feeds may know/,
  ],
  [
    'a builtin on the ground floor',
    { 'packages/gnss/src/b.ts': "import { readFileSync } from 'node:fs';" },
    /node:fs, and gnss is pure/,
  ],
  [
    'a clock on the ground floor',
    { 'packages/gnss/src/b.ts': 'export const b = Date.now();' },
    /reads a clock/,
  ],
  [
    'an undeclared workspace import',
    { 'packages/intake/src/index.ts': "import '@concord/label';" },
    /intake\/package.json: does not declare @concord\/label/,
  ],
  [
    'a declaration that nothing uses',
    { 'packages/intake/package.json': manifest('intake', ['label']) },
    /declares @concord\/label, which nothing in it imports/,
  ],
  [
    'a room without a floor',
    { 'packages/attic/package.json': manifest('attic'), 'packages/attic/src/index.ts': 'export {};' },
    /attic is on no floor/,
  ],
  [
    'a room that does not exist',
    { 'packages/intake/src/index.ts': "import '@concord/nowhere';" },
    /does not exist/,
  ],
];

for (const [name, change, expected] of seeded) {
  test(`finds ${name}`, () => {
    const faults = faultsOf(change);
    assert.ok(
      faults.some((fault) => expected.test(fault)),
      `expected ${expected} among ${JSON.stringify(faults)}`,
    );
  });
}

test('a tree without modules is a fault, not a pass', () => {
  assert.match(check(new Map())[0]?.fault ?? '', /no modules/);
});

test('tests may use builtins and the tests folder', () => {
  const source =
    "import { test } from 'node:test';\nimport { sharedData } from '../../../tests/shared-data.ts';";
  assert.deepEqual(faultsOf({ 'packages/gnss/src/b.test.ts': source }), []);
});

test('imports are read from code and not from comments or strings', () => {
  const source = [
    "/** import { x } from '@concord/doc'; */",
    "// import '@concord/line';",
    "import type { T } from './t.ts';",
    'import {',
    '  a,',
    '  b,',
    "} from './ab.ts';",
    "export * as c from './c.ts';",
    "const text = `say import '@concord/no'`;",
    "type U = import('./u.ts').U;",
  ].join('\n');
  assert.deepEqual(
    importsOf(source).map(({ from }) => from),
    ['./t.ts', './ab.ts', './c.ts', './u.ts'],
  );
});
