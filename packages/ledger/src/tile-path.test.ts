import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { parseTilePath, tilePath, tilesOf } from './tile-path.ts';

test('paths are those of the specification', () => {
  assert.equal(tilePath({ level: 0, index: 1234067, width: 256 }), 'tile/0/x001/x234/067');
  assert.equal(tilePath({ level: 'entries', index: 0, width: 5 }), 'tile/entries/000.p/5');
  assert.equal(tilePath({ level: 2, index: 1000, width: 1 }), 'tile/2/x001/000.p/1');
});

test('a tree of 70,000 has the tiles that the specification counts', () => {
  const paths = [...tilesOf(70_000)].map(tilePath);
  assert.equal(paths.filter((path) => /^tile\/0\/[^p]*$/.test(path)).length, 273);
  assert.deepEqual(
    paths.filter((path) => path.includes('.p/')),
    ['tile/entries/273.p/112', 'tile/0/273.p/112', 'tile/1/001.p/17', 'tile/2/000.p/1'],
  );
  assert.ok(paths.includes('tile/1/000'));
  assert.deepEqual([...tilesOf(256)].map(tilePath), ['tile/entries/000', 'tile/0/000', 'tile/1/000.p/1']);
  assert.deepEqual([...tilesOf(0)], []);
});

test('a path is read back as the tile it names', () => {
  const level = fc.oneof(fc.constant('entries' as const), fc.nat(63));
  const tile = fc.record(
    { level, index: fc.nat(2 ** 40), width: fc.integer({ min: 1, max: 256 }) },
    { noNullPrototype: true },
  );
  fc.assert(fc.property(tile, (one) => assert.deepEqual(parseTilePath(tilePath(one)), one)));
});

test('other texts name no tile', () => {
  for (const path of [
    'tile/0/1',
    'tile/0/000.p/0',
    'tile/0/000.p/256',
    'tile/0/000.p/05',
    'tile/64/000',
    'tile/00/000',
  ])
    assert.equal(parseTilePath(path), undefined, path);
  for (const path of ['tile/0/x000/001', 'tile/0/../000', 'checkpoint', 'tile/0/000/', 'tile/0/000\n'])
    assert.equal(parseTilePath(path), undefined, path);
  assert.throws(() => tilePath({ level: 0, index: -1, width: 256 }), { code: 'path-syntax' });
});
