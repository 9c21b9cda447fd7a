import { timingSafeEqual } from 'node:crypto';
import type { Extension } from '@concord/endpoints';
import {
  type EmbeddedIssuer,
  IdentityError,
  LOGIN_CSP,
  LOGIN_CSS,
  loginErrorPage,
  loginPage,
  type RelyingParty,
  readLoginForm,
  type Sessions,
} from '@concord/identity';
import type { FastifyReply } from 'fastify';

export interface SignInParts {
  readonly relyingParty: RelyingParty;
  readonly sessions: Sessions;
  readonly issuer?: EmbeddedIssuer;
  readonly known: (officer: string) => boolean;
}

const sameText = (a: string, b: string): boolean => {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
};

const hidden = { schema: { hide: true } };

/** Sign-in and sign-out: the page's side of OpenID Connect, and the embedded issuer where there is no other. */
export const signIn =
  ({ relyingParty, sessions, issuer, known }: SignInParts): Extension =>
  async (app) => {
    const failure = (cause: unknown): string => {
      if (!(cause instanceof IdentityError)) throw cause;
      return loginErrorPage(
        cause.code === 'issuer-unreachable'
          ? 'The organisation that checks passwords does not answer. Try again in a while.'
          : 'This login cannot go on. It may have taken too long, or have been begun in another window.',
      );
    };

    app.get('/login', hidden, async (_request, reply) => {
      try {
        const { location, cookies } = await relyingParty.begin('/');
        return await reply.header('set-cookie', [...cookies]).redirect(location, 303);
      } catch (cause) {
        return reply
          .code(503)
          .header('content-security-policy', LOGIN_CSP)
          .type('text/html; charset=utf-8')
          .send(failure(cause));
      }
    });

    app.get('/login/callback', hidden, async (request, reply) => {
      try {
        const login = await relyingParty.finish(request.raw.url ?? '', request.headers);
        if (!known(login.officer))
          throw new IdentityError('officer-unmapped', 'this officer is not known here');
        const { cookie } = await sessions.begin(login.officer, {
          headers: request.headers,
          address: request.ip,
        });
        return await reply.header('set-cookie', [...login.cookies, cookie]).redirect(login.returnTo, 303);
      } catch (cause) {
        return reply
          .code(400)
          .header('content-security-policy', LOGIN_CSP)
          .type('text/html; charset=utf-8')
          .send(failure(cause));
      }
    });

    app.get('/login.css', hidden, async (_request, reply) =>
      reply.type('text/css').header('cache-control', 'public, max-age=3600').send(LOGIN_CSS),
    );

    await app.register(async (form) => {
      form.removeAllContentTypeParsers();
      form.addContentTypeParser('*', { parseAs: 'string', bodyLimit: 16 * 1024 }, (_request, body, done) =>
        done(null, body),
      );

      form.post('/logout', hidden, async (request, reply) => {
        const session = await sessions.find(request.headers).catch(() => undefined);
        if (session) {
          const sent = request.headers['x-csrf-token'];
          if (typeof sent !== 'string' || !sameText(sent, session.csrfToken)) return reply.code(403).send();
          await sessions.end(session.id);
        }
        return reply.header('set-cookie', sessions.clearCookie()).code(204).send();
      });

      if (!issuer) return;
      const show = (reply: FastifyReply, status: number, html: string) =>
        reply
          .code(status)
          .header('content-security-policy', LOGIN_CSP)
          .header('cache-control', 'no-store')
          .type('text/html; charset=utf-8')
          .send(html);

      form.get<{ Params: { uid: string } }>('/login/:uid', hidden, async (request, reply) => {
        try {
          const { uid } = await issuer.loginUnderWay(request.raw, reply.raw);
          return await show(reply, 200, loginPage({ uid }));
        } catch (cause) {
          return show(reply, 400, failure(cause));
        }
      });

      form.post<{ Params: { uid: string } }>('/login/:uid', hidden, async (request, reply) => {
        const { uid } = request.params;
        const attempt = typeof request.body === 'string' ? readLoginForm(request.body) : undefined;
        const officer = attempt?.officer ?? '';
        try {
          const location = await issuer.logIn(request.raw, reply.raw, {
            officer,
            password: attempt?.password ?? '',
            address: request.ip,
          });
          return await reply.redirect(location, 303);
        } catch (cause) {
          if (
            cause instanceof IdentityError &&
            (cause.code === 'login-failed' || cause.code === 'login-throttled')
          ) {
            return show(
              reply,
              cause.code === 'login-failed' ? 401 : 429,
              loginPage({ uid, officer, failure: cause.code }),
            );
          }
          return show(reply, 400, failure(cause));
        }
      });
    });

    if (!issuer) return;
    await app.register(async (scope) => {
      // The issuer reads its requests itself: no parser may take the body before it.
      scope.removeAllContentTypeParsers();
      scope.addContentTypeParser('*', (_request, _payload, done) => done(null));
      scope.all('/oidc/*', hidden, (request, reply) => {
        reply.hijack();
        for (const [name, value] of Object.entries(reply.getHeaders())) {
          if (value !== undefined) reply.raw.setHeader(name, value as string);
        }
        issuer.handle(request.raw, reply.raw).catch(() => reply.raw.destroy());
      });
    });
  };
