import { type Certificate, certificateState } from '@concord/authority';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Parts } from '../parts.ts';
import { callerOf } from './session.ts';

const iso = (ms: number) => new Date(ms).toISOString();
const tags = ['clearances'];
const jws = z.string().max(8192);

function certificateView(certificate: Certificate) {
  const { clearance, withdrawn, takenIn } = certificate;
  return {
    ...clearance,
    from: iso(clearance.from),
    until: iso(clearance.until),
    state: certificateState(certificate, Date.now()),
    takenInBy: takenIn.by,
    certificate: certificate.jws,
    ...(withdrawn && { withdrawn: { ...withdrawn, at: iso(withdrawn.at) } }),
  };
}

/** Clearance certificates of home authorities. */
export const clearanceRoutes =
  (parts: Parts): FastifyPluginAsyncZod =>
  async (app) => {
    const { authority } = parts;
    app.get(
      '/api/clearances',
      { schema: { summary: 'Certificates of your party', tags } },
      async (request) => ({
        clearances: authority.clearances.visible(callerOf(request).officer).map(certificateView),
      }),
    );

    app.post(
      '/api/clearances',
      {
        schema: {
          summary: "Hand in a certificate that your party's key has signed",
          tags,
          body: z.object({ certificate: jws }),
        },
      },
      async (request, reply) => {
        reply.code(201);
        return certificateView(
          await authority.clearances.takeIn(callerOf(request).officer, request.body.certificate),
        );
      },
    );

    app.post(
      '/api/clearances/:id/withdraw',
      {
        schema: {
          summary: 'Hand in a signed withdrawal; what rests on the certificate is cut before the answer',
          tags,
          params: z.object({ id: z.string().max(100) }),
          body: z.object({ withdrawal: jws }),
        },
      },
      async (request) =>
        authority.withdrawClearance(callerOf(request).officer, request.params.id, request.body.withdrawal),
    );
  };
