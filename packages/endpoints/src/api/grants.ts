import type { GrantView, Wish } from '@concord/authority';
import { isOfficerId, type OfficerId } from '@concord/label';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Parts } from '../parts.ts';
import { callerOf } from './session.ts';

const iso = (ms: number) => new Date(ms).toISOString();
const tags = ['grants'];
const params = z.object({ id: z.string().max(100) });
const words = z.array(z.string().min(1).max(100)).max(50).default([]);
const officer = z.string().refine(isOfficerId, 'is no officer: name@party');
const instant = z.iso.datetime();
const wish = z.object({
  officer,
  agreement: z.string().max(64),
  level: z.string().min(1).max(100),
  compartments: words,
  purposes: words,
});

function grantView(parts: Parts, { grant, state, mayRevoke, mayAccept }: GrantView) {
  const who = parts.authority.officer(grant.officer);
  return {
    id: grant.id,
    officer: grant.officer,
    officerName: who?.name ?? '',
    party: who?.party ?? '',
    agreement: grant.agreement,
    level: grant.level,
    purposes: grant.purposes,
    from: iso(grant.from),
    until: iso(grant.until),
    sponsor: grant.sponsor,
    approvedBy: grant.approvedBy,
    state,
    mayRevoke: mayRevoke && state !== 'revoked' && state !== 'expired',
    mayAccept,
    ...(grant.clearance !== undefined && { clearance: grant.clearance }),
    ...(grant.breakGlass !== undefined && { breakGlass: grant.breakGlass }),
    ...(grant.revoked && { revokedAt: iso(grant.revoked.at), revokedBy: grant.revoked.by }),
  };
}

/** Grants: nominated by one side, accepted by the other, revoked by one alone. */
export const grantRoutes =
  (parts: Parts): FastifyPluginAsyncZod =>
  async (app) => {
    const { grants } = parts.authority;
    const nominate = async (viewer: OfficerId, of: Wish) =>
      grantView(parts, await grants.nominate(viewer, of));

    app.get('/api/grants', { schema: { summary: 'Grants that concern you', tags } }, async (request) => ({
      grants: grants.views(callerOf(request).officer).map((one) => grantView(parts, one)),
    }));

    app.post(
      '/api/grants',
      {
        schema: {
          summary: 'Nominate an officer of your party, on the basis of its clearance certificate',
          tags,
          body: wish.extend({ from: instant.optional(), until: instant, clearance: z.string().max(100) }),
        },
      },
      async (request, reply) => {
        const { from, until, officer: whom, ...of } = request.body;
        reply.code(201);
        return await nominate(callerOf(request).officer, {
          ...of,
          officer: whom as OfficerId,
          from: from === undefined ? Date.now() : Date.parse(from),
          until: Date.parse(until),
        });
      },
    );

    app.post(
      '/api/grants/:id/accept',
      {
        schema: {
          summary: 'Accept for the other side; with the last that must it is in force',
          tags,
          params,
        },
      },
      async (request) => grantView(parts, await grants.accept(callerOf(request).officer, request.params.id)),
    );

    app.post(
      '/api/grants/:id/revoke',
      {
        schema: {
          summary: 'Revoke a grant; what is open under it is cut before the answer',
          tags,
          params,
          body: z.object({ reason: z.string().max(2000).optional() }).nullish(),
        },
      },
      async (request) =>
        grants.revoke(callerOf(request).officer, request.params.id, request.body?.reason ?? ''),
    );

    app.get(
      '/api/break-glass',
      { schema: { summary: 'Glass that was broken, or is asked to be', tags } },
      async (request) => ({
        breakGlass: grants
          .views(callerOf(request).officer)
          .filter(({ grant }) => grant.breakGlass !== undefined)
          .map((one) => grantView(parts, one)),
      }),
    );

    app.post(
      '/api/break-glass',
      {
        schema: {
          summary: 'In an emergency: the first of two persons, with a reason, for 24 hours at most',
          description:
            'The second accepts it as any grant, for the other side or for the authority, which is told.',
          tags,
          body: wish.extend({ until: instant, reason: z.string().min(1).max(2000) }),
        },
      },
      async (request, reply) => {
        const { until, reason, officer: whom, ...of } = request.body;
        reply.code(201);
        return await nominate(callerOf(request).officer, {
          ...of,
          officer: whom as OfficerId,
          from: Date.now(),
          until: Date.parse(until),
          breakGlass: reason,
        });
      },
    );
  };
