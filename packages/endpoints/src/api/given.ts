import { delayQuantile } from '@concord/release';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Parts } from '../parts.ts';
import { officerOf } from './session.ts';

const instant = z.iso.datetime().transform((text) => Date.parse(text));
const query = z.object({
  from: instant.optional(),
  to: instant.optional(),
  by: z.enum(['day', 'month']).optional(),
  format: z.enum(['json', 'csv']).default('json'),
});

const COLUMNS = [
  'giver',
  'receiver',
  'kind',
  'level',
  'clauses',
  'period',
  'items',
  'receipts',
  'delayMedian_ms',
  'delayP95_ms',
] as const;

/** A field of RFC 4180; none begins as a formula of a spreadsheet would. */
function field(value: unknown): string {
  const text = Array.isArray(value) ? value.join(' ') : String(value ?? '');
  const safe = /^[=+\-@\t\r]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}

/** What was given and got, counted from receipts. */
export const givenRoutes =
  (parts: Parts): FastifyPluginAsyncZod =>
  async (app) => {
    app.get(
      '/api/given',
      {
        schema: {
          summary: 'What your party gave and got, by counterparty, kind, level, clause and period',
          tags: ['given'],
          querystring: query,
        },
      },
      async (request, reply) => {
        const { party, roles } = officerOf(parts, request);
        const { from, to, by, format } = request.query;
        const sums = await parts.release.given(roles.includes('authority') ? undefined : party, {
          ...(from !== undefined && { from }),
          ...(to !== undefined && { to }),
          ...(by !== undefined && { by }),
        });
        const given = sums.map(({ delays, ...sum }) => ({
          ...sum,
          delayMedian_ms: delayQuantile(delays, 0.5) ?? null,
          delayP95_ms: delayQuantile(delays, 0.95) ?? null,
        }));
        if (format === 'json') return { given };
        const lines = given.map((one) => COLUMNS.map((name) => field(one[name])).join(','));
        return reply
          .type('text/csv; charset=utf-8')
          .header('content-disposition', 'attachment; filename="given.csv"')
          .send(`${[COLUMNS.join(','), ...lines].join('\r\n')}\r\n`);
      },
    );
  };
