import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Parts } from '../parts.ts';
import { callerOf } from './session.ts';

const tags = ['assurances'];
const agreement = z.object({ id: z.string().max(64) });
const params = agreement.extend({ assurance: z.string().max(64) });

/** Promises and duties under an agreement. How assurances stand is part of the agreement. */
export const assuranceRoutes =
  (parts: Parts): FastifyPluginAsyncZod =>
  async (app) => {
    const { assurances, incidents } = parts.authority;
    app.post(
      '/api/agreements/:id/assurances/:assurance/confirm',
      { schema: { summary: 'Confirm a promise of your party', tags, params } },
      async (request) => {
        const { id, assurance } = request.params;
        await assurances.confirm(callerOf(request).officer, id, assurance);
        return { confirmed: assurance };
      },
    );

    app.post(
      '/api/agreements/:id/assurances/:assurance/restore',
      {
        schema: { summary: 'Agree that it holds again after a breach: receiver and authority', tags, params },
      },
      async (request) => {
        const { id, assurance } = request.params;
        await assurances.restore(callerOf(request).officer, id, assurance);
        return { restored: assurance };
      },
    );

    app.post(
      '/api/agreements/:id/assurances/:assurance/breach',
      {
        schema: {
          summary: 'Tell a breach; the clauses that rest on it are cut before the answer',
          tags,
          params,
          body: z.object({ reason: z.string().min(1).max(2000) }),
        },
      },
      async (request) => {
        const { id, assurance } = request.params;
        return await assurances.breach(callerOf(request).officer, id, assurance, request.body.reason);
      },
    );

    app.post(
      '/api/agreements/:id/incidents',
      {
        schema: {
          summary: 'Report a loss or compromise; what rests on suspicion is cut before the answer',
          tags,
          params: agreement,
          body: z.object({ says: z.string().min(1).max(5000) }),
        },
      },
      async (request, reply) => {
        const { id, at, by } = await incidents.report(
          callerOf(request).officer,
          request.params.id,
          request.body.says,
        );
        reply.code(201);
        return { id, at: new Date(at).toISOString(), by };
      },
    );

    app.post(
      '/api/agreements/:id/incidents/close',
      {
        schema: {
          summary: 'Agree that the incident is over; with all parties and the quorum what rested goes on',
          tags,
          params: agreement,
        },
      },
      async (request) => await incidents.close(callerOf(request).officer, request.params.id),
    );
  };
