import { existsSync, readFileSync } from 'node:fs';
import type { Socket } from 'node:net';
import { join } from 'node:path';
import helmet from '@fastify/helmet';
import statics from '@fastify/static';
import swagger from '@fastify/swagger';
import Fastify, { type FastifyInstance } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { z } from 'zod';
import { agreementRoutes } from './api/agreements.ts';
import { assuranceRoutes } from './api/assurances.ts';
import { clearanceRoutes } from './api/clearances.ts';
import { feedRoutes } from './api/feeds.ts';
import { givenRoutes } from './api/given.ts';
import { grantRoutes } from './api/grants.ts';
import { itemRoutes } from './api/items.ts';
import { ledgerRoutes } from './api/ledger.ts';
import { meRoutes } from './api/me.ts';
import { recallRoutes } from './api/recalls.ts';
import { callerOf, requireCaller } from './api/session.ts';
import { versionRoutes } from './api/versions.ts';
import { whatIfRoutes } from './api/what-if.ts';
import { docsPage } from './docs.ts';
import { serveEvents } from './live/events.ts';
import { LiveSockets } from './live/websocket.ts';
import type { Parts } from './parts.ts';
import { notFound, Problem, problemOf } from './problem.ts';

const ROUTES = [
  meRoutes,
  itemRoutes,
  agreementRoutes,
  whatIfRoutes,
  versionRoutes,
  grantRoutes,
  clearanceRoutes,
  assuranceRoutes,
  feedRoutes,
  ledgerRoutes,
  recallRoutes,
  givenRoutes,
];

/** What else is served at the same origin and needs no caller: the sign-in, given by identity through the server. */
export type Extension = (app: FastifyInstance) => Promise<void>;

/**
 * The HTTP and live doors. Everything below `/api`, `/live` and `/ledger` needs a caller; errors are RFC 9457 problems;
 * the page is served under a strict content security policy with a nonce a request.
 */
export async function createApp(parts: Parts, extend: Extension): Promise<FastifyInstance> {
  const app = Fastify({
    logger: false,
    bodyLimit: 64 * 1024,
    requestTimeout: 120_000,
    forceCloseConnections: true,
    routerOptions: { maxParamLength: 300 },
    // An address that cannot be read, before any route is known.
    frameworkErrors: (cause, _request, reply) => {
      const problem = problemOf(cause);
      const { raw } = reply;
      const body = JSON.stringify(problem);
      raw.writeHead(problem.status, {
        'content-type': 'application/problem+json',
        'content-length': Buffer.byteLength(body),
      });
      raw.end(body);
    },
    clientErrorHandler: refuseConnection,
  });
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  app.setErrorHandler((cause, _request, reply) => {
    const problem = problemOf(cause);
    if (problem.code === 'internal') parts.onError(cause);
    if (reply.raw.headersSent) return reply.raw.destroy();
    return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem));
  });
  app.setNotFoundHandler((_request, reply) => {
    const problem = notFound();
    return reply.code(404).type('application/problem+json').send(JSON.stringify(problem));
  });
  await app.register(helmet, {
    enableCSPNonces: true,
    strictTransportSecurity: parts.origin.startsWith('https:'),
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'none'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        imgSrc: ["'self'", 'data:'],
        fontSrc: ["'self'"],
        connectSrc: ["'self'"],
        workerSrc: ["'self'"],
        manifestSrc: ["'self'"],
        formAction: ["'self'"],
        baseUri: ["'none'"],
        frameAncestors: ["'none'"],
        objectSrc: ["'none'"],
      },
    },
  });
  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: {
        title: 'Concord',
        version: '0.1.0',
        description:
          'What you may have under the agreements of your party, in the form in which it is released to you. What is hidden from you and what does not exist are one answer.',
      },
      components: { securitySchemes: { bearer: { type: 'http', scheme: 'bearer' } } },
      security: [{ bearer: [] }],
    },
    transform: jsonSchemaTransform,
  });
  app.get('/healthz', { schema: { hide: true } }, async () => ({ status: 'ok' }));
  await extend(app);
  await app.register(async (inside) => {
    requireCaller(inside, parts);
    for (const routes of ROUTES) await inside.withTypeProvider<ZodTypeProvider>().register(routes(parts));
    await inside.withTypeProvider<ZodTypeProvider>().register(eventRoute(parts));
  });
  app.get('/openapi.json', { schema: { hide: true } }, async () => app.swagger());
  app.get('/docs', { schema: { hide: true } }, async (_request, reply) =>
    reply.type('text/html; charset=utf-8').send(docsPage(app.swagger())),
  );
  await servePage(app, parts.pageDir);
  const sockets = new LiveSockets({
    release: parts.release,
    callers: parts.callers,
    origins: [parts.origin],
  });
  app.server.on('upgrade', (request, socket, head) => {
    const path = request.url?.split('?')[0];
    if (path === '/live') void sockets.upgrade(request, socket, head);
    else socket.end('HTTP/1.1 404 Not Found\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });
  app.addHook('preClose', async () => sockets.close());
  return app;
}

/** Answers what is no HTTP, or has headers without end, and closes the connection. */
function refuseConnection(cause: NodeJS.ErrnoException, socket: Socket): void {
  if (cause.code === 'ECONNRESET' || !socket.writable) return void socket.destroy();
  const large = cause.code === 'HPE_HEADER_OVERFLOW';
  const slow = cause.code === 'ERR_HTTP_REQUEST_TIMEOUT';
  const problem = new Problem(
    large ? 'too-large' : 'bad-request',
    large ? 'headers are too large' : slow ? 'the request took too long' : 'this is no HTTP request',
  );
  const [status, reason] = large
    ? [431, 'Request Header Fields Too Large']
    : slow
      ? [408, 'Request Timeout']
      : [400, 'Bad Request'];
  const body = JSON.stringify({ ...problem.toJSON(), status });
  socket.end(
    `HTTP/1.1 ${status} ${reason}\r\nContent-Type: application/problem+json\r\n` +
      `Content-Length: ${Buffer.byteLength(body)}\r\nConnection: close\r\n\r\n${body}`,
  );
}

const eventQuery = z.object({
  stream: z.union([z.string(), z.array(z.string())]).transform((one) => (Array.isArray(one) ? one : [one])),
  cursor: z.string().max(64).optional(),
});

const eventRoute =
  (parts: Parts): import('fastify-type-provider-zod').FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/live/sse',
      { schema: { summary: 'Live items as server-sent events', tags: ['live'], querystring: eventQuery } },
      async (request, reply) => {
        const { stream, cursor } = request.query;
        const last = request.headers['last-event-id'];
        const from = typeof last === 'string' && last !== '' ? last : cursor;
        const caller = callerOf(request);
        reply.hijack();
        await serveEvents(parts, caller, reply.raw, {
          streams: stream,
          ...(from !== undefined && { cursor: from }),
        });
        return reply;
      },
    );
  };

/** The built page: its only changing part is the nonce for the styles of this request. */
async function servePage(app: FastifyInstance, dir: string | undefined): Promise<void> {
  const index = dir === undefined ? undefined : join(dir, 'index.html');
  if (dir === undefined || index === undefined || !existsSync(index)) return;
  const html = readFileSync(index, 'utf8');
  await app.register(statics, { root: dir, index: false, wildcard: false, maxAge: '1h' });
  const page = ['/', '/streams', '/agreements', '/agreements/*', '/grants', '/feeds', '/ledger', '/picture'];
  for (const path of page) {
    app.get(path, { schema: { hide: true } }, async (_request, reply) =>
      reply
        .type('text/html; charset=utf-8')
        .header('cache-control', 'no-store')
        .send(html.replaceAll('__NONCE__', reply.cspNonce.style)),
    );
  }
}
