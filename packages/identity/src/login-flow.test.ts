import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { after, before, test } from 'node:test';
import type { OfficerId } from '@concord/label';
import { accountsOf } from './account.ts';
import { createEmbeddedIssuer, type EmbeddedIssuer } from './embedded-issuer.ts';
import { IdentityError } from './error.ts';
import { loginPage, readLoginForm } from './login-page.ts';
import { generateNodeKey } from './node-key.ts';
import { hashPassword } from './password.ts';
import { createRelyingParty, type Login, type RelyingParty } from './relying-party.ts';
import { newSecret } from './secret.ts';

const ada = 'ada@alder' as OfficerId;
const PASSWORD = 'bcdf-2345-ghjk-6789';

let origin = '';
let issuer: EmbeddedIssuer;
let party: RelyingParty;
let outcome: Login | IdentityError | undefined;

async function bodyOf(req: IncomingMessage): Promise<string> {
  let body = '';
  for await (const chunk of req) body += String(chunk);
  return body;
}

/** The node's doors as a server would mount them, on plain `node:http`. */
async function serve(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const url = req.url ?? '/';
  if (url.startsWith('/oidc/')) return await issuer.handle(req, res);
  if (url === '/login') {
    const { location, cookies } = await party.begin('/map?area=1');
    res.writeHead(303, { location, 'set-cookie': [...cookies] }).end();
  } else if (url.startsWith('/login/callback')) {
    outcome = await party.finish(url, req.headers);
    res.writeHead(303, { location: outcome.returnTo, 'set-cookie': [...outcome.cookies] }).end();
  } else if (url.startsWith('/login/') && req.method === 'GET') {
    const { uid } = await issuer.loginUnderWay(req, res);
    res.writeHead(200, { 'content-type': 'text/html' }).end(loginPage({ uid }));
  } else if (url.startsWith('/login/')) {
    const form = readLoginForm(await bodyOf(req)) ?? { officer: '', password: '' };
    const location = await issuer.logIn(req, res, { ...form, address: req.socket.remoteAddress ?? '' });
    res.writeHead(303, { location }).end();
  } else {
    res.writeHead(200).end('the page');
  }
}

const server = createServer((req, res) => {
  serve(req, res).catch((error: unknown) => {
    if (error instanceof IdentityError) outcome = error;
    res.writeHead(400).end(error instanceof IdentityError ? error.code : String(error));
  });
});

before(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  origin = `http://localhost:${(server.address() as AddressInfo).port}`;
  const redirectUri = `${origin}/login/callback`;
  issuer = createEmbeddedIssuer({
    origin,
    accounts: accountsOf([{ officer: ada, passwordHash: await hashPassword(PASSWORD) }]),
    keys: [await generateNodeKey('ES256')],
    cookieKeys: [newSecret()],
    redirectUris: [redirectUri],
  });
  party = createRelyingParty({
    issuer: issuer.issuer,
    clientId: issuer.clientId,
    redirectUri,
    officer: { claim: 'sub' },
  });
});
after(() => {
  server.closeAllConnections();
  server.close();
});

type Jar = Map<string, { value: string; path: string }>;
type Answer = {
  url: string;
  status: number;
  location: string | undefined;
  body: string;
  setCookies: string[];
};

/** One request of a browser: cookies by path, no redirects followed. */
async function ask(jar: Jar, url: string, form?: Record<string, string>): Promise<Answer> {
  const target = new URL(url, origin);
  const cookie = [...jar]
    .filter(([, { path }]) => target.pathname.startsWith(path))
    .map(([name, { value }]) => `${name}=${value}`)
    .join('; ');
  const response = await fetch(target, {
    redirect: 'manual',
    headers: cookie === '' ? {} : { cookie },
    ...(form === undefined ? {} : { method: 'POST', body: new URLSearchParams(form) }),
  });
  const setCookies = response.headers.getSetCookie();
  for (const line of setCookies) {
    const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
    const path = /;\s*path=([^;]+)/i.exec(line)?.[1] ?? '/';
    const gone = /max-age=0(;|$)/i.test(line) || /expires=Thu, 01 Jan 1970/i.test(line) || value === '';
    if (gone) jar.delete(name!);
    else jar.set(name!, { value: value!, path });
  }
  const location = response.headers.get('location') ?? undefined;
  return { url: target.href, status: response.status, location, body: await response.text(), setCookies };
}

/** Begins a login and goes on to the form. */
async function toForm(jar: Jar): Promise<{ form: Answer; all: Answer[] }> {
  const all: Answer[] = [];
  for (let url: string | undefined = '/login'; url !== undefined; url = all.at(-1)!.location)
    all.push(await ask(jar, url));
  return { form: all.at(-1)!, all };
}

/** Posts the form and goes on to the callback, which is not called. */
async function toCallback(jar: Jar): Promise<{ callback: string; all: Answer[] }> {
  const { form, all } = await toForm(jar);
  let answer = await ask(jar, form.url, { officer: ada, password: PASSWORD });
  all.push(answer);
  while (answer.location !== undefined && !answer.location.includes('/login/callback')) {
    answer = await ask(jar, answer.location);
    all.push(answer);
  }
  assert.ok(answer.location !== undefined, answer.body);
  return { callback: answer.location, all };
}

test('a person logs in by code and PKCE on one origin and becomes the officer', async () => {
  const jar: Jar = new Map();
  const { callback, all } = await toCallback(jar);
  const done = await ask(jar, callback);
  assert.equal(done.location, '/map?area=1');
  assert.ok(outcome !== undefined && !(outcome instanceof IdentityError));
  assert.equal(outcome.officer, ada);
  const authorization = new URL(all[0]!.location!).searchParams;
  assert.equal(authorization.get('code_challenge_method'), 'S256');
  assert.equal(authorization.get('prompt'), 'login');
  for (const name of ['state', 'nonce', 'code_challenge'])
    assert.ok(authorization.get(name)!.length >= 43, name);
  for (const line of [...all, done].flatMap(({ setCookies }) => setCookies)) {
    assert.match(line, /httponly/i);
    assert.match(line, /samesite=lax/i);
  }
});

test('the form has no script, no inline style and nothing from elsewhere', async () => {
  const { form } = await toForm(new Map());
  assert.equal(form.status, 200);
  assert.doesNotMatch(form.body, /<script|<style|\sstyle=|\son[a-z]+=|https?:/i);
  assert.match(form.body, /action="\/login\/[\w-]+"/);
});

test('a wrong password, an unknown account and an empty form are refused alike', async () => {
  const jar: Jar = new Map();
  const { form } = await toForm(jar);
  for (const fields of [
    { officer: ada, password: 'wrong' },
    { officer: 'eve@alder', password: PASSWORD },
    { officer: '', password: '' },
  ]) {
    const answer = await ask(jar, form.url, fields as Record<string, string>);
    assert.deepEqual([answer.status, answer.body], [400, 'login-failed']);
  }
});

test('an answer with another state is refused, and the login is then over', async () => {
  const jar: Jar = new Map();
  const { callback } = await toCallback(jar);
  const forged = new URL(callback);
  forged.searchParams.set('state', 'x'.repeat(43));
  assert.equal((await ask(jar, forged.href)).body, 'login-state');
  assert.equal((await ask(jar, callback)).body, 'login-state');
});

test('an answer in a browser that began no login is refused', async () => {
  const { callback } = await toCallback(new Map());
  assert.equal((await ask(new Map(), callback)).body, 'login-state');
});

test('a code is good once', async () => {
  const jar: Jar = new Map();
  const { callback } = await toCallback(jar);
  const kept = new Map(jar);
  assert.equal((await ask(jar, callback)).status, 303);
  assert.equal((await ask(kept, callback)).body, 'login-state');
  // The same code under a fresh login, with a state that fits.
  const other: Jar = new Map();
  const begun = await ask(other, '/login');
  const replay = new URL(callback);
  replay.searchParams.set('state', new URL(begun.location!).searchParams.get('state')!);
  assert.equal((await ask(other, replay.href)).body, 'login-refused');
});

test('the issuer itself takes a code once, also with the right verifier', async () => {
  const verifier = newSecret();
  const challenge = createHash('sha256').update(verifier).digest('base64url');
  const query = new URLSearchParams({
    client_id: issuer.clientId,
    redirect_uri: `${origin}/login/callback`,
    response_type: 'code',
    scope: 'openid',
    code_challenge: challenge,
    code_challenge_method: 'S256',
  });
  const jar: Jar = new Map();
  const form = await ask(jar, (await ask(jar, `/oidc/auth?${query}`)).location!);
  const resume = await ask(jar, form.url, { officer: ada, password: PASSWORD });
  const { location } = await ask(jar, resume.location!);
  const exchange = (code_verifier: string) =>
    ask(new Map(), '/oidc/token', {
      grant_type: 'authorization_code',
      client_id: issuer.clientId,
      redirect_uri: `${origin}/login/callback`,
      code: new URL(location!).searchParams.get('code')!,
      code_verifier,
    });
  assert.equal((await exchange(verifier)).status, 200);
  const again = await exchange(verifier);
  assert.equal(again.status, 400);
  assert.match(again.body, /invalid_grant/);
});

test('a code stolen from another browser is worth nothing without its verifier', async () => {
  const { callback } = await toCallback(new Map());
  const thief: Jar = new Map();
  const begun = await ask(thief, '/login');
  const stolen = new URL(callback);
  stolen.searchParams.set('state', new URL(begun.location!).searchParams.get('state')!);
  assert.equal((await ask(thief, stolen.href)).body, 'login-refused');
});

test('the issuer refuses requests without PKCE, of other clients and to other addresses, in our own words', async () => {
  const begun = await ask(new Map(), '/login');
  for (const [name, value] of [
    ['code_challenge', undefined],
    ['client_id', 'other'],
    ['redirect_uri', 'http://evil.example/'],
  ] as const) {
    const url = new URL(begun.location!);
    if (value === undefined) url.searchParams.delete(name);
    else url.searchParams.set(name, value);
    const answer = await ask(new Map(), url.href);
    if (answer.location !== undefined) {
      assert.ok(answer.location.startsWith(`${origin}/login/callback?error=`), answer.location);
    } else {
      assert.equal(answer.status, 400);
      assert.doesNotMatch(answer.body, /<script|<style|\sstyle=|https?:/i);
    }
  }
});

test('the form of a login that is not under way is refused', async () => {
  assert.equal((await ask(new Map(), '/login/nonexistent')).body, 'login-interaction');
  const answer = await ask(new Map(), '/login/nonexistent', { officer: ada, password: PASSWORD });
  assert.equal(answer.body, 'login-interaction');
});

test('a second login in the same browser asks for the password again', async () => {
  const jar: Jar = new Map();
  const { callback } = await toCallback(jar);
  await ask(jar, callback);
  const { form } = await toForm(jar);
  assert.match(form.body, /name="password"/);
});

test('doors that are not needed are shut', async () => {
  for (const path of ['/oidc/me', '/oidc/reg', '/oidc/session/end', '/oidc/device'])
    assert.equal((await ask(new Map(), path)).status, 404, path);
});
