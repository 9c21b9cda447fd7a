import { DATA_MODES, readLabel } from '@concord/label';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Parts, Run } from '../parts.ts';
import { notFound, Problem } from '../problem.ts';
import { callerOf, officerOf } from './session.ts';

/** Bytes of unusable input that are shown. */
const SAMPLE_BYTES = 64;
const CHUNK_BYTES = 4 * 1024 * 1024;

const runView = ({ run, feed, acknowledged, through }: Run) => ({ run, feed, acknowledged, through });

/** Feeds, recordings fed in, and quarantine: the engineers' side, each for its own party. */
export const feedRoutes =
  (parts: Parts): FastifyPluginAsyncZod =>
  async (app) => {
    const engineer = (request: Parameters<typeof callerOf>[0]) => {
      const officer = officerOf(parts, request);
      if (!officer.roles.includes('engineer')) throw new Problem('forbidden', 'this is for engineers');
      return officer;
    };

    app.get(
      '/api/feeds',
      { schema: { summary: "How your party's feeds fare", tags: ['feeds'] } },
      async (request) => ({
        feeds: parts.intake.health(engineer(request).party),
      }),
    );

    app.get(
      '/api/quarantine',
      {
        schema: {
          summary: 'Input of your party that could not be used',
          tags: ['feeds'],
          querystring: z.object({
            limit: z.coerce.number().int().min(1).max(500).optional(),
            before: z.coerce.number().int().min(1).optional(),
          }),
        },
      },
      async (request) => {
        const { limit = 100, before } = request.query;
        const found = await parts.release.quarantined(engineer(request), limit, before);
        const entries = found.map(({ id, at, bytes, ...entry }) => ({
          id: String(id),
          at: new Date(at).toISOString(),
          ...entry,
          sample: Buffer.from(bytes.subarray(0, SAMPLE_BYTES)).toString('hex'),
        }));
        return { entries, next: entries.length === limit ? (entries.at(-1)?.id ?? null) : null };
      },
    );

    app.post(
      '/api/feeds/:feed/runs',
      {
        schema: {
          summary: 'Begin to feed in a recording',
          tags: ['feeds'],
          params: z.object({
            feed: z
              .string()
              .regex(
                /^[a-z0-9][a-z0-9.-]{0,62}$/,
                'a feed has a short name of lower case letters, digits, dots and hyphens',
              ),
          }),
          body: z.object({
            source: z.string().max(300),
            format: z.string().max(20).optional(),
            mode: z.enum(DATA_MODES),
            label: z.unknown().optional(),
          }),
        },
      },
      async (request, reply) => {
        const { id, party } = engineer(request);
        const { source, format, mode, label: raw } = request.body;
        const label = raw === undefined ? parts.defaultLabel(party, mode) : readLabel(raw);
        if (!label)
          throw new Problem('bad-label', 'there is no label for what your party feeds in: give one');
        if (label.dataMode !== mode)
          throw new Problem('bad-label', `label.dataMode: is ${label.dataMode}, not ${mode}`);
        const { feed } = request.params;
        const run = await parts.runs.open({
          officer: id,
          party,
          feed,
          source,
          label,
          ...(format && { format }),
        });
        reply.code(201);
        return runView(run);
      },
    );

    const runOf = async (request: Parameters<typeof callerOf>[0], id: string) => {
      const run = await parts.runs.find(id, callerOf(request).officer);
      if (!run) throw notFound();
      return run;
    };
    const params = z.object({ run: z.string().max(64) });

    app.get(
      '/api/runs/:run',
      { schema: { summary: 'How far a recording is durable', tags: ['feeds'], params } },
      async (request) => runView(await runOf(request, request.params.run)),
    );

    await app.register(async (bytes) => {
      bytes.addContentTypeParser(
        'application/octet-stream',
        { parseAs: 'buffer', bodyLimit: CHUNK_BYTES },
        (_request, body, done) => done(null, body),
      );
      bytes.withTypeProvider<import('fastify-type-provider-zod').ZodTypeProvider>().post(
        '/api/runs/:run/chunks',
        {
          schema: {
            summary: 'The next bytes of a recording; answered when what they complete is durable',
            tags: ['feeds'],
            params,
            querystring: z.object({
              offset: z
                .string()
                .regex(/^\d{1,15}$/, 'an offset is a number of bytes')
                .transform(Number),
              last: z.enum(['true', 'false']).optional(),
            }),
          },
        },
        async (request) => {
          const run = await runOf(request, request.params.run);
          const body = request.body as unknown;
          if (!Buffer.isBuffer(body)) throw new Problem('bad-request', 'a chunk is application/octet-stream');
          const { offset, last } = request.query;
          const done = await run.push(body, offset, last === 'true');
          return { feed: run.feed, ...done };
        },
      );
    });
  };
