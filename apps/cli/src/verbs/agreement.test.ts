import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const main = fileURLToPath(new URL('../main.ts', import.meta.url));
const dir = mkdtempSync(join(tmpdir(), 'concord-agreement-'));
after(() => rmSync(dir, { recursive: true }));

interface Result {
  readonly code: number;
  readonly out: string;
  readonly err: string;
  readonly lines: readonly Record<string, unknown>[];
}

async function concord(...args: string[]): Promise<Result> {
  const run = promisify(execFile)(process.execPath, [main, ...args], { cwd: dir });
  const { code, stdout, stderr } = await run.then(
    (done) => ({ code: 0, ...done }),
    (failed: { code: number; stdout: string; stderr: string }) => failed,
  );
  const lines = stdout.split('\n').filter((line) => line.startsWith('{'));
  const values = args[1] === 'cedar' ? [] : lines.map((line) => JSON.parse(line) as Record<string, unknown>);
  return { code, out: stdout, err: stderr, lines: values };
}

const AGREEMENT = `agreement: harbour
version: 1
title: Harbour arrangement
parties:
  elm: { name: Elm Port, policy: ELM }
  fir: { name: Fir Navy, policy: FIR }
authority: { name: Board, quorum: all }
inForce: { from: 2027-01-01, until: 2028-01-01 }
equivalence:
  - { elm: CLOSED, fir: SECRET }
  - { elm: OPEN,   fir: OPEN }
areas: { roads: areas/roads.geojson }
assurances:
  own-use: { by: fir, to: elm, text: For own use, ifBreached: { suspend: [ships] } }
clauses:
  ships:
    from: elm
    to: fir
    covers: [ais.position]
    ceiling: OPEN
    within: roads
    obligations: { position: { h3: 6 }, delay: PT10M }
`;
const WORLD = {
  readers: [
    { name: 'finn', party: 'fir', grants: [{ level: 'SECRET' }] },
    { name: 'ella', party: 'elm', home: { level: 'CLOSED' } },
    { name: 'mallory', party: 'fir' },
  ],
  items: [
    {
      name: 'ship',
      kind: 'ais.position',
      originators: ['elm'],
      label: { policy: 'ELM', classification: 'OPEN', dataMode: 'REAL' },
      place: { point: { lat: 52, lon: 4 } },
    },
    {
      name: 'secret ship',
      kind: 'ais.position',
      originators: ['elm'],
      label: { policy: 'ELM', classification: 'CLOSED', caveats: ['NOFORN'], dataMode: 'REAL' },
      place: { point: { lat: 52, lon: 4 } },
    },
  ],
};
const roads = '{"type":"Polygon","coordinates":[[[3,51],[5,51],[5,53],[3,53],[3,51]]]}';

mkdirSync(join(dir, 'areas'));
const put = (name: string, text: string) => writeFileSync(join(dir, name), text);
put('areas/roads.geojson', roads);
put('good.yaml', AGREEMENT);
put(
  'bad.yaml',
  AGREEMENT.replace('h3: 6', 'h3: 60').replace('ceiling: OPEN', 'ceiling: SECRET\n    unless: asked'),
);
put(
  'next.yaml',
  AGREEMENT.replace('version: 1', 'version: 2').replace('h3: 6', 'h3: 8').replace('title: H', 'title: New h'),
);
put('world.json', JSON.stringify(WORLD));

test('a good agreement has no findings, and is said in plain words', async () => {
  const { code, out, err } = await concord('agreement', 'check', 'good.yaml');
  assert.deepEqual([code, out], [0, '']);
  assert.match(err, /Elm Port lets Fir Navy have vessel positions up to ELM OPEN within the area roads/);
  assert.match(err, /Digest [0-9a-f]{64}/);
});

test('a bad agreement has a finding a line, each with its place', async () => {
  const { code, lines } = await concord('agreement', 'check', 'bad.yaml');
  assert.equal(code, 1);
  assert.deepEqual(
    lines.map(({ code: what, line, column }) => [what, line, column]),
    [
      ['unknown-level', 20, 14],
      ['unknown-key', 21, 5],
      ['bad-value', 23, 36],
    ],
  );
});

test('with the policy of its owner, a table is checked against it', async () => {
  put('fir.json', '{"id":"FIR","levels":["SECRET","OPEN"]}');
  const { code, lines } = await concord('agreement', 'check', 'good.yaml', '--policy', 'fir.json');
  assert.equal(code, 1);
  assert.equal(lines[0]?.['code'], 'bad-value');
});

test('the Cedar text has a permit for the clause, and the schema is JSON', async () => {
  const { code, out } = await concord('agreement', 'cedar', 'good.yaml');
  assert.equal(code, 0);
  assert.match(out, /@id\("harbour\/1\/ships"\)[\s\S]*?\npermit \(/);
  const schema = await concord('agreement', 'cedar', '--schema');
  assert.ok('Concord' in (JSON.parse(schema.out) as object));
});

test('a simulation says who sees what and why', async () => {
  const { code, lines } = await concord('agreement', 'simulate', 'good.yaml', '--world', 'world.json');
  assert.equal(code, 0);
  assert.deepEqual(
    lines.map(({ item, reader, verdict }) => `${item}, ${reader}: ${verdict}`),
    [
      'ship, finn: release',
      'ship, ella: release',
      'ship, mallory: deny',
      'secret ship, finn: deny',
      'secret ship, ella: release',
      'secret ship, mallory: deny',
    ],
  );
  assert.deepEqual(lines[0]?.['obligations'], { position: { h3: 6 }, delay: 'PT10M' });
  assert.match(String(lines[0]?.['why']), /^ships: Elm Port lets/);
  assert.deepEqual(lines[1]?.['why'], ['elm originated it']);
  assert.match(String(lines[2]?.['why']), /no valid grant under harbour/);
  assert.match(String(lines[3]?.['why']), /NOFORN/);
});

test('what happens to an agreement changes what is seen', async () => {
  for (const more of [
    { at: '2028-01-01T00:00:00Z' },
    { suspended: true },
    { assurances: { 'own-use': 'breached' } },
  ]) {
    put('other.json', JSON.stringify({ ...WORLD, ...more }));
    const { lines } = await concord('agreement', 'simulate', 'good.yaml', '--world', 'other.json');
    assert.equal(lines[0]?.['verdict'], 'deny', JSON.stringify(more));
  }
});

test('a difference is said in words, and as verdicts', async () => {
  const { code, lines } = await concord(
    'agreement',
    'diff',
    'good.yaml',
    'next.yaml',
    '--world',
    'world.json',
  );
  assert.equal(code, 0);
  assert.deepEqual(
    lines.map(({ change, what, name, effect, item, reader }) => [
      change,
      what ?? effect,
      name ?? item,
      reader,
    ]),
    [
      ['changed', 'title', undefined, undefined],
      ['changed', 'clause', 'ships', undefined],
      ['verdict', 'widens', 'ship', 'finn'],
    ],
  );
  const same = await concord('agreement', 'diff', 'good.yaml', 'good.yaml', '--world', 'world.json');
  assert.deepEqual([same.code, same.out], [0, '']);
});

const refused: [string, string[], RegExp][] = [
  ['no file', ['agreement', 'check'], /takes one file/],
  ['a file that is not there', ['agreement', 'check', 'none.yaml'], /no such file/],
  [
    'an agreement with findings',
    ['agreement', 'simulate', 'bad.yaml', '--world', 'world.json'],
    /bad.yaml:21:5 unknown-key/,
  ],
  ['no world', ['agreement', 'simulate', 'good.yaml'], /--world/],
  ['a world that is no JSON', ['agreement', 'simulate', 'good.yaml', '--world', 'good.yaml'], /not JSON/],
  ['one agreement to compare', ['agreement', 'diff', 'good.yaml'], /two agreements/],
  ['an unknown option', ['agreement', 'cedar', 'good.yaml', '--fast'], /fast/],
];
for (const [what, args, why] of refused) {
  test(`${what} is bad usage`, async () => {
    const { code, out, err } = await concord(...args);
    assert.deepEqual([code, out], [2, '']);
    assert.match(err, why);
  });
}

const slips: [string, object, RegExp][] = [
  ['an unknown key', { ...WORLD, reader: [] }, /"reader" is not known/],
  ['an unknown assurance', { ...WORLD, assurances: { 'no-use': 'live' } }, /no assurance "no-use"/],
  ['an unknown kind', { items: [{ ...WORLD.items[0], kind: 'ais' }] }, /items\[0\]\.kind: is one of/],
  [
    'a wrong label',
    { items: [{ ...WORLD.items[0], label: { policy: 'ELM' } }] },
    /items\[0\]\.label: classification/,
  ],
  ['a reader without party', { readers: [{ name: 'x' }] }, /readers\[0\]\.party/],
];
for (const [what, world, why] of slips) {
  test(`a world with ${what} is bad input, said at its place`, async () => {
    put('slip.json', JSON.stringify(world));
    const { code, err } = await concord('agreement', 'simulate', 'good.yaml', '--world', 'slip.json');
    assert.equal(code, 2);
    assert.match(err, why);
  });
}

test('a check warns of what is hardly meant, says by what each line is held, and has status 1 for either', async () => {
  put(
    'hardly.yaml',
    `${AGREEMENT}  again:
    from: elm
    to: fir
    covers: [ais.position]
    ceiling: OPEN
    within: roads
    obligations: { position: { h3: 6 }, delay: PT10M }
never:
  - { release: { kind: ais.position, dataMode: TEST } }
  - { release: { kind: report } }
`,
  );
  const { code, lines, err } = await concord('agreement', 'check', 'hardly.yaml');
  assert.equal(code, 1);
  assert.deepEqual(
    lines.map(({ code: what, severity, line }) => [what, severity, line]),
    // `again` depends on no assurance, and permits whatever `ships` does.
    [['shadowed', 'warning', 17]],
  );
  assert.match(
    err,
    /dataMode TEST.*held only because this line stops it: elm holds vessel positions.*clause ships/,
  );
  assert.match(err, /kind report to any-other-party: held by the clauses themselves/);
  // What is warned of can be executed.
  const simulated = await concord('agreement', 'simulate', 'hardly.yaml', '--world', 'world.json');
  assert.equal(simulated.code, 0);
});

test('who is of a third state, or not confirmed lately, sees nothing where the agreement asks', async () => {
  const asks = `${AGREEMENT}access: { fir: { confirmation: P90D, nationals: [AA] } }\n`;
  put('asks.yaml', asks);
  const reader = (name: string, nationality: string, confirmed: boolean) => ({
    name,
    party: 'fir',
    nationality,
    grants: [{ level: 'SECRET', confirmed }],
  });
  const readers = [reader('ann', 'AA', true), reader('bob', 'BB', true), reader('cid', 'AA', false)];
  put('readers.json', JSON.stringify({ items: [WORLD.items[0]], readers }));
  const { lines } = await concord('agreement', 'simulate', 'asks.yaml', '--world', 'readers.json');
  assert.deepEqual(
    lines.map((one) => one['verdict']),
    ['release', 'deny', 'deny'],
  );
});
