import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { PartyId } from '@concord/label';
import { demoLabel } from '@concord/server';
import { assertProblem, type Json, type TestNode, testNode } from './harness.ts';

let t: TestNode;
let text: string;
const areas: Record<string, string> = {};

before(async () => {
  t = await testNode();
  const [given] = t.node.config.agreements;
  text = given!.text;
  for (const name of ['corridor', 'approaches']) {
    const path = `areas/${name}.geojson`;
    areas[path] = given!.file(path)!;
  }
  const ts = new Date().toISOString();
  const give = (party: string, feed: string, count: number, lat: number) =>
    t.node.intake
      .open({ party: party as PartyId, feed, source: 'test', format: 'test', label: demoLabel(party) })
      .accept(
        Array.from({ length: count }, (_, i) => ({
          kind: party === 'birch' ? ('ais.position' as const) : ('gnss.position' as const),
          time: Date.now(),
          series: String(i),
          place: { point: { lat, lon: -41 } },
          record: { mmsi: i, receiver: String(i), ts, lat, lon: -41 },
        })),
      );
  await give('birch', 'ships', 30, 32);
  await give('alder', 'inside', 20, 32);
  await give('alder', 'outside', 7, 50);
});
after(() => t.close());

const version2 = (change: (text: string) => string) => change(text.replace('version: 1', 'version: 2'));
const ask = async (officer: string, draft: string, files = areas): Promise<Json> => {
  const answer = await t.ask(officer, '/api/agreements/what-if', { text: draft, areas: files });
  assert.equal(answer.status, 200, answer.text);
  return answer.body;
};
const told = (body: Json) =>
  (body['verdicts'] as Json[]).map(({ effect, kind, count, readers, before: b, after: a }) => ({
    effect,
    kind,
    count,
    readers,
    before: b,
    after: a,
  }));

test('a finer cell is told to the party that gives it, with what it holds and who would see it', async () => {
  const draft = version2((it) =>
    it.replace('{ position: { h3: 6 } }\n  vessel-part', '{ position: { h3: 8 } }\n  vessel-part'),
  );
  const body = await ask('ben@birch', draft);
  assert.deepEqual(
    [body['before'], body['version'], body['items'], body['supposedGrants']],
    [1, 2, 30, false],
  );
  const [row, ...more] = told(body);
  assert.deepEqual(more, []);
  assert.deepEqual(
    { ...row, before: /hexagon/.test(String(row?.before)), after: /hexagon/.test(String(row?.after)) },
    { effect: 'widens', kind: 'ais.position', count: 30, readers: ['ada@alder'], before: true, after: true },
  );
  assert.ok(
    (body['terms'] as Json[]).some((one) => one['what'] === 'clause' && one['name'] === 'vessel-tracks'),
  );
  // The other side sees the terms; of items it is told of its own alone, and none of these changes.
  const other = await ask('ada@alder', draft);
  assert.deepEqual([other['items'], told(other)], [27, []]);
  assert.deepEqual(other['terms'], body['terms']);
});

test('another geometry of an area is judged by where the items lie', async () => {
  const wide = JSON.stringify({
    type: 'Polygon',
    coordinates: [
      [
        [-60, 10],
        [-20, 10],
        [-20, 60],
        [-60, 60],
        [-60, 10],
      ],
    ],
  });
  const away = wide.replaceAll('-60', '10').replaceAll('-20', '40');
  const draft = version2((it) => it);
  const more = told(await ask('ada@alder', draft, { ...areas, 'areas/corridor.geojson': wide }));
  assert.deepEqual(more, [
    {
      effect: 'widens',
      kind: 'gnss.position',
      count: 7,
      readers: ['ben@birch'],
      before: 'not released',
      after: 'as it is',
    },
  ]);
  const less = told(await ask('ada@alder', draft, { ...areas, 'areas/corridor.geojson': away }));
  assert.deepEqual(
    less.map(({ effect, count }) => [effect, count]),
    [['narrows', 20]],
  );
});

test('under a new agreement each officer is supposed to have a grant', async () => {
  const draft = text.replace('agreement: strait-watch', 'agreement: new-watch').replaceAll('h3: 6', 'h3: 9');
  const body = await ask('ben@birch', draft);
  assert.deepEqual([body['before'], body['supposedGrants'], body['terms']], [undefined, true, []]);
});

test('a text with findings says them, and nothing is computed', async () => {
  const body = await ask('ben@birch', text.replace('ceiling: OFFICIAL', 'ceiling: NOWHERE'));
  assert.deepEqual(Object.keys(body), ['findings']);
  assert.equal((body['findings'] as Json[])[0]?.['code'], 'unknown-level');
  assert.deepEqual(
    ((await ask('ben@birch', text, {}))['findings'] as Json[]).map((one) => one['code']),
    ['bad-area', 'bad-area'],
  );
});

test('whoever is no party to a text learns nothing from it, the authority its terms', async () => {
  const draft = { text, areas };
  assertProblem(await t.ask('out@cedar', '/api/agreements/what-if', draft), 403, 'forbidden');
  // Nor does a party to another text of the same name learn that there is one already.
  const own = text
    .replaceAll('birch', 'cedar')
    .replaceAll('BIRCH', 'CEDAR')
    .replace(/equivalence:\n(.*\n)*?areas:/, 'equivalence:\n  - { alder: SECRET, cedar: SECRET }\nareas:')
    .replaceAll('ceiling: OFFICIAL', 'ceiling: INTERNAL');
  const body = await ask('out@cedar', own);
  assert.deepEqual(
    [body['before'], body['items'], body['verdicts']],
    [undefined, 0, []],
    JSON.stringify(body),
  );
  const chair = await ask(
    'chair@authority',
    version2((it) => it.replace('ceiling: OFFICIAL', 'ceiling: SECRET')),
  );
  assert.ok((chair['terms'] as Json[]).length > 0);
  assert.deepEqual([chair['items'], chair['verdicts']], [0, []]);
});
