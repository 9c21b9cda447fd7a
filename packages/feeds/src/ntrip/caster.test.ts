import assert from 'node:assert/strict';
import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import { type TestContext, test } from 'node:test';
import { Caster, type CasterOptions } from './caster.ts';
import type { SourceStream } from './source-table.ts';

const STREAM: SourceStream = {
  ...{ mount: 'XR1', identifier: 'one', format: 'RTCM 3.3', formatDetails: '', carrier: 2, navSystem: 'BDS' },
  ...{ network: 'exercise', country: '', lat: 32, lon: -41, wantsGga: false, networkSolution: false },
  ...{ generator: 'Concord', authentication: 'N', fee: false, bitrate: null },
};

async function started(t: TestContext, options: Partial<CasterOptions> = {}): Promise<Caster> {
  const caster = await Caster.start({ mounts: [{ stream: STREAM }], ...options });
  t.after(() => caster.close());
  return caster;
}

async function asked(t: TestContext, caster: Caster, request: string): Promise<Socket> {
  const socket = connect(caster.port, '127.0.0.1');
  t.after(() => socket.destroy());
  await once(socket, 'connect');
  socket.write(request);
  return socket;
}

async function whole(socket: Socket): Promise<string> {
  let text = '';
  for await (const bytes of socket) text += (bytes as Buffer).toString('latin1');
  return text;
}

test('a client that does not read is dropped, and others go on', async (t) => {
  const caster = await started(t, { maxWaiting: 64 * 1024 });
  const slow = await asked(t, caster, 'GET /XR1 HTTP/1.0\r\n\r\n');
  slow.pause();
  const good = await asked(t, caster, 'GET /XR1 HTTP/1.0\r\n\r\n');
  let received = 0;
  good.on('data', (bytes: Buffer) => {
    received += bytes.length;
  });
  while (caster.clients('XR1') < 2) await new Promise((resolve) => setTimeout(resolve, 5));
  const piece = new Uint8Array(32 * 1024);
  let sent = 'ICY 200 OK\r\n\r\n'.length;
  for (let turn = 0; turn < 2000 && caster.dropped === 0; turn++) {
    caster.publish('XR1', piece);
    sent += piece.length;
    while (received < sent && caster.dropped === 0 && caster.clients('XR1') > 1)
      await new Promise((resolve) => setImmediate(resolve));
  }
  assert.equal(caster.dropped, 1);
  while (received < sent) await new Promise((resolve) => setImmediate(resolve));
  assert.equal(caster.clients('XR1'), 1);
});

test('each version is refused in its own words', async (t) => {
  const caster = await started(t, { credentials: { user: 'u', password: 'p' } });
  const one = await asked(t, caster, 'GET /XR1 HTTP/1.0\r\n\r\n');
  assert.equal(await whole(one), 'ERROR - Bad Password\r\n');
  const two = await asked(t, caster, 'GET /XR1 HTTP/1.1\r\nNtrip-Version: Ntrip/2.0\r\n\r\n');
  assert.match(await whole(two), /^HTTP\/1\.1 401 Unauthorized\r\n.*WWW-Authenticate: Basic/s);
  const wrong = Buffer.from('u:x').toString('base64');
  const three = await asked(
    t,
    caster,
    `GET /XR1 HTTP/1.1\r\nNtrip-Version: Ntrip/2.0\r\nAuthorization: Basic ${wrong}\r\n\r\n`,
  );
  assert.match(await whole(three), /^HTTP\/1\.1 401 /);
});

test('what is no request is refused, an endless or a late one cut off', async (t) => {
  const caster = await started(t, { requestMs: 50 });
  assert.match(await whole(await asked(t, caster, 'POST / HTTP/1.1\r\n\r\n')), /^HTTP\/1\.1 400 /);
  assert.match(await whole(await asked(t, caster, 'x'.repeat(9000))), /^HTTP\/1\.1 400 /);
  assert.equal(await whole(await asked(t, caster, 'GET /XR1')), '');
});

test('nothing can be published on a mount point that is not there', async (t) => {
  const caster = await started(t);
  assert.throws(() => caster.publish('NONE', new Uint8Array(1)), {
    name: 'FeedError',
    code: 'no-such-mount',
  });
});

test('it listens on loopback only', async (t) => {
  const caster = await started(t);
  const socket = await asked(t, caster, 'GET /XR1 HTTP/1.0\r\n\r\n');
  assert.equal(socket.remoteAddress, '127.0.0.1');
});
