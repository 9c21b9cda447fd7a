import { timingSafeEqual } from 'node:crypto';
import type { Officer } from '@concord/authority';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Caller } from '../caller.ts';
import type { Parts } from '../parts.ts';
import { Problem } from '../problem.ts';
import { itsTurn } from '../send-page.ts';

declare module 'fastify' {
  interface FastifyRequest {
    caller?: Caller;
  }
}

/** The caller of a request behind the sign-in. */
export function callerOf(request: FastifyRequest): Caller {
  if (!request.caller) throw new Problem('not-signed-in', 'this needs a session or a bearer token');
  return request.caller;
}

export function officerOf(parts: Parts, request: FastifyRequest): Officer {
  const officer = parts.authority.officer(callerOf(request).officer);
  if (!officer) throw new Problem('not-signed-in', 'this officer is not known here');
  return officer;
}

/** In the same time whatever differs. */
function sameText(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)];
  return left.length === right.length && timingSafeEqual(left, right);
}

/** Everything registered in `app` needs a caller, and whatever changes something by cookie needs the page's token. */
export function requireCaller(app: FastifyInstance, parts: Parts): void {
  app.decorateRequest('caller', undefined);
  app.addHook('onRequest', async (request, reply) => {
    await itsTurn(request.raw, reply.raw);
    const caller = await parts.callers.authenticate(request.raw);
    if (!caller) throw new Problem('not-signed-in', 'this needs a session or a bearer token');
    request.caller = caller;
    const safe = request.method === 'GET' || request.method === 'HEAD';
    if (safe || caller.via !== 'cookie') return;
    const { origin } = request.headers;
    if (origin !== undefined && origin !== parts.origin)
      throw new Problem('csrf', 'the request comes from elsewhere');
    const sent = request.headers['x-csrf-token'];
    if (!caller.csrf || typeof sent !== 'string' || !sameText(sent, caller.csrf)) {
      throw new Problem('csrf', 'x-csrf-token is missing or not yours');
    }
  });
}
