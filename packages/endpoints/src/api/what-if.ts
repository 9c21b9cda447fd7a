import { diffTerms, obligationsInWords, readAgreement, type Terms } from '@concord/agreement';
import {
  type AgreementState,
  type Release,
  type ReleaseFacts,
  type SubjectFacts,
  type VerdictChange,
  type World,
  whatIf,
} from '@concord/gate';
import type { OfficerId } from '@concord/label';
import type { FastifyPluginAsyncZod } from 'fastify-type-provider-zod';
import { z } from 'zod';
import { principal } from '../caller.ts';
import type { Parts } from '../parts.ts';
import { Problem } from '../problem.ts';
import { callerOf } from './session.ts';

const DRAFT_BYTES = 1024 * 1024;
const MOST_AREAS = 50;

interface Who {
  readonly officer: OfficerId;
  readonly facts: SubjectFacts;
}

/** The state of a draft as if it were in force with everything kept: what is asked is what its text would do. */
const asInForce = (terms: Terms): AgreementState => ({
  terms,
  standing: 'in-force',
  assurances: new Map(terms.assurances.map(({ id }) => [id, 'live'])),
});

/**
 * The officers whose grants the viewer may know, at each way for data. Where nobody has a grant under it yet, as if
 * each of its parties' officers had one for what it is cleared for at home.
 */
function readersOf(parts: Parts, viewer: OfficerId, terms: Terms): { who: Who[]; supposed: boolean } {
  const grants = parts.authority.grants.views(viewer).filter(({ state }) => state === 'active');
  const under = grants.filter(({ grant }) => grant.agreement === terms.id);
  const supposed = under.length === 0;
  const officers = [...new Set((supposed ? grants : under).map(({ grant }) => grant.officer))].sort();
  const purposes = [...new Set(terms.clauses.flatMap((one) => one.purposes))].sort();
  const who = officers.flatMap((officer): Who[] => {
    const facts = parts.release.standing.officer(officer);
    if (!facts || !terms.parties.some(({ id }) => id === facts.party)) return [];
    const grant = { agreement: terms.id, ...facts.home, purposes };
    const all = supposed ? { ...facts, grants: [...facts.grants, grant] } : facts;
    return (['api', 'live'] as const).map((door) => ({ officer, facts: { ...all, purposes: [], door } }));
  });
  return { who, supposed };
}

/** `ben@birch`, or `ben@birch (live)` where it concerns one way for data only. */
function names(who: readonly Who[], positions: readonly number[]): string[] {
  const doors = new Map<string, string[]>();
  for (const at of positions) {
    const { officer, facts } = who[at]!;
    doors.set(officer, [...(doors.get(officer) ?? []), facts.door]);
  }
  return [...doors].map(([officer, some]) => (some.length > 1 ? officer : `${officer} (${some[0]})`));
}

const inWords = (release: Release | undefined): string =>
  release ? obligationsInWords(release.obligations) : 'not released';

const clausesOf = (release: Release | undefined): string[] =>
  (release?.permits ?? []).flatMap((one) => ('home' in one ? [] : [one.clause]));

/** What a change concerns, apart from where exactly the items lie: places are told as inside an area or not. */
function subjectOf(facts: ReleaseFacts, areas: ReadonlyMap<string, string>) {
  const { kind, classification, dataMode, caveats, categories, state } = facts;
  const within = [
    ...new Set(facts.areas.flatMap((one) => (one.includes('#') ? [] : (areas.get(one) ?? [])))),
  ];
  return { kind, classification, dataMode, caveats, categories, state, within };
}

/** Changes of items that look the same to a person, added up. */
function rows(
  changes: readonly VerdictChange[],
  items: readonly { facts: ReleaseFacts; count: number }[],
  who: readonly Who[],
  areas: ReadonlyMap<string, string>,
) {
  const found = new Map<string, { count: number; row: object }>();
  for (const { items: some, readers, before, after, effect } of changes) {
    const count = some.reduce((sum, at) => sum + items[at]!.count, 0);
    const row = {
      effect,
      ...subjectOf(items[some[0]!]!.facts, areas),
      readers: names(who, readers),
      before: inWords(before),
      after: inWords(after),
      clausesBefore: clausesOf(before),
      clausesAfter: clausesOf(after),
    };
    const key = JSON.stringify(row);
    const known = found.get(key);
    if (known) known.count += count;
    else found.set(key, { count, row });
  }
  return [...found.values()]
    .map(({ count, row }) => ({ ...row, count }))
    .sort((a, b) => b.count - a.count)
    .slice(0, 500);
}

/** What a text of an agreement would change if it were in force, over what the viewer's own party holds. */
export const whatIfRoutes =
  (parts: Parts): FastifyPluginAsyncZod =>
  async (app) => {
    app.post(
      '/api/agreements/what-if',
      {
        bodyLimit: DRAFT_BYTES,
        schema: {
          summary: 'What a draft would change: its terms, and who would see what of your own items',
          tags: ['agreements'],
          body: z.object({
            text: z.string().max(262_144),
            areas: z
              .record(z.string().max(200), z.string().max(262_144))
              .optional()
              .describe('Texts of the files that the draft names as areas, by their path.'),
          }),
        },
      },
      async (request) => {
        const caller = callerOf(request);
        const { text, areas = {} } = request.body;
        if (Object.keys(areas).length > MOST_AREAS)
          throw new Problem('bad-request', `areas: more than ${MOST_AREAS}`);
        const { world } = parts.release.standing;
        const known = parts.authority.current(caller.officer);
        const file = (path: string) => (Object.hasOwn(areas, path) ? areas[path] : undefined);
        const { terms, findings } = readAgreement(text, { file, policies: world.policies });
        if (!terms) return { findings };
        const viewer = parts.authority.officer(caller.officer);
        const concerned =
          viewer?.roles.includes('authority') || terms.parties.some(({ id }) => id === viewer?.party);
        if (!concerned) throw new Problem('forbidden', 'your party is no party to this text');
        // One of the same name that the viewer may not know of is none.
        const current = known.find((one) => one.terms.id === terms.id)?.terms;
        const rest = world.agreements.filter((one) => one.terms.id !== current?.id);
        const after: World = { ...world, agreements: [...rest, asInForce(terms)] };
        const reader = await parts.release.admit(principal(caller, 'api'));
        try {
          const held = await parts.release.holdings(reader, after);
          const items = held.filter(({ unplaced }) => !unplaced);
          const { who, supposed } = readersOf(parts, caller.officer, terms);
          const facts = items.map((one) => one.facts);
          const readers = who.map((one) => one.facts);
          const areaNames = new Map(
            [...terms.areas, ...(current?.areas ?? [])].map((one) => [one.hash, one.name]),
          );
          return {
            findings,
            agreement: terms.id,
            version: terms.version,
            ...(current && { before: current.version }),
            terms: current ? diffTerms(current, terms) : [],
            verdicts: rows(whatIf(world, after, facts, readers), items, who, areaNames),
            items: items.reduce((sum, one) => sum + one.count, 0),
            unplaced: held.reduce((sum, one) => sum + (one.unplaced ? one.count : 0), 0),
            officers: new Set(who.map(({ officer }) => officer)).size,
            supposedGrants: supposed,
          };
        } finally {
          reader.close();
        }
      },
    );
  };
