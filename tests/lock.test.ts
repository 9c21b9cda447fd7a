import assert from 'node:assert/strict';
import { test } from 'node:test';
import { inexactVersions, type Lock, missingStubs, platformOf, withStubs } from '../tools/lock.ts';

const lock: Lock = {
  lockfileVersion: 3,
  packages: {
    '': {},
    'node_modules/tool': {
      version: '2.0.0',
      dev: true,
      optionalDependencies: { '@tool/linux-x64': '2.0.0', '@tool/darwin-arm64': '2.0.0', nested: '1.0.0' },
    },
    'node_modules/@tool/linux-x64': { version: '2.0.0' },
    'node_modules/tool/node_modules/nested': { version: '1.0.0' },
  },
};

test('optional packages that the lock names and does not hold are found', () => {
  assert.deepEqual(
    missingStubs(lock).map(({ path, wantedBy }) => [path, wantedBy]),
    [['node_modules/@tool/darwin-arm64', 'node_modules/tool']],
  );
});

test('a stub has version and platform, so that no other machine fetches it', () => {
  assert.deepEqual(withStubs(lock).packages['node_modules/@tool/darwin-arm64'], {
    version: '2.0.0',
    cpu: ['arm64'],
    os: ['darwin'],
    dev: true,
    optional: true,
  });
  assert.deepEqual(missingStubs(withStubs(lock)), []);
});

test('the platform is read from the name of the package', () => {
  assert.deepEqual(platformOf('@oxc-parser/binding-linux-arm-musleabihf'), {
    cpu: ['arm'],
    libc: ['musl'],
    os: ['linux'],
  });
  assert.deepEqual(platformOf('@x/cli-linux-x64-gnu'), { cpu: ['x64'], libc: ['glibc'], os: ['linux'] });
  assert.deepEqual(platformOf('@x/win32-ia32-msvc'), { cpu: ['ia32'], os: ['win32'] });
});

test('ranges are found, exact versions and links to workspaces are not', () => {
  const manifests = new Map([
    ['a', { dependencies: { '@concord/b': '*', c: '1.2.3', d: '^1.2.3' }, devDependencies: { e: '24' } }],
    ['b', { dependencies: { '@concord/c': '0.1.0' }, optionalDependencies: { f: '18.4.0-beta.17' } }],
  ]);
  assert.deepEqual(inexactVersions(manifests), ['a: d ^1.2.3', 'a: e 24', 'b: @concord/c 0.1.0']);
});
