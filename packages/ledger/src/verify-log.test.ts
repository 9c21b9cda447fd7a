import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { utf8 } from './bytes.ts';
import { cosignCheckpoint, signCheckpoint } from './checkpoint.ts';
import { LogWriter } from './log-writer.ts';
import { createNoteSigner } from './note-key.ts';
import { encodeReceipt } from './receipt-codec.ts';
import { ORIGIN, receipt, sampleLog, signerOf } from './sample-log.ts';
import { verifyLog } from './verify-log.ts';

const log = await sampleLog(300, 290);
const keys = [log.signer.key];
const codes = (report: { findings: readonly { code: string }[] }): string[] => [
  ...new Set(report.findings.map(({ code }) => code)),
];

test('a sound log has no findings, and its size, root, signers and kinds are told', async () => {
  const report = await verifyLog(log.read, { keys, origin: ORIGIN });
  assert.deepEqual(report.findings, []);
  assert.ok(report.ok);
  assert.equal(report.size, 590);
  assert.deepEqual(report.root, log.writer.root());
  assert.deepEqual(report.signedBy, [{ key: keys[0] }]);
  assert.deepEqual(report.kinds, { open: 590 });
});

test('an empty log is sound', async () => {
  const empty = await sampleLog();
  await empty.grow(0);
  assert.ok((await verifyLog(empty.read, { keys: [empty.signer.key] })).ok);
});

test('any byte changed anywhere is found', async () => {
  const files = [...log.files.keys()];
  await fc.assert(
    fc.asyncProperty(
      fc.constantFrom(...files),
      fc.nat(),
      fc.integer({ min: 1, max: 255 }),
      async (path, at, change) => {
        const bytes = log.files.get(path)!;
        const tampered = bytes.map((byte, i) => (i === at % bytes.length ? byte ^ change : byte));
        const report = await verifyLog(async (one) => (one === path ? tampered : log.files.get(one)), {
          keys,
        });
        assert.ok(!report.ok, `${path} byte ${at % bytes.length}`);
        assert.ok(
          report.findings.some(({ where, why }) => `${where} ${why}`.includes(path)),
          'the place is told',
        );
      },
    ),
    { numRuns: 150 },
  );
});

test('any byte cut off, any byte added and any file missing is found', async () => {
  for (const [path, bytes] of log.files) {
    for (const other of [bytes.slice(0, -1), Uint8Array.of(...bytes, 10), undefined]) {
      const report = await verifyLog(async (one) => (one === path ? other : log.files.get(one)), { keys });
      assert.ok(!report.ok, `${path} of ${other?.length}`);
    }
  }
});

test('a changed entry is the only finding, with its place', async () => {
  const path = 'tile/entries/001';
  const tampered = log.files.get(path)!.slice();
  const at = Buffer.from(tampered).indexOf('"s300"') + 3;
  tampered[at] = '4'.charCodeAt(0);
  const { findings } = await verifyLog(async (one) => (one === path ? tampered : log.files.get(one)), {
    keys,
  });
  assert.equal(findings.length, 1);
  assert.equal(findings[0]!.code, 'entry-hash');
  assert.equal(findings[0]!.where, 'tile/entries/001 entry 300');
});

test('a full tile stands in for a partial one that was deleted', async () => {
  const files = new Map((await sampleLog(100)).files);
  const later = await sampleLog(300);
  const checkpoint = files.get('checkpoint');
  const read = async (path: string) => (path === 'checkpoint' ? checkpoint : later.files.get(path));
  assert.deepEqual((await verifyLog(read, { keys })).findings, []);
});

test('an earlier checkpoint must be a prefix', async () => {
  const grown = await sampleLog();
  const first = await grown.grow(300);
  await grown.grow(290);
  const check = async (previousCheckpoint: Uint8Array) =>
    codes(await verifyLog(grown.read, { keys, previousCheckpoint }));
  assert.deepEqual(await check(first), []);
  assert.deepEqual(await check(grown.files.get('checkpoint')!), []);

  const fork = new LogWriter();
  for (let i = 0; i < 300; i += 1) fork.append(encodeReceipt(receipt(i === 17 ? 1000 : i)));
  const head = { origin: ORIGIN, size: 300, root: fork.root() };
  assert.deepEqual(await check(await signCheckpoint(head, [grown.signer])), ['forked']);
  assert.deepEqual(await check(await signCheckpoint({ ...head, size: 591 }, [grown.signer])), ['shrunk']);
  assert.deepEqual(await check(await signCheckpoint({ ...head, origin: 'other' }, [grown.signer])), [
    'previous-checkpoint',
  ]);
  assert.deepEqual(await check(await signCheckpoint(head, [await signerOf('x', 8)])), [
    'previous-checkpoint',
  ]);
  assert.deepEqual(await check(utf8('nonsense')), ['previous-checkpoint']);
});

test('another signer, another origin and an absent cosigner are found', async () => {
  const stranger = await signerOf(ORIGIN, 5);
  assert.deepEqual(codes(await verifyLog(log.read, { keys: [stranger.key] })), ['signature']);
  assert.deepEqual(codes(await verifyLog(log.read, { keys, origin: 'elsewhere' })), ['checkpoint-origin']);
  const witness = await createNoteSigner('birch.example/w', new Uint8Array(32).fill(6), 'cosignature');
  assert.deepEqual(codes(await verifyLog(log.read, { keys, cosigners: [witness.key] })), ['cosignature']);
  const cosigned = await cosignCheckpoint(log.files.get('checkpoint')!, witness, 1_800_000_000);
  const read = async (path: string) => (path === 'checkpoint' ? cosigned : log.files.get(path));
  const report = await verifyLog(read, { keys, cosigners: [witness.key] });
  assert.ok(report.ok);
  assert.equal(report.signedBy[1]?.time, 1_800_000_000);
});

test('signed entries that are no receipts, or of another agreement, are found', async () => {
  const writer = new LogWriter();
  writer.append(encodeReceipt(receipt(0)));
  writer.append(utf8('{"v":1}'));
  writer.append(encodeReceipt({ ...receipt(2), log: 'other' }));
  const update = writer.take();
  const files = new Map(update.files.map(({ path, bytes }) => [path, bytes]));
  files.set('checkpoint', await signCheckpoint({ origin: ORIGIN, ...update }, [log.signer]));
  const read = async (path: string) => files.get(path);
  assert.deepEqual(codes(await verifyLog(read, { keys })), ['entry-receipt', 'entry-log']);
  assert.deepEqual(codes(await verifyLog(read, { keys, receipts: false })), []);
});

test('a source that fails is reported, not thrown', async () => {
  const failing = async (path: string): Promise<Uint8Array | undefined> => {
    if (path.startsWith('tile/1/')) throw new Error('no route');
    return log.files.get(path);
  };
  const report = await verifyLog(failing, { keys });
  assert.deepEqual(report.findings, [{ code: 'read', where: 'tile/1/000.p/2', why: 'Error: no route' }]);
  assert.deepEqual(codes(await verifyLog(async () => undefined)), ['checkpoint-missing']);
});
