import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Parts } from '../parts.ts';
import { Problem } from '../problem.ts';
import { officerOf } from './session.ts';

const DAY_MS = 86_400_000;
/** A recall that names no day is to be answered within this time. */
const DUE_DAYS = 30;

const instant = z.iso.datetime().transform((text) => Date.parse(text));
const order = z
  .strictObject({
    stream: z.string().max(300),
    item: z.string().max(64).optional(),
    from: instant.optional(),
    to: instant.optional(),
    reason: z.string().max(2000).default(''),
    due: instant.optional(),
  })
  .refine(({ item, from, to }) => (item === undefined) === (from !== undefined && to !== undefined), {
    message: 'name an item, or a range by from and to',
  });
const certificate = z.strictObject({
  certificate: z.string().min(1).max(4000),
  signature: z.string().max(4000).optional(),
});
const params = z.object({ id: z.uuid() });

/** Recalls: what is asked back, and how far each party that was given it has come. */
export const recallRoutes =
  (parts: Parts): FastifyPluginAsyncZod =>
  async (app) => {
    const { release, authority } = parts;
    const tags = ['recalls'];
    app.get(
      '/api/recalls',
      { schema: { summary: 'Recalls of your party, and of what your party was given', tags } },
      async (request) => {
        const { party, roles } = officerOf(parts, request);
        return { recalls: release.recalls.views(roles.includes('authority') ? undefined : party) };
      },
    );

    app.post(
      '/api/recalls',
      {
        schema: {
          summary:
            'Recall an item, or a range of a stream, of your own; nothing of it leaves after the answer',
          tags,
          body: order,
        },
      },
      async (request, reply) => {
        const { id, party, roles } = officerOf(parts, request);
        if (!roles.includes('officer')) throw new Problem('forbidden', 'only officers recall');
        const { stream, item, from, to, reason, due } = request.body;
        const done = await release.recalls.recall({
          officer: id,
          party,
          stream,
          ...(item !== undefined && { item }),
          ...(from !== undefined && { from }),
          ...(to !== undefined && { to }),
          reason,
          due: due ?? Date.now() + DUE_DAYS * DAY_MS,
          nextEpoch: () => authority.nextEpoch(),
        });
        const { recall, epoch, cutoffs, pending } = done;
        return reply.code(201).send({ ...recall, epoch, cutoffs, ...(pending && { pending: true }) });
      },
    );

    app.post(
      '/api/recalls/:id/acknowledge',
      { schema: { summary: 'Your party has taken note of a recall', tags, params } },
      async (request) => {
        const { id, party, roles } = officerOf(parts, request);
        if (!roles.includes('officer')) throw new Problem('forbidden', 'only officers acknowledge');
        return release.recalls.acknowledge(request.params.id, party, id);
      },
    );

    app.post(
      '/api/recalls/:id/destroyed',
      {
        schema: {
          summary: 'Certify that your party has destroyed what is recalled',
          tags,
          params,
          body: certificate,
        },
      },
      async (request) => {
        const { id, party, roles } = officerOf(parts, request);
        if (!roles.includes('officer')) throw new Problem('forbidden', 'only officers certify');
        const { certificate: text, signature } = request.body;
        return release.recalls.destroyed(request.params.id, party, id, {
          certificate: text,
          ...(signature !== undefined && { signature }),
        });
      },
    );
  };
