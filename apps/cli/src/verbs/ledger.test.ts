import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import {
  createNoteSigner,
  encodeReceipt,
  formatVerifierKey,
  LogWriter,
  parseProof,
  parseVerifierKey,
  signCheckpoint,
  verifyProof,
} from '@concord/ledger';
import { concord } from '../cli.testing.ts';

const folder = mkdtempSync(join(tmpdir(), 'concord-ledger-'));
after(() => rmSync(folder, { recursive: true }));

const origin = 'node.example/ledger/strait-watch';
const signer = await createNoteSigner(origin, new Uint8Array(32).fill(7));
const keyFile = join(folder, 'key');
writeFileSync(keyFile, `${formatVerifierKey(signer.key)}\n`);

const receipt = (n: number) =>
  encodeReceipt({
    v: 1,
    kind: 'close',
    log: 'strait-watch',
    at: new Date(1_800_000_000_000 + n * 1000).toISOString(),
    epoch: 1,
    session: `s${n}`,
    reason: 'client',
    messages: n,
  });

/** A log of 300 receipts: a full tile and a partial one. Returns its folder and the checkpoint after 100. */
async function writeLog(name: string): Promise<{ dir: string; early: string }> {
  const dir = join(folder, name);
  const writer = new LogWriter();
  const early = join(folder, `${name}.early`);
  for (let n = 0; n < 300; n++) {
    writer.append(receipt(n));
    if (n === 99) writeFileSync(early, await signCheckpoint({ origin, ...writer.take() }, [signer]));
  }
  const update = writer.take();
  for (const { path, bytes } of update.files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), bytes);
  }
  writeFileSync(join(dir, 'checkpoint'), await signCheckpoint({ origin, ...update }, [signer]));
  return { dir, early };
}

const { dir, early } = await writeLog('sound');

test('a sound log is sound: signature, receipts, an earlier checkpoint', async () => {
  const { status, stderr, lines } = await concord([
    'ledger',
    'verify',
    dir,
    '--key',
    keyFile,
    '--previous',
    early,
  ]);
  assert.equal(status, 0, stderr);
  const [report] = lines();
  assert.deepEqual(
    { ...report, root: typeof report?.['root'] },
    { ok: true, origin, size: 300, root: 'string', signedBy: [origin], kinds: { close: 300 }, findings: [] },
  );
});

test('a changed receipt is found, with its place', async () => {
  const { dir: changed } = await writeLog('changed');
  const bundle = join(changed, 'tile/entries/000');
  const bytes = readFileSync(bundle);
  const at = bytes.indexOf('"messages":42');
  bytes.write('"messages":43', at);
  writeFileSync(bundle, bytes);
  const { status, lines } = await concord(['ledger', 'verify', changed, '--key', keyFile]);
  assert.equal(status, 1);
  const [report] = lines();
  assert.equal(report?.['ok'], false);
  const [finding] = report!['findings'] as { code: string; where: string }[];
  assert.equal(finding?.code, 'entry-hash');
  assert.match(finding?.where ?? '', /entry 42/);
});

test('a log that another key signed is not the one that was meant', async () => {
  const other = await createNoteSigner(origin, new Uint8Array(32).fill(8));
  const otherKey = join(folder, 'other-key');
  writeFileSync(otherKey, formatVerifierKey(other.key));
  const { status, lines } = await concord(['ledger', 'verify', dir, '--key', otherKey]);
  assert.equal(status, 1);
  assert.equal((lines()[0]!['findings'] as { code: string }[])[0]?.code, 'signature');
});

test('a server’s log is read with the token, and is not there without', async (t) => {
  const http = createServer((request, response) => {
    const path = (request.url ?? '').replace('/ledger/strait-watch/', '');
    const may = request.headers.authorization === 'Bearer T' && !path.includes('..');
    try {
      response.end(may ? readFileSync(join(dir, path)) : response.writeHead(404) && undefined);
    } catch {
      response.writeHead(404).end();
    }
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  t.after(() => http.close());
  const url = `http://127.0.0.1:${(http.address() as AddressInfo).port}/ledger/strait-watch`;
  const read = await concord(['ledger', 'verify', url, '--token', 'T', '--key', keyFile]);
  assert.equal(read.status, 0, read.stderr);
  assert.equal(read.lines()[0]?.['size'], 300);
  const unread = await concord(['ledger', 'verify', url, '--key', keyFile]);
  assert.equal(unread.status, 2);
  assert.equal(unread.stdout, '');
});

test('a proof can be checked offline with nothing but the key', async () => {
  const { status, stderr, lines } = await concord(['ledger', 'prove', '42', '--log', dir, '--key', keyFile]);
  assert.equal(status, 0, stderr);
  const [line] = lines();
  const entry = Buffer.from(line?.['entry'] as string);
  assert.deepEqual(entry, Buffer.from(receipt(42)));
  const proof = parseProof(Buffer.from(line?.['proof'] as string));
  const keys = [parseVerifierKey(readFileSync(keyFile, 'utf8').trim())];
  assert.equal((await verifyProof(entry, proof, keys)).checkpoint.size, 300);
  await assert.rejects(verifyProof(receipt(43), proof, keys));
  const text = await concord(['ledger', 'prove', '42', '--log', dir, '--text']);
  assert.equal(text.stdout, line?.['proof']);
});

test('what is no log, no receipt or no key is bad input', async () => {
  const badKey = join(folder, 'bad-key');
  writeFileSync(badKey, '# a comment\nnot a key\n');
  const ran = await Promise.all([
    concord(['ledger', 'verify', join(folder, 'absent')]),
    concord(['ledger', 'verify', folder]),
    concord(['ledger', 'verify', dir, '--key', badKey]),
    concord(['ledger', 'verify']),
    concord(['ledger', 'prove', '300', '--log', dir]),
    concord(['ledger', 'prove', 'x', '--log', dir]),
    concord(['ledger', 'prove', '3']),
  ]);
  assert.deepEqual(
    ran.map(({ status }) => status),
    ran.map(() => 2),
  );
  assert.match(ran[2]?.stderr ?? '', /bad-key: line 2/);
});
