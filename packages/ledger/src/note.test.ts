import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { fromBase64, textOf, utf8 } from './bytes.ts';
import { LedgerError } from './error.ts';
import { formatNote, parseNote, signText, verifyNote } from './note.ts';
import { createNoteSigner, formatVerifierKey, parseVerifierKey } from './note-key.ts';

// The key and note of golang.org/x/mod/sumdb/note's documentation, as facts.
const VERIFIER = 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW';
const SEED = fromBase64('AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz').slice(1);
const TEXT =
  "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
const SIGNATURE =
  'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=';
const NOTE = `${TEXT}\n\u2014 PeterNeumann ${SIGNATURE}\n`;

test('the published key signs the published note to the byte', async () => {
  const signer = await createNoteSigner('PeterNeumann', SEED);
  assert.equal(formatVerifierKey(signer.key), VERIFIER);
  assert.equal(textOf(formatNote({ text: TEXT, signatures: [await signText(TEXT, signer)] })), NOTE);
});

test('the published note is verified with the published key', async () => {
  const note = parseNote(utf8(NOTE));
  assert.equal(note.text, TEXT);
  assert.equal((await verifyNote(note, [parseVerifierKey(VERIFIER)])).length, 1);
});

test('no other text than a verifier key is taken for one', () => {
  for (let from = 0; from < VERIFIER.length; from += 7)
    for (let to = from + 1; to < VERIFIER.length; to += 5)
      assert.throws(() => parseVerifierKey(VERIFIER.slice(from, to)), LedgerError);
  for (let at = 0; at < VERIFIER.length; at += 1) {
    const next = String.fromCharCode(VERIFIER.charCodeAt(at) + 1);
    assert.throws(() => parseVerifierKey(VERIFIER.slice(0, at) + next + VERIFIER.slice(at + 1)), LedgerError);
  }
});

test('signatures of unknown keys are passed over, and a bad one of a known key spoils the note', async () => {
  const key = parseVerifierKey(VERIFIER);
  const other = await createNoteSigner('PeterNeumann', new Uint8Array(32).fill(9));
  const stranger = await signText(TEXT, other);
  const own = parseNote(utf8(NOTE)).signatures[0]!;
  const both = parseNote(formatNote({ text: TEXT, signatures: [stranger, own] }));
  assert.deepEqual(await verifyNote(both, [key]), [{ key }]);
  assert.deepEqual(await verifyNote({ text: TEXT, signatures: [stranger] }, [key]), []);
  const forged = { ...own, signature: stranger.signature };
  await assert.rejects(verifyNote({ text: TEXT, signatures: [own, forged] }, [key]), {
    code: 'signature-invalid',
  });
});

test('a cosignature holds for its time and text only', async () => {
  const witness = await createNoteSigner('witness.example/w1', new Uint8Array(32).fill(3), 'cosignature');
  const signature = await signText(TEXT, witness, 1679315147);
  assert.equal(signature.signature.length, 72);
  const keys = [parseVerifierKey(formatVerifierKey(witness.key))];
  const [verified] = await verifyNote({ text: TEXT, signatures: [signature] }, keys);
  assert.equal(verified?.time, 1679315147);
  const moved = {
    ...signature,
    signature: signature.signature.map((byte, i) => (i === 7 ? byte ^ 1 : byte)),
  };
  await assert.rejects(verifyNote({ text: TEXT, signatures: [moved] }, keys), { code: 'signature-invalid' });
  const short = { ...signature, signature: signature.signature.slice(1) };
  await assert.rejects(verifyNote({ text: TEXT, signatures: [short] }, keys), { code: 'signature-invalid' });
  await assert.rejects(signText(TEXT, witness), { code: 'value' });
});

test('malformed notes are refused', () => {
  const line = `\u2014 PeterNeumann ${SIGNATURE}`;
  for (const text of [
    '',
    TEXT,
    `${TEXT}\n`,
    `${TEXT}\n${line}`,
    `${TEXT}${line}\n`,
    `${TEXT}\n\n${line}\n\n`,
    `${TEXT}\n- PeterNeumann ${SIGNATURE}\n`,
    `${TEXT}\n\u2014  PeterNeumann ${SIGNATURE}\n`,
    `${TEXT}\n\u2014 Peter+Neumann ${SIGNATURE}\n`,
    `${TEXT}\n${line.slice(0, -1)}\n`,
    `${TEXT}\n\u2014 PeterNeumann AAAA\n`,
    `\u0001${TEXT}\n${line}\n`,
    `${TEXT}\n${`${line}\n`.repeat(65)}`,
  ])
    assert.throws(() => parseNote(utf8(text)), { code: 'note-syntax' }, JSON.stringify(text));
  assert.throws(() => parseNote(Uint8Array.of(0xff, 0x0a)), { code: 'note-syntax' });
});

test('any bytes are read as a note or refused with a code, and a note is written back as it was read', () => {
  const lines = fc.array(fc.constantFrom('a', '', '\u2014 n x08go/Y=', line(NOTE), '\u2014 x', '\u0000'), {
    maxLength: 8,
  });
  fc.assert(
    fc.property(lines, (parts) => {
      const bytes = utf8(parts.map((part) => `${part}\n`).join(''));
      try {
        assert.deepEqual(formatNote(parseNote(bytes)), bytes);
      } catch (error) {
        assert.ok(error instanceof LedgerError && error.code === 'note-syntax', String(error));
      }
    }),
  );
});

function line(note: string): string {
  return note.trimEnd().split('\n').at(-1)!;
}
