import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { utf8 } from './bytes.ts';
import { parseCheckpoint } from './checkpoint.ts';
import { LogReader } from './log-reader.ts';
import { LogWriter } from './log-writer.ts';
import { leafHash, merkleRoot } from './merkle.ts';
import { consistencyProof, inclusionProof } from './proof.ts';
import { encodeReceipt } from './receipt-codec.ts';
import { receipt, sampleLog, store } from './sample-log.ts';
import { tilePath, tilesOf } from './tile-path.ts';

test('a log of any size, written in any steps, has the files of the specification and no others', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: 400 }), { maxLength: 4 }), async (steps) => {
      const log = await sampleLog(...steps);
      const { size } = log.writer;
      const expected = size === 0 ? [] : ['checkpoint', ...[...tilesOf(size)].map(tilePath)];
      assert.deepEqual([...log.files.keys()].sort(), expected.sort());
    }),
    { numRuns: 20 },
  );
});

test('proofs from tiles are those from the leaves', async () => {
  const log = await sampleLog(300, 411);
  const leaves = Array.from({ length: 711 }, (_, i) => leafHash(encodeReceipt(receipt(i))));
  const reader = new LogReader(log.read, 711);
  assert.deepEqual(await reader.root(), merkleRoot(leaves));
  assert.deepEqual(await reader.entry(699), encodeReceipt(receipt(699)));
  for (const index of [0, 1, 255, 256, 511, 512, 699, 710])
    assert.deepEqual(await reader.inclusionProof(index), inclusionProof(leaves, index));
  for (const older of [1, 2, 255, 256, 257, 300, 512, 513, 710, 711])
    assert.deepEqual(await reader.consistencyProof(older), consistencyProof(leaves, older));
});

test('a log above 65,536 entries has a third level, and its proofs still hold', async () => {
  const size = 65_536 + 300;
  const writer = new LogWriter();
  for (let i = 0; i < size; i += 1) writer.append(utf8(String(i)));
  const files = new Map(writer.take().files.map(({ path, bytes }) => [path, bytes]));
  assert.deepEqual([...files.keys()].sort(), [...tilesOf(size)].map(tilePath).sort());
  const reader = new LogReader(async (path) => files.get(path), size);
  assert.deepEqual(await reader.root(), writer.root());
  const leaves = Array.from({ length: size }, (_, i) => leafHash(utf8(String(i))));
  for (const index of [0, 65_535, 65_536, size - 1])
    assert.deepEqual(await reader.inclusionProof(index), inclusionProof(leaves, index));
  assert.deepEqual(await reader.consistencyProof(65_537), consistencyProof(leaves, 65_537));
});

test('a writer that resumes writes what one that never stopped writes', async () => {
  for (const first of [0, 1, 255, 256, 257, 600]) {
    const stopped = await sampleLog();
    const checkpoint = parseCheckpoint(await stopped.grow(first));
    const resumed = await LogWriter.resume(stopped.read, checkpoint);
    for (let i = first; i < first + 300; i += 1) resumed.append(encodeReceipt(receipt(i)));
    await store(stopped.files, resumed, stopped.signer);
    const whole = await sampleLog(first + 300);
    assert.deepEqual(new Map([...stopped.files].sort()), new Map([...whole.files].sort()), `from ${first}`);
  }
});

test('a writer does not resume a log whose tiles are damaged or missing', async () => {
  const log = await sampleLog(300);
  const checkpoint = parseCheckpoint(log.files.get('checkpoint')!);
  for (const path of ['tile/entries/001.p/44', 'tile/0/001.p/44', 'tile/1/000.p/1']) {
    const damaged = new Map(log.files);
    damaged.set(
      path,
      log.files.get(path)!.map((byte, i) => (i === 9 ? byte ^ 1 : byte)),
    );
    await assert.rejects(
      LogWriter.resume(async (one) => damaged.get(one), checkpoint),
      { code: 'tree-mismatch' },
    );
    damaged.delete(path);
    await assert.rejects(
      LogWriter.resume(async (one) => damaged.get(one), checkpoint),
      { code: 'tile-missing' },
    );
  }
});

test('nothing new means no files', async () => {
  const log = await sampleLog(3);
  assert.deepEqual(log.writer.take().files, []);
  assert.throws(() => log.writer.append(new Uint8Array(65_536)), { code: 'entry-size' });
  assert.equal(log.writer.size, 3);
});
