import { diffTerms } from '@concord/agreement';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import type { Parts } from '../parts.ts';
import { callerOf } from './session.ts';
import { eventsView, versionSummary, versionView } from './version-view.ts';

const tags = ['agreements'];
const agreement = z.object({ id: z.string().max(64) });
const number = z.coerce.number().int().min(1).max(1_000_000);
const version = agreement.extend({ version: number });
const reason = z.string().min(1).max(2000);
const because = z.object({ reason });
/** Texts and areas are larger than what else is sent here. */
const LARGE = 2 * 1024 * 1024;

/** Versions of agreements from draft to end. What you may not know of is not there. */
export const versionRoutes =
  (parts: Parts): FastifyPluginAsyncZod =>
  async (app) => {
    const { agreements } = parts.authority;
    const at = (summary: string) => ({ schema: { summary, tags, params: version } });

    app.get(
      '/api/proposals',
      { schema: { summary: 'Drafts of your party, and what was proposed to it, not in force yet', tags } },
      async (request) => ({
        proposals: agreements
          .visible(callerOf(request).officer)
          .filter(({ state }) => ['draft', 'proposed', 'signed', 'approved'].includes(state.phase))
          .map((one) => ({ ...versionSummary(one), beingChecked: agreements.isBeingChecked(one) })),
      }),
    );

    app.post(
      '/api/proposals',
      {
        bodyLimit: LARGE,
        schema: {
          summary: 'Draft a version; known to your party alone until it is proposed',
          tags,
          body: z.object({
            text: z.string().max(200_000),
            files: z.record(z.string().max(200), z.string().max(1_000_000)).default({}),
          }),
        },
      },
      async (request, reply) => {
        const { text, files } = request.body;
        const { version: drafted, findings } = await agreements.draft(callerOf(request).officer, text, files);
        reply.code(drafted ? 201 : 422);
        return { ...(drafted && versionView(drafted)), findings };
      },
    );

    app.get(
      '/api/agreements/:id/versions',
      { schema: { summary: 'Its versions, the oldest first', tags, params: agreement } },
      async (request) => ({
        versions: agreements.visible(callerOf(request).officer, request.params.id).map(versionSummary),
      }),
    );

    app.get(
      '/api/agreements/:id/versions/:version',
      at('A version with its text and terms in words'),
      async (request) => {
        const { id, version: n } = request.params;
        return versionView(agreements.version(callerOf(request).officer, id, n));
      },
    );

    app.get(
      '/api/agreements/:id/versions/:version/events',
      at('What has happened to it'),
      async (request) => {
        const { id, version: n } = request.params;
        return { events: eventsView(agreements.version(callerOf(request).officer, id, n)) };
      },
    );

    app.get(
      '/api/agreements/:id/diff',
      {
        schema: {
          summary: 'What a version changes of another',
          tags,
          params: agreement,
          querystring: z.object({ from: number, to: number }),
        },
      },
      async (request) => {
        const { officer } = callerOf(request);
        const of = (n: number) => agreements.version(officer, request.params.id, n).terms;
        return { changes: diffTerms(of(request.query.from), of(request.query.to)) };
      },
    );

    app.post(
      '/api/agreements/:id/versions/:version/propose',
      at('Propose a draft to its parties'),
      async (request) => {
        const { id, version: n } = request.params;
        return versionSummary(await agreements.propose(callerOf(request).officer, id, n));
      },
    );

    app.post(
      '/api/agreements/:id/versions/:version/withdraw',
      {
        schema: { summary: 'Take back a version that is not in force', tags, params: version, body: because },
      },
      async (request) => {
        const { id, version: n } = request.params;
        return versionSummary(
          await agreements.withdraw(callerOf(request).officer, id, n, request.body.reason),
        );
      },
    );

    app.post(
      '/api/agreements/:id/versions/:version/signatures',
      {
        schema: {
          summary: "Hand in your party's signature (JWS, Ed25519), made on its own side",
          tags,
          params: version,
          body: z.object({ jws: z.string().max(8192) }),
        },
      },
      async (request) => {
        const { id, version: n } = request.params;
        return versionSummary(await agreements.sign(callerOf(request).officer, id, n, request.body.jws));
      },
    );

    app.post(
      '/api/agreements/:id/versions/:version/approvals',
      at(
        'Approve for the authority; with the quorum it is checked and put in force, or refused with reasons',
      ),
      async (request) => {
        const { id, version: n } = request.params;
        return versionSummary(await agreements.approve(callerOf(request).officer, id, n));
      },
    );

    app.post(
      '/api/agreements/:id/versions/:version/activate',
      at('Check an approved version again and put it in force'),
      async (request) => {
        const { id, version: n } = request.params;
        return versionSummary(await agreements.activate(callerOf(request).officer, id, n));
      },
    );

    app.post(
      '/api/agreements/:id/suspend',
      {
        schema: {
          summary: 'Suspend at once; one party or the authority is enough',
          tags,
          params: agreement,
          body: because,
        },
      },
      async (request) =>
        agreements.suspend(callerOf(request).officer, request.params.id, request.body.reason),
    );

    app.post(
      '/api/agreements/:id/resume',
      {
        schema: {
          summary: 'Agree that it goes on; takes all parties and the quorum',
          tags,
          params: agreement,
        },
      },
      async (request) => {
        const { version: now, enacted } = await agreements.resume(
          callerOf(request).officer,
          request.params.id,
        );
        return { ...versionSummary(now), ...(enacted && { epoch: enacted.epoch }) };
      },
    );

    app.post(
      '/api/agreements/:id/notice',
      {
        schema: {
          summary: 'Give notice: it ends at that instant by itself',
          tags,
          params: agreement,
          body: because.extend({ effective: z.iso.datetime() }),
        },
      },
      async (request) =>
        agreements.notice(
          callerOf(request).officer,
          request.params.id,
          Date.parse(request.body.effective),
          request.body.reason,
        ),
    );

    app.post(
      '/api/agreements/:id/terminate',
      {
        schema: {
          summary: 'End it at once; one party or the authority is enough',
          tags,
          params: agreement,
          body: because,
        },
      },
      async (request) =>
        agreements.terminate(callerOf(request).officer, request.params.id, request.body.reason),
    );
  };
