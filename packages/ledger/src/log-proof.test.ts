import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { textOf, utf8 } from './bytes.ts';
import { LedgerError } from './error.ts';
import { formatProof, parseProof, prove, verifyProof } from './log-proof.ts';
import { sampleLog, signerOf } from './sample-log.ts';

const log = await sampleLog(300);
const keys = [log.signer.key];

test('an entry is proved from tiles and checked offline from text', async () => {
  const { entry, proof } = await prove(log.read, 271);
  const text = formatProof(proof);
  assert.match(textOf(text)!, /^c2sp\.org\/tlog-proof@v1\nindex 271\n/);
  const { checkpoint } = await verifyProof(entry, parseProof(text), keys);
  assert.equal(checkpoint.size, 300);
});

test('extra data is passed over', async () => {
  const { entry, proof } = await prove(log.read, 0);
  const text = textOf(formatProof(proof))!.replace('\nindex', '\nextra AAAA\nindex');
  await verifyProof(entry, parseProof(utf8(text)), keys);
});

test('another entry, index or key is not proved', async () => {
  const { entry, proof } = await prove(log.read, 5);
  const other = await prove(log.read, 6);
  await assert.rejects(verifyProof(other.entry, proof, keys), { code: 'proof-invalid' });
  await assert.rejects(verifyProof(entry, { ...proof, index: 6 }, keys), { code: 'proof-invalid' });
  const stranger = await signerOf('other.example', 7);
  await assert.rejects(verifyProof(entry, proof, [stranger.key]), { code: 'checkpoint-unsigned' });
});

test('a proof with any byte changed is refused with a code', async () => {
  const { entry, proof } = await prove(log.read, 299);
  const text = formatProof(proof);
  await fc.assert(
    fc.asyncProperty(fc.nat(text.length - 1), fc.integer({ min: 1, max: 255 }), async (at, change) => {
      const tampered = text.map((byte, i) => (i === at ? byte ^ change : byte));
      await assert.rejects(async () => verifyProof(entry, parseProof(tampered), keys), LedgerError);
    }),
    { numRuns: 200 },
  );
});

test('a proof of what is not there is refused', async () => {
  await assert.rejects(prove(log.read, 300), { code: 'index' });
  await assert.rejects(
    prove(async () => undefined, 0),
    { code: 'tile-missing' },
  );
});
