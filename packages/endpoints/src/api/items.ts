import type { Box, ItemsQuery, Page, Reader } from '@concord/release';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { principal } from '../caller.ts';
import type { Parts } from '../parts.ts';
import { notFound, Problem } from '../problem.ts';
import { sendPage } from '../send-page.ts';
import { callerOf } from './session.ts';

const many = z
  .union([z.string(), z.array(z.string())])
  .transform((one) => (Array.isArray(one) ? one : [one]));
const instant = z.iso.datetime({ offset: false }).transform((text) => Date.parse(text));
const filters = {
  stream: many.optional().describe('Name of a stream; may be repeated. Absent: all that you may have.'),
  kind: z.string().max(64).optional().describe('An item kind, such as gnss.position.'),
  bbox: z
    .string()
    .max(200)
    .optional()
    .describe('west,south,east,north in degrees; what touches it in its released form.'),
};
const itemsQuery = z.object({
  ...filters,
  from: instant.optional().describe('Not before, in released time (UTC, Z).'),
  to: instant.optional().describe('Before, in released time (UTC, Z).'),
  cursor: z.string().max(64).optional().describe('`next` of the page before.'),
  limit: z.coerce.number().int().min(1).max(1000).optional(),
});

const label = z.looseObject({
  policy: z.string(),
  classification: z.string(),
  dataMode: z.string(),
  banner: z.string(),
});
/** An item in its released form. */
export const releasedSchema = z.object({
  id: z.string(),
  stream: z.string(),
  kind: z.string(),
  time: z.string(),
  label,
  dataMode: z.string(),
  obligations: z.looseObject({}),
  originators: z.array(z.string()),
  series: z.string(),
  item: z.looseObject({}),
});
const pageSchema = z.object({ items: z.array(releasedSchema), next: z.string().nullable() });

function boxOf(text: string | undefined): Box | undefined {
  if (text === undefined) return undefined;
  const parts = text.split(',');
  const [west, south, east, north] = parts.map((one) => (one.trim() === '' ? Number.NaN : Number(one)));
  const fine =
    parts.length === 4 &&
    Math.abs(west!) <= 180 &&
    Math.abs(east!) <= 180 &&
    Math.abs(south!) <= 90 &&
    Math.abs(north!) <= 90 &&
    south! <= north!;
  if (!fine) throw new Problem('bad-request', 'bbox: is west,south,east,north in degrees');
  return { west: west!, south: south!, east: east!, north: north! };
}

/** Drops what is undefined, so that optional stays optional. */
function queryOf(q: z.infer<typeof itemsQuery>): ItemsQuery {
  const bbox = boxOf(q.bbox);
  return {
    ...(q.stream && { streams: q.stream }),
    ...(q.kind !== undefined && { kind: q.kind }),
    ...(q.from !== undefined && { from: q.from }),
    ...(q.to !== undefined && { to: q.to }),
    ...(q.cursor !== undefined && { cursor: q.cursor }),
    ...(q.limit !== undefined && { limit: q.limit }),
    ...(bbox && { bbox }),
  };
}

/** Released items, streams and the reasons for them. */
export const itemRoutes =
  (parts: Parts): FastifyPluginAsyncZod =>
  async (app) => {
    const { release } = parts;
    const answer = async (
      request: FastifyRequest,
      reply: FastifyReply,
      work: (reader: Reader) => Promise<Page>,
      text?: (page: Page) => string,
    ) => {
      const reader = await release.admit(principal(callerOf(request), 'api'));
      try {
        const page = await work(reader);
        page.check();
        // Ready JSON text, past the serialiser and its turn of the loop.
        const headers = reply.getHeaders();
        reply.hijack();
        await sendPage(reply.raw, headers, reader, page, text);
      } finally {
        reader.close();
      }
      return reply;
    };

    app.get(
      '/api/items',
      {
        schema: {
          summary: 'Items that you may have, in their released form and order',
          tags: ['data'],
          querystring: itemsQuery,
          response: { 200: pageSchema },
        },
      },
      async (request, reply) => {
        const query = queryOf(request.query);
        return answer(request, reply, (reader) => release.items(reader, query));
      },
    );

    app.get(
      '/api/items/:id',
      {
        schema: {
          summary: 'One item that you may have, by its identifier',
          tags: ['data'],
          params: z.object({ id: z.string().max(64) }),
          response: { 200: releasedSchema },
        },
      },
      async (request, reply) => {
        const { id } = request.params;
        return answer(
          request,
          reply,
          (reader) => release.item(reader, id),
          ({ items }) => `${items[0]}\n`,
        );
      },
    );

    app.get(
      '/api/latest',
      {
        schema: {
          summary: 'The newest item of each series',
          tags: ['data'],
          querystring: z.object(filters),
          response: { 200: pageSchema },
        },
      },
      async (request, reply) => {
        const query = queryOf(request.query);
        return answer(request, reply, (reader) => release.latest(reader, query));
      },
    );

    app.get(
      '/api/streams',
      { schema: { summary: 'Streams that you may have', tags: ['data'] } },
      async (request) => {
        const reader = await release.admit(principal(callerOf(request), 'api'));
        try {
          return { streams: release.streams(reader) };
        } finally {
          reader.close();
        }
      },
    );

    app.get(
      '/api/reasons',
      {
        schema: {
          summary: 'Why a stream is released to you as it is',
          tags: ['data'],
          querystring: z.object({ stream: z.string().max(300) }),
        },
      },
      async (request) => {
        const reader = await release.admit(principal(callerOf(request), 'api'));
        try {
          const { stream } = request.query;
          const reasons = release.reasons(reader, stream);
          if (!reasons || reasons.length === 0) throw notFound();
          return { subject: { stream }, ...reasons[0], all: reasons };
        } finally {
          reader.close();
        }
      },
    );
  };
