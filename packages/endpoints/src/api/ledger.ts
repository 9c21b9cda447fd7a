import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Parts } from '../parts.ts';
import { notFound } from '../problem.ts';
import { callerOf } from './session.ts';

/** The logs of receipts as C2SP tlog-tiles, for the parties of each and the authority. */
export const ledgerRoutes =
  (parts: Parts): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/ledger',
      { schema: { summary: 'Logs that you may read', tags: ['ledger'] } },
      async (request) => ({
        logs: parts.authority.logs(callerOf(request).officer).flatMap((log) => {
          const state = parts.ledger.state(log);
          return state ? [{ log, ...state }] : [];
        }),
      }),
    );

    app.get(
      '/ledger/:log/*',
      {
        schema: {
          summary: 'Checkpoint and tiles (C2SP tlog-tiles)',
          tags: ['ledger'],
          params: z.object({ log: z.string().max(80), '*': z.string().max(200) }),
        },
      },
      async (request, reply) => {
        const { log, '*': path } = request.params;
        if (!parts.authority.logs(callerOf(request).officer).includes(log)) throw notFound();
        const fine =
          path === 'checkpoint' || /^tile\/(entries|[0-9]{1,2})(\/x?[0-9]{3})+(\.p\/[0-9]{1,3})?$/.test(path);
        const bytes = fine ? await parts.ledger.read(log, path) : undefined;
        if (!bytes) throw notFound();
        reply.type(path === 'checkpoint' ? 'text/plain; charset=utf-8' : 'application/octet-stream');
        reply.header(
          'cache-control',
          path === 'checkpoint' ? 'no-store' : 'private, max-age=31536000, immutable',
        );
        return reply.send(Buffer.from(bytes));
      },
    );
  };
