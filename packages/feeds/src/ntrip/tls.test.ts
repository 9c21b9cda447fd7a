import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { type AddressInfo, connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type TestContext, test } from 'node:test';
import { createServer } from 'node:tls';
import { Caster } from './caster.ts';
import { fetchSourceTable } from './connection.ts';

const TOOL = 'openssl';

/** A key and its certificate for localhost, made for this run; undefined without openssl. */
function certificate(t: TestContext): { key: string; cert: string } | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'concord-tls-'));
  t.after(() => rmSync(folder, { recursive: true }));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const about = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost', '-days', '2'];
  const kind = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  try {
    execFileSync(TOOL, ['req', '-x509', ...kind, ...about, '-keyout', key, '-out', cert], {
      stdio: 'ignore',
    });
  } catch {
    return undefined;
  }
  return { key: readFileSync(key, 'utf8'), cert: readFileSync(cert, 'utf8') };
}

test('a caster behind TLS is read when its certificate is trusted, and refused when not', async (t) => {
  const pair = certificate(t);
  if (pair === undefined) return t.skip('openssl absent');
  const caster = await Caster.start({ mounts: [] });
  t.after(() => caster.close());
  const front = createServer(pair, (socket) => {
    const back = connect(caster.port, '127.0.0.1');
    socket.pipe(back).pipe(socket);
    socket.on('error', () => back.destroy());
    back.on('error', () => socket.destroy());
  });
  front.listen(0, '127.0.0.1');
  await once(front, 'listening');
  t.after(() => front.close());
  const { port } = front.address() as AddressInfo;
  const address = { host: 'localhost', port, mount: '', secure: true };
  const table = await fetchSourceTable(address, { tls: { ca: pair.cert } });
  assert.deepEqual(table, { streams: [], complete: true, skipped: [] });
  await assert.rejects(fetchSourceTable(address), { name: 'FeedError', code: 'unreachable' });
});
