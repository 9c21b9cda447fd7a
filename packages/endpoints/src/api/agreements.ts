import { clauseInWords, DELAY_LADDER } from '@concord/agreement';
import { standingOf, type Version } from '@concord/authority';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Parts } from '../parts.ts';
import { notFound } from '../problem.ts';
import { callerOf } from './session.ts';
import { versionSummary } from './version-view.ts';

const iso = (ms: number) => new Date(ms).toISOString();

function agreementView({ authority }: Parts, version: Version) {
  const { terms, drafted, state } = version;
  return {
    id: terms.id,
    version: terms.version,
    title: terms.title,
    state: standingOf(version, Date.now()),
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
    assurances: authority.assurances
      .views(version)
      .map(({ assurance, standing, confirmedAt, lapsesAt, breached }) => ({
        ...assurance,
        standing,
        ...(confirmedAt !== undefined && { confirmedAt: iso(confirmedAt) }),
        ...(lapsesAt !== undefined && { lapsesAt: iso(lapsesAt) }),
        ...(breached && { breached: { ...breached, at: iso(breached.at) } }),
      })),
    never: terms.never.map((line) => line.says),
    thirdParties: terms.thirdParties,
    digest: drafted.digest,
    ...(state.suspended && { suspended: { ...state.suspended, at: iso(state.suspended.at) } }),
    ...(state.notice && { endsByNotice: iso(state.notice.effective) }),
  };
}

/** Agreements as they stand. */
export const agreementRoutes =
  (parts: Parts): FastifyPluginAsyncZod =>
  async (app) => {
    const { authority } = parts;
    app.get(
      '/api/agreements',
      { schema: { summary: 'Agreements that bind your party', tags: ['agreements'] } },
      async (request) => ({
        agreements: authority.current(callerOf(request).officer).map((one) => agreementView(parts, one)),
      }),
    );

    app.get(
      '/api/agreements/:id',
      {
        schema: {
          summary: 'One agreement with its text, areas and versions',
          tags: ['agreements'],
          params: z.object({ id: z.string().max(64) }),
        },
      },
      async (request) => {
        const { officer } = callerOf(request);
        const found = authority.current(officer).find((one) => one.terms.id === request.params.id);
        if (!found) throw notFound();
        const areas = found.terms.areas.map(({ name, hash, polygons }) => ({
          name,
          hash,
          geojson: { type: 'MultiPolygon', coordinates: polygons },
        }));
        const versions = authority.agreements.visible(officer, found.terms.id).map(versionSummary);
        return { ...agreementView(parts, found), text: found.drafted.text, areas, versions };
      },
    );
  };
