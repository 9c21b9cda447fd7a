import assert from 'node:assert/strict';
import { test } from 'node:test';
import { toBase64, toHex, utf8 } from './bytes.ts';
import { cosignCheckpoint, openCheckpoint, parseCheckpoint, signCheckpoint } from './checkpoint.ts';
import { EMPTY_ROOT } from './merkle.ts';
import { createNoteSigner } from './note-key.ts';
import { ORIGIN, signerOf } from './sample-log.ts';

// The example of C2SP tlog-cosignature, as a fact.
const EXAMPLE = [
  'example.com/behind-the-sofa',
  '20852163',
  'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=',
  '',
  '\u2014 example.com/behind-the-sofa Az3grlgtzPICa5OS8npVmf1Myq/5IZniMp+ZJurmRDeOoRDe4URYN7u5/Zhcyv2q1gGzGku9nTo+zyWE+xeMcTOAYQ8=',
  '\u2014 witness.example.com/w1 jWbPPwAAAABkGFDLEZMHwSRaJNiIDoe9DYn/zXcrtPHeolMI5OWXEhZCB9dlrDJsX3b2oyin1nPZqhf5nNo0xUe+mbIUBkBIfZ+qnA==',
  '',
].join('\n');

test('the example of the specification is read', () => {
  const checkpoint = parseCheckpoint(utf8(EXAMPLE));
  assert.equal(checkpoint.origin, 'example.com/behind-the-sofa');
  assert.equal(checkpoint.size, 20852163);
  assert.equal(toBase64(checkpoint.root), 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=');
  assert.deepEqual(
    checkpoint.signatures.map(({ name, keyId, signature }) => [name, toHex(keyId), signature.length]),
    [
      ['example.com/behind-the-sofa', '033de0ae', 64],
      ['witness.example.com/w1', '8d66cf3f', 72],
    ],
  );
});

test('a signed checkpoint opens with its key, and with a cosignature added with both', async () => {
  const signer = await signerOf(ORIGIN, 1);
  const witness = await createNoteSigner('birch.example/witness', new Uint8Array(32).fill(2), 'cosignature');
  const bytes = await signCheckpoint({ origin: ORIGIN, size: 0, root: EMPTY_ROOT }, [signer]);
  const { checkpoint } = await openCheckpoint(bytes, [signer.key]);
  assert.deepEqual(checkpoint.root, EMPTY_ROOT);
  const cosigned = await cosignCheckpoint(bytes, witness, 1_800_000_000);
  const { signedBy } = await openCheckpoint(cosigned, [signer.key, witness.key]);
  assert.deepEqual(
    signedBy.map(({ key, time }) => [key.name, time]),
    [
      [ORIGIN, undefined],
      ['birch.example/witness', 1_800_000_000],
    ],
  );
  await assert.rejects(openCheckpoint(bytes, [witness.key]), { code: 'checkpoint-unsigned' });
});

test('malformed checkpoints are refused', () => {
  for (const [from, to] of [
    ['20852163', '020852163'],
    ['20852163', '-1'],
    ['20852163', '99999999999999999999'],
    ['CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=', 'CsUY'],
    ['CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=', 'CsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2J='],
    ['20852163\n', ''],
  ] as const)
    assert.throws(() => parseCheckpoint(utf8(EXAMPLE.replace(from, to))), { code: 'checkpoint-syntax' }, to);
});

test('a checkpoint that could not be read back is not written', async () => {
  const signer = await signerOf(ORIGIN, 1);
  for (const head of [
    { origin: '', size: 0, root: EMPTY_ROOT },
    { origin: 'a\nb', size: 0, root: EMPTY_ROOT },
    { origin: 'a', size: -1, root: EMPTY_ROOT },
    { origin: 'a', size: 0, root: new Uint8Array(3) },
  ])
    await assert.rejects(signCheckpoint(head, [signer]), { code: 'checkpoint-syntax' });
});
