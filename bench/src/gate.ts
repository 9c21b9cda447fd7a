import { readAgreement } from '@concord/agreement';
import { Matrix, type ReleaseFacts, type SubjectFacts, type World, whatIf } from '@concord/gate';
import type { AgreementId, PartyId, PolicyId } from '@concord/label';
import { type Figure, figure, timed } from './figure.ts';
import { narrowing } from './narrow.ts';

const CLASSES = 500;
const READERS = 100;

/** A world with twenty clauses between four parties. */
function world(): World {
  const kinds = ['ais.position', 'gnss.position', 'eo.detection', 'ais.static', 'orbit.elset'];
  const parties = ['alder', 'birch', 'cedar', 'dogwood'];
  const clauses = parties.flatMap((from, i) =>
    kinds.map((kind, k) => {
      const to = parties[(i + 1 + (k % 3)) % 4];
      return `  c${i}-${k}: { from: ${from}, to: ${to}, covers: [${kind}], ceiling: SECRET, purposes: [p${k % 3}] }`;
    }),
  );
  const text = `agreement: bench
version: 1
title: Bench
parties:
${parties.map((one) => `  ${one}: { name: ${one}, policy: ${one.toUpperCase()} }`).join('\n')}
authority: { name: Authority, quorum: all }
inForce: { from: 2020-01-01, until: 2100-01-01 }
equivalence:
${['SECRET', 'CONFIDENTIAL', 'RESTRICTED'].map((level) => `  - { ${parties.map((one) => `${one}: ${level}`).join(', ')} }`).join('\n')}
clauses:
${clauses.join('\n')}
never:
  - { release: { caveat: NOFORN }, to: any-other-party }
`;
  const { terms, findings } = readAgreement(text, { file: () => undefined });
  if (!terms) throw new Error(findings.map((one) => one.message).join());
  const levels = ['RESTRICTED', 'CONFIDENTIAL', 'SECRET'];
  return {
    epoch: 1,
    policies: new Map(
      parties.map((one) => [one.toUpperCase() as PolicyId, { id: one.toUpperCase() as PolicyId, levels }]),
    ),
    agreements: [{ terms, standing: 'in-force', assurances: new Map() }],
  };
}

function classes(): ReleaseFacts[] {
  const parties = ['alder', 'birch', 'cedar', 'dogwood'];
  const kinds = ['ais.position', 'gnss.position', 'eo.detection', 'ais.static', 'orbit.elset'] as const;
  return Array.from({ length: CLASSES }, (_, i) => ({
    policy: parties[i % 4]!.toUpperCase() as PolicyId,
    classification: ['RESTRICTED', 'CONFIDENTIAL', 'SECRET'][i % 3]!,
    categories: i % 5 === 0 ? [{ tagSet: 'SAR', type: 'PERMISSIVE' as const, values: [`V${i % 7}`] }] : [],
    caveats: i % 11 === 0 ? ['NOFORN'] : [],
    purposes: [],
    dataMode: 'EXERCISE',
    kind: kinds[i % 5]!,
    originators: [parties[i % 4] as PartyId],
    areas: [`area-${i}`],
    consents: [],
    state: 'normal',
  }));
}

function readers(count: number): SubjectFacts[] {
  const parties = ['alder', 'birch', 'cedar', 'dogwood'];
  return Array.from({ length: count }, (_, i) => ({
    party: parties[i % 4] as PartyId,
    roles: ['officer'],
    home: { level: 'SECRET', compartments: [] },
    grants: [
      {
        agreement: 'bench' as AgreementId,
        level: ['RESTRICTED', 'CONFIDENTIAL', 'SECRET'][i % 3]!,
        compartments: [`SAR:V${i % 7}`],
        purposes: ['p0', 'p1', 'p2'],
      },
    ],
    purposes: i % 2 === 0 ? [] : [`p${i % 3}`],
    door: 'api',
  }));
}

/** Fills a matrix of 500 release classes and 100 subject classes from nothing. */
export async function gate(): Promise<Figure[]> {
  const [where, items, subjects] = [world(), classes(), readers(READERS)];
  const refill = () => {
    const matrix = new Matrix();
    for (const [r, item] of items.entries()) {
      for (const [s, reader] of subjects.entries()) matrix.fill(where, r + 1, item, s + 1, reader);
    }
    return matrix;
  };
  refill();
  const times: number[] = [];
  for (let i = 0; i < 25; i++) times.push(await timed(refill));
  const matrix = refill();
  let released = 0;
  for (const r of items.keys())
    for (const s of subjects.keys()) if (matrix.verdict(r + 1, s + 1) !== 0) released++;
  return [
    ...(await narrowing()),
    await amendment(where, items),
    figure({
      bench: 'gate',
      figure: `refill of ${CLASSES} x ${READERS} cells`,
      unit: 'ms',
      values: times,
      budget: '< 200 ms',
      keeps: (ms) => ms < 200,
      detail: { released, cells: CLASSES * READERS },
    }),
  ];
}

const STORED = 100_000;
const OFFICERS = 1000;

/** What a version with a lower ceiling and without one kind changes for everything stored and everybody cleared. */
async function amendment(before: World, some: readonly ReleaseFacts[]): Promise<Figure> {
  const [state] = before.agreements;
  if (!state) throw new Error('the world has no agreement');
  const clauses = state.terms.clauses
    .filter(({ covers }) => !covers.includes('eo.detection'))
    .map((one) => ({ ...one, ceiling: 'CONFIDENTIAL' }));
  const terms = { ...state.terms, version: 2, clauses };
  const after = { ...before, agreements: [{ ...state, terms }] };
  const items = Array.from({ length: STORED }, (_, i) => some[i % some.length]!);
  const officers = readers(OFFICERS).map((one, i) => ({
    ...one,
    grants: one.grants.map((grant) => ({ ...grant, purposes: [...grant.purposes, `own-${i}`] })),
  }));
  const times: number[] = [];
  let changed = 0;
  for (let i = 0; i < 11; i++) {
    times.push(
      await timed(() => {
        const changes = whatIf(before, after, items, officers);
        changed = changes.reduce((sum, one) => sum + one.items.length * one.readers.length, 0);
      }),
    );
  }
  return figure({
    bench: 'gate',
    figure: `what an amendment changes, ${STORED} items in ${CLASSES} classes x ${OFFICERS} officers in as many`,
    unit: 'ms',
    values: times,
    budget: '< 2000 ms',
    keeps: (ms) => ms < 2000,
    detail: { changed },
  });
}
