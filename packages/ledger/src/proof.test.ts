import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toHex } from './bytes.ts';
import { leafHash, merkleRoot } from './merkle.ts';
import { consistencyProof, inclusionProof, verifyConsistency, verifyInclusion } from './proof.ts';

const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
].map((hex) => leafHash(Buffer.from(hex, 'hex')));

// Published with the reference tree of Certificate Transparency (transparency-dev/merkle), as facts.
const INCLUSION: readonly (readonly [index: number, size: number, path: readonly string[]])[] = [
  [0, 1, []],
  [
    0,
    8,
    [
      '96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      '6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4',
    ],
  ],
  [
    5,
    8,
    [
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [2, 3, ['fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125']],
  [
    1,
    5,
    [
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];
const CONSISTENCY: readonly (readonly [older: number, newer: number, path: readonly string[]])[] = [
  [1, 1, []],
  [
    6,
    8,
    [
      '0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a',
      'ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
    ],
  ],
  [
    2,
    5,
    [
      '5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e',
      'bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b',
    ],
  ],
];

test('proofs over the reference tree are the published ones', () => {
  for (const [index, size, path] of INCLUSION)
    assert.deepEqual(
      inclusionProof(LEAVES.slice(0, size), index).map(toHex),
      path,
      `leaf ${index} of ${size}`,
    );
  for (const [older, newer, path] of CONSISTENCY)
    assert.deepEqual(
      consistencyProof(LEAVES.slice(0, newer), older).map(toHex),
      path,
      `${older} to ${newer}`,
    );
});

const leaves = Array.from({ length: 40 }, (_, i) => leafHash(Uint8Array.of(i)));

test('every leaf of every tree is proved, and no other leaf, index, size or root', () => {
  for (let size = 1; size <= leaves.length; size += 1) {
    const tree = leaves.slice(0, size);
    const root = merkleRoot(tree);
    for (let index = 0; index < size; index += 1) {
      const proof = { index, size, leaf: tree[index]!, path: inclusionProof(tree, index), root };
      assert.ok(verifyInclusion(proof));
      assert.ok(!verifyInclusion({ ...proof, leaf: leafHash(Uint8Array.of(99)) }));
      assert.ok(!verifyInclusion({ ...proof, index: index + 1 }));
      assert.ok(!verifyInclusion({ ...proof, root: leafHash(Uint8Array.of(98)) }));
      assert.ok(!verifyInclusion({ ...proof, path: [...proof.path, root] }));
      assert.ok(!verifyInclusion({ ...proof, path: proof.path.slice(1) }) || proof.path.length === 0);
    }
  }
});

test('every prefix of every tree is proved, and nothing else is taken for one', () => {
  for (let newer = 1; newer <= leaves.length; newer += 1) {
    const tree = leaves.slice(0, newer);
    for (let older = 0; older <= newer; older += 1) {
      const proof = {
        older,
        newer,
        path: consistencyProof(tree, older),
        olderRoot: merkleRoot(leaves.slice(0, older)),
        newerRoot: merkleRoot(tree),
      };
      assert.ok(verifyConsistency(proof), `${older} to ${newer}`);
      assert.ok(!verifyConsistency({ ...proof, path: [...proof.path, proof.newerRoot] }));
      if (older === 0) continue;
      assert.ok(!verifyConsistency({ ...proof, newerRoot: leaves[0]!.map((byte) => byte ^ 1) }));
      assert.ok(!verifyConsistency({ ...proof, olderRoot: leaves[0]!.map((byte) => byte ^ 1) }));
    }
  }
});

test('a proof with any bit turned does not hold', () => {
  fc.assert(
    fc.property(
      fc.nat(39),
      fc.integer({ min: 1, max: 39 }),
      fc.nat(),
      fc.nat(255),
      (index, older, at, bit) => {
        const root = merkleRoot(leaves);
        const turned = (path: readonly Uint8Array[]): Uint8Array[] =>
          path.map((hash, i) =>
            i === at % path.length
              ? hash.map((byte, j) => (j === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte))
              : hash,
          );
        const inclusion = turned(inclusionProof(leaves, index));
        assert.ok(!verifyInclusion({ index, size: 40, leaf: leaves[index]!, path: inclusion, root }));
        const olderRoot = merkleRoot(leaves.slice(0, older));
        const path = turned(consistencyProof(leaves, older));
        assert.ok(!verifyConsistency({ older, newer: 40, path, olderRoot, newerRoot: root }));
      },
    ),
  );
});

test('impossible indices and sizes are refused, not computed', () => {
  const hash = leaves[0]!;
  assert.ok(!verifyInclusion({ index: 1.5, size: 3, leaf: hash, path: [hash], root: hash }));
  assert.ok(!verifyInclusion({ index: -1, size: 3, leaf: hash, path: [hash], root: hash }));
  assert.ok(!verifyInclusion({ index: 0, size: 2 ** 60, leaf: hash, path: [hash], root: hash }));
  assert.ok(!verifyConsistency({ older: 3, newer: 2, path: [], olderRoot: hash, newerRoot: hash }));
  assert.throws(() => inclusionProof(leaves, 40), { code: 'index' });
});
