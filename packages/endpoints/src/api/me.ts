import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import type { Parts } from '../parts.ts';
import { callerOf, officerOf } from './session.ts';

/** Who I am here, and whom I may know of. */
export const meRoutes =
  (parts: Parts): FastifyPluginAsyncZod =>
  async (app) => {
    const { authority, parties } = parts;
    app.get('/api/me', { schema: { summary: 'Who you are here', tags: ['session'] } }, async (request) => {
      const caller = callerOf(request);
      const officer = officerOf(parts, request);
      const granted = authority.grants
        .views(officer.id)
        .filter(({ grant, state }) => grant.officer === officer.id && state === 'active')
        .flatMap(({ grant }) => grant.purposes);
      return {
        officer: officer.id,
        name: officer.name,
        party: officer.party,
        partyName: parties.find((one) => one.id === officer.party)?.name ?? officer.party,
        roles: officer.roles,
        purposes: caller.purposes.length > 0 ? caller.purposes : [...new Set(granted)].sort(),
        dataMode: parts.dataMode,
        nodeName: parts.nodeName,
        expiresAt: new Date(caller.expiresAt).toISOString(),
        ...(caller.csrf && { csrf: caller.csrf }),
      };
    });

    app.get(
      '/api/parties',
      { schema: { summary: 'Parties that you may know of', tags: ['session'] } },
      async (request) => {
        const officer = officerOf(parts, request);
        const bound = authority
          .current(officer.id)
          .flatMap(({ terms }) => terms.parties.map((one) => one.id));
        return { parties: parties.filter((one) => one.id === officer.party || bound.includes(one.id)) };
      },
    );
  };
