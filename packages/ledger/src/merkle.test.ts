import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { toHex } from './bytes.ts';
import { LedgerError } from './error.ts';
import { CompactRange, EMPTY_ROOT, leafHash, merkleRoot, nodeHash } from './merkle.ts';

// The reference tree of Certificate Transparency (transparency-dev/merkle, testonly/constants.go), as facts.
const LEAVES = [
  '',
  '00',
  '10',
  '2021',
  '3031',
  '40414243',
  '5051525354555657',
  '606162636465666768696a6b6c6d6e6f',
];
const ROOTS = [
  'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
  '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
  'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
  'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
  'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
  '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
  '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
  'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
  '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
];

test('the roots of the reference tree are the published ones at every size', () => {
  const range = new CompactRange();
  assert.equal(toHex(range.root()), ROOTS[0]);
  LEAVES.forEach((hex, i) => {
    range.append(leafHash(Buffer.from(hex, 'hex')));
    assert.equal(toHex(range.root()), ROOTS[i + 1]);
    assert.equal(range.size, i + 1);
  });
  assert.equal(toHex(EMPTY_ROOT), ROOTS[0]);
});

/** RFC 6962 section 2.1, as it is defined there. */
function defined(leaves: readonly Uint8Array[]): Uint8Array {
  if (leaves.length === 0) return EMPTY_ROOT;
  if (leaves.length === 1) return leaves[0]!;
  let k = 1;
  while (k * 2 < leaves.length) k *= 2;
  return nodeHash(defined(leaves.slice(0, k)), defined(leaves.slice(k)));
}

test('appending one by one gives the root of the recursive definition', () => {
  fc.assert(
    fc.property(fc.array(fc.uint8Array({ maxLength: 8 }), { maxLength: 70 }), (entries) => {
      const leaves = entries.map(leafHash);
      assert.deepEqual(merkleRoot(leaves), defined(leaves));
    }),
  );
});

test('a hash of the wrong length is refused', () => {
  assert.throws(() => nodeHash(new Uint8Array(31), EMPTY_ROOT), { name: 'LedgerError', code: 'digest' });
  assert.ok(new LedgerError('digest', '') instanceof Error);
});
