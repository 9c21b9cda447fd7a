import assert from 'node:assert/strict';
import { createRequire } from 'node:module';
import { after, before, test } from 'node:test';
import type { PartyId } from '@concord/label';
import { demoLabel } from '@concord/server';
import { type Json, pause, type TestNode, testNode, until } from './harness.ts';

type WebSocketClass = typeof import('ws').WebSocket;
const { WebSocket } = createRequire(new URL('../../packages/endpoints/package.json', import.meta.url))(
  'ws',
) as { WebSocket: WebSocketClass };

let t: TestNode;
before(async () => {
  t = await testNode();
  const steady = t.node.intake.open({
    party: 'birch' as PartyId,
    feed: 'coast',
    source: 'test',
    format: 'test',
    label: demoLabel('birch', 'TEST'),
  });
  const [lat, lon] = [25.5, 56.5];
  await steady.accept(
    Array.from({ length: 8 }, (_, i) => ({
      kind: 'ais.position' as const,
      time: Date.now(),
      series: String(200_000_000 + i),
      place: { point: { lat, lon } },
      record: { mmsi: 200_000_000 + i, ts: new Date().toISOString(), lat, lon },
    })),
  );
});
after(() => t.close());

const STREAM = 'birch/coast/ais.position';
const items = (answer: { body: Json }) => answer.body['items'] as Json[];

/** What a browser keeps: cookies by name with their path, as one origin sends them. */
class Browser {
  readonly jar = new Map<string, { readonly value: string; readonly path: string }>();
  readonly cookies: string[] = [];

  cookieFor(path: string): string {
    return [...this.jar]
      .filter(([, one]) => path.startsWith(one.path))
      .map(([name, { value }]) => `${name}=${value}`)
      .join('; ');
  }

  /** One request; no redirect is followed. */
  async ask(path: string, init: { form?: Record<string, string>; headers?: Record<string, string> } = {}) {
    const url = new URL(path, t.node.url);
    assert.equal(url.origin, t.node.url, 'the whole login stays at one origin');
    const cookie = this.cookieFor(url.pathname);
    const response = await fetch(url, {
      redirect: 'manual',
      headers: { ...(cookie !== '' && { cookie }), ...init.headers },
      ...(init.form && { method: 'POST', body: new URLSearchParams(init.form) }),
    });
    for (const line of response.headers.getSetCookie()) {
      this.cookies.push(line);
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      const gone = value === '' || /max-age=0(;|$)/i.test(line) || /expires=Thu, 01 Jan 1970/i.test(line);
      if (gone) this.jar.delete(name!);
      else this.jar.set(name!, { value: value!, path: /;\s*path=([^;]+)/i.exec(line)?.[1] ?? '/' });
    }
    const { status, headers } = response;
    return { url: url.href, status, headers, text: await response.text() };
  }

  /** Follows redirects from here on; gives the last answer. */
  async follow(first: Awaited<ReturnType<Browser['ask']>>) {
    let last = first;
    for (let hops = 0; last.headers.has('location'); hops++) {
      assert.ok(hops < 10, 'the redirects end');
      last = await this.ask(new URL(last.headers.get('location')!, last.url).href);
    }
    return last;
  }

  async logIn(officer: string, password: string) {
    const form = await this.follow(await this.ask('/login'));
    return await this.follow(await this.ask(form.url, { form: { officer, password } }));
  }

  async me(): Promise<Json> {
    return JSON.parse((await this.ask('/api/me')).text) as Json;
  }

  /** Posts JSON by cookie, with whatever headers it is given. */
  async change(path: string, body: unknown, headers: Record<string, string> = {}) {
    const cookie = this.cookieFor(path);
    return await t.ask(undefined, path, body, { cookie, ...headers });
  }

  /** Tries to open /live by cookie; gives the open socket, or the status of the refusal. */
  async live(origin?: string): Promise<InstanceType<WebSocketClass> | number> {
    const socket = new WebSocket(`${t.node.url.replace('http', 'ws')}/live`, {
      headers: { cookie: this.cookieFor('/live'), ...(origin !== undefined && { origin }) },
    });
    return await new Promise((resolve, reject) => {
      socket.once('open', () => resolve(socket));
      socket.once('unexpected-response', (request, response) => {
        request.destroy();
        resolve(response.statusCode ?? 0);
      });
      socket.once('error', reject);
    });
  }
}

const signedIn = async (officer: string): Promise<Browser> => {
  const browser = new Browser();
  await browser.logIn(officer, t.passwords.get(officer)!);
  return browser;
};

test('a cursor of one party does not open for another, nor does an identifier stand for a cursor', async () => {
  const own = await t.ask('ben@birch', `/api/items?stream=${STREAM}&limit=3`);
  const cursor = String(own.body['next']);
  assert.equal(items(own).length, 3);
  const rest = await t.ask('ben@birch', `/api/items?stream=${STREAM}&cursor=${cursor}`);
  assert.equal(items(rest).length, 5, 'its own party goes on from it');
  const other = await t.ask('ada@alder', `/api/items?stream=${STREAM}&limit=3`);
  assert.equal(items(other).length, 3, 'the other party may have the stream itself');
  const flipped = `${cursor.startsWith('A') ? 'B' : 'A'}${cursor.slice(1)}`;
  const wrong: [string, string][] = [
    ['ada@alder', cursor],
    ['out@cedar', cursor],
    ['ben@birch', String(other.body['next'])],
    ['ben@birch', String(items(own)[0]?.['id'])],
    ['ben@birch', flipped],
    ['ben@birch', 'A'.repeat(43)],
    ['ben@birch', ''],
  ];
  const stream = `stream=${STREAM}&`;
  for (const [officer, text] of wrong) {
    const query = officer === 'out@cedar' ? '' : stream;
    const answer = await t.ask(officer, `/api/items?${query}cursor=${text}`);
    assert.deepEqual([answer.status, answer.body['code']], [400, 'bad-cursor'], `${officer} ${text}`);
  }
  const [a, b] = [
    await t.ask('ada@alder', `/api/items?cursor=${cursor}`),
    await t.ask('ada@alder', `/api/items?cursor=${'A'.repeat(43)}`),
  ];
  assert.deepEqual([a.status, a.text], [b.status, b.text], 'as for a cursor that never was one');
  const live = await t.live('ada@alder', { streams: [STREAM], cursor });
  await live.until(() => live.controls.some((one) => one['code'] === 'bad-cursor'));
  assert.equal(live.items.length, 0);
  live.close();
});

test('one item has another identifier for each party, and identifiers do not count', async () => {
  const own = items(await t.ask('ben@birch', `/api/items?stream=${STREAM}`));
  const seen = items(await t.ask('ada@alder', `/api/items?stream=${STREAM}`));
  assert.deepEqual(
    own.map((one) => one['series']),
    seen.map((one) => one['series']),
  );
  const all = [...own, ...seen].map((one) => String(one['id']));
  assert.equal(new Set(all).size, 16);
  for (const id of all) assert.match(id, /^[\w-]{22}$/);
});

test('metrics and readiness are on the operator port alone', async () => {
  for (const path of ['/metrics', '/readyz']) {
    const there = await fetch(`${t.node.operatorUrl}${path}`);
    assert.equal(there.status, 200, path);
    await there.text();
    for (const officer of [undefined, 'ben@birch', 'chair@authority']) {
      const [here, absent] = [await t.ask(officer, path), await t.ask(officer, '/nowhere')];
      assert.equal(here.status, 404, `${officer} ${path}`);
      assert.equal(here.text, absent.text);
    }
  }
  assert.equal((await fetch(`${t.node.operatorUrl}/api/items`)).status, 404);
});

test('without a credential or with a bad one there is one answer at every door', async () => {
  const paths = ['/api/me', '/api/items', '/api/streams', '/api/grants', '/api/feeds', '/api/quarantine'];
  for (const path of [...paths, '/ledger/strait-watch/checkpoint', '/live/sse?stream=*']) {
    const none = await t.ask(undefined, path);
    assert.deepEqual([none.status, none.body['code']], [401, 'not-signed-in'], path);
    for (const authorization of ['Bearer x.y.z', 'Basic YWRhOng=', `Bearer ${'a'.repeat(3000)}`]) {
      const bad = await t.ask(undefined, path, undefined, { authorization });
      assert.deepEqual([bad.status, bad.text], [none.status, none.text], authorization.slice(0, 20));
    }
  }
});

test('the page and the sign-in come with a strict content security policy', async () => {
  const page = await fetch(`${t.node.url}/`);
  const absent = await fetch(`${t.node.url}/api/me`);
  const browser = new Browser();
  const form = await browser.follow(await browser.ask('/login'));
  for (const { headers, text } of [
    { headers: page.headers, text: await page.text() },
    { headers: absent.headers, text: await absent.text() },
    form,
  ]) {
    const policy = headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src 'none'/);
    assert.doesNotMatch(policy, /unsafe-|\*|https?:(?!\/\/localhost)/);
    assert.match(policy, /frame-ancestors 'none'/);
    assert.match(policy, /base-uri 'none'/);
    assert.equal(headers.get('x-content-type-options'), 'nosniff');
    assert.doesNotMatch(text, /<script(?![^>]*\ssrc=)/, 'no script in the page itself');
  }
});

test('a person signs in at the embedded issuer by form, and the cookie is for the server alone', async () => {
  const browser = new Browser();
  const refused = await browser.logIn('ben@birch', 'not-the-password');
  assert.equal(refused.status, 401);
  assert.equal(browser.jar.has('concord_session'), false);
  assert.equal((await browser.ask('/api/me')).status, 401);
  await browser.logIn('ben@birch', t.passwords.get('ben@birch')!);
  const set = browser.cookies.find((line) => line.startsWith('concord_session='));
  assert.match(String(set), /HttpOnly/);
  assert.match(String(set), /SameSite=(Lax|Strict)/);
  const me = await browser.me();
  assert.deepEqual([me['officer'], me['party'], me['dataMode']], ['ben@birch', 'birch', 'EXERCISE']);
  assert.ok(String(me['csrf']).length >= 32);
  const page = JSON.parse((await browser.ask(`/api/items?stream=${STREAM}`)).text) as Json;
  assert.equal((page['items'] as Json[]).length, 8);
});

test('a change by cookie needs the token of its session and comes from its own page', async () => {
  const [browser, other] = [await signedIn('ben@birch'), await signedIn('ben@birch')];
  const csrf = String((await browser.me())['csrf']);
  const wrong: Record<string, string>[] = [
    {},
    { 'x-csrf-token': '' },
    { 'x-csrf-token': `${csrf}x` },
    { 'x-csrf-token': String((await other.me())['csrf']) },
    { 'x-csrf-token': csrf, origin: 'https://evil.example' },
    { 'x-csrf-token': csrf, origin: 'null' },
  ];
  const path = '/api/feeds/csrf/runs';
  const body = { source: 'x.ais', mode: 'TEST' };
  for (const headers of wrong) {
    for (const [to, what] of [
      [path, body],
      ['/api/grants/strait-watch-ben/revoke', {}],
    ] as const) {
      const answer = await browser.change(to, what, headers);
      assert.deepEqual([answer.status, answer.body['code']], [403, 'csrf'], JSON.stringify(headers));
    }
    if (headers['x-csrf-token'] === csrf) continue;
    assert.equal((await browser.change('/logout', '', headers)).status, 403, JSON.stringify(headers));
  }
  const grants = (await t.ask('ben@birch', '/api/grants')).body['grants'] as Json[];
  assert.ok(grants.every((one) => one['state'] === 'active'));
  assert.equal((await browser.ask('/api/me')).status, 200, 'still signed in');
  const done = await browser.change(path, body, { 'x-csrf-token': csrf, origin: t.node.url });
  assert.equal(done.status, 201, done.text);
});

test('by cookie a live connection opens only from a page of our own', async () => {
  const browser = await signedIn('ben@birch');
  for (const origin of [undefined, 'https://evil.example', 'null', `${t.node.url}.evil.example`])
    assert.equal(await browser.live(origin), 403, String(origin));
  assert.equal(await new Browser().live(t.node.url), 401);
  const socket = await browser.live(t.node.url);
  assert.ok(typeof socket !== 'number');
  socket.terminate();
});

test('signing out ends what is open under the session at once, and nothing of another session', async () => {
  const [browser, other] = [await signedIn('ben@birch'), await signedIn('ben@birch')];
  const [socket, kept] = [await browser.live(t.node.url), await other.live(t.node.url)];
  assert.ok(typeof socket !== 'number' && typeof kept !== 'number');
  const heard: string[] = [];
  socket.on('message', (data: Buffer) => heard.push(data.toString()));
  socket.on('error', () => undefined);
  socket.send(JSON.stringify({ type: 'subscribe', streams: [STREAM], from: 'latest' }));
  await until(() => heard.join('').includes('"item"'));
  const events = await fetch(`${t.node.url}/live/sse?stream=${STREAM}`, {
    headers: { cookie: browser.cookieFor('/live/sse') },
  });
  assert.equal(events.status, 200);
  const eventsEnd = events.text().catch(() => 'reset');
  const cookie = browser.cookieFor('/');
  const csrf = String((await browser.me())['csrf']);
  const began = performance.now();
  const closed = new Promise<void>((resolve) => socket.once('close', () => resolve()));
  assert.equal((await browser.change('/logout', '', { 'x-csrf-token': csrf })).status, 204);
  await Promise.race([closed, pause(1000).then(() => assert.fail('the connection is still open'))]);
  await Promise.race([eventsEnd, pause(1000).then(() => assert.fail('the events still flow'))]);
  assert.ok(performance.now() - began < 1000);
  assert.equal((await t.ask(undefined, '/api/me', undefined, { cookie })).status, 401, 'the cookie is dead');
  assert.equal(await browser.live(t.node.url), 401);
  assert.equal(kept.readyState, kept.OPEN);
  assert.equal((await other.ask('/api/me')).status, 200);
  kept.terminate();
});

test('the end of a token ends the streams that are open under it', async () => {
  const token = await t.token('ada@alder', { ttl: 2000 });
  const authorization = `Bearer ${token}`;
  const began = performance.now();
  const socket = new WebSocket(`${t.node.url.replace('http', 'ws')}/live`, { headers: { authorization } });
  socket.on('error', () => undefined);
  let heard = 0;
  socket.on('message', () => void heard++);
  socket.on('open', () =>
    socket.send(JSON.stringify({ type: 'subscribe', streams: [STREAM], from: 'latest' })),
  );
  const closed = new Promise<number>((resolve) =>
    socket.once('close', () => resolve(performance.now() - began)),
  );
  const events = await fetch(`${t.node.url}/live/sse?stream=${STREAM}`, { headers: { authorization } });
  assert.equal(events.status, 200);
  const eventsClosed = events
    .text()
    .catch(() => '')
    .then(() => performance.now() - began);
  await until(() => heard > 0, 1500);
  const late = pause(4000).then(() => Number.POSITIVE_INFINITY);
  for (const ended of [await Promise.race([closed, late]), await Promise.race([eventsClosed, late])])
    assert.ok(ended > 500 && ended < 3500, `ended after ${ended} ms`);
  assert.equal((await t.ask(undefined, '/api/me', undefined, { authorization })).status, 401);
  assert.deepEqual(t.errors, []);
});
