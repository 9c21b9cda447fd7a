import { clauseInWords, DELAY_LADDER } from '@concord/agreement';
import type { Agreement, GrantView } from '@concord/authority';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Parts } from '../parts.ts';
import { notFound } from '../problem.ts';
import { callerOf } from './session.ts';

const iso = (ms: number) => new Date(ms).toISOString();

function agreementView(parts: Parts, { terms, digest }: Agreement) {
  const standing = parts.release.standing.world.agreements.find((one) => one.terms.id === terms.id)?.standing;
  return {
    id: terms.id,
    version: terms.version,
    title: terms.title,
    state: standing ?? 'ended',
    from: iso(terms.inForce.from),
    until: iso(terms.inForce.until),
    parties: terms.parties,
    authority: terms.authority,
    equivalence: terms.equivalence.map((row) => Object.fromEntries(row)),
    clauses: terms.clauses.map(({ obligations, ...clause }) => ({
      ...clause,
      inWords: clauseInWords({ ...clause, obligations }, terms),
      obligations: {
        ...obligations,
        ...(obligations.delay && { delay: DELAY_LADDER[obligations.delay].text }),
      },
    })),
    assurances: terms.assurances,
    never: terms.never.map((line) => line.says),
    thirdParties: terms.thirdParties,
    digest,
  };
}

function grantView(parts: Parts, { grant, state, mayRevoke }: GrantView) {
  const officer = parts.authority.officer(grant.officer);
  return {
    id: grant.id,
    officer: grant.officer,
    officerName: officer?.name ?? '',
    party: officer?.party ?? '',
    agreement: grant.agreement,
    level: grant.level,
    purposes: grant.purposes,
    from: iso(grant.from),
    until: iso(grant.until),
    sponsor: grant.sponsor,
    approvedBy: grant.approvedBy,
    state,
    mayRevoke: mayRevoke && state !== 'revoked' && state !== 'expired',
    ...(grant.revoked && { revokedAt: iso(grant.revoked.at), revokedBy: grant.revoked.by }),
  };
}

/** Agreements and grants. */
export const agreementRoutes =
  (parts: Parts): FastifyPluginAsyncZod =>
  async (app) => {
    const { authority } = parts;
    app.get(
      '/api/agreements',
      { schema: { summary: 'Agreements that bind your party', tags: ['agreements'] } },
      async (request) => ({
        agreements: authority.agreements(callerOf(request).officer).map((one) => agreementView(parts, one)),
      }),
    );

    app.get(
      '/api/agreements/:id',
      {
        schema: {
          summary: 'One agreement with its text and areas',
          tags: ['agreements'],
          params: z.object({ id: z.string().max(64) }),
        },
      },
      async (request) => {
        const found = authority
          .agreements(callerOf(request).officer)
          .find((one) => one.terms.id === request.params.id);
        if (!found) throw notFound();
        const areas = found.terms.areas.map(({ name, hash, polygons }) => ({
          name,
          hash,
          geojson: { type: 'MultiPolygon', coordinates: polygons },
        }));
        return { ...agreementView(parts, found), text: found.text, areas };
      },
    );

    app.get(
      '/api/grants',
      { schema: { summary: 'Grants that concern you', tags: ['agreements'] } },
      async (request) => ({
        grants: authority.grants(callerOf(request).officer).map((one) => grantView(parts, one)),
      }),
    );

    app.post(
      '/api/grants/:id/revoke',
      {
        schema: {
          summary: 'Revoke a grant; what is open under it is cut before the answer',
          tags: ['agreements'],
          params: z.object({ id: z.string().max(100) }),
          body: z.object({ reason: z.string().max(2000).optional() }).nullish(),
        },
      },
      async (request) =>
        authority.revoke(callerOf(request).officer, request.params.id, request.body?.reason ?? ''),
    );
  };
