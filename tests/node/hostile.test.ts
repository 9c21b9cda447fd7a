import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { encodeSentences } from '@concord/ais';
import { encodeFrame } from '@concord/gnss';
import type { PartyId } from '@concord/label';
import { demoLabel } from '@concord/server';
import { assertProblem, type Json, pause, type TestNode, testNode, until } from './harness.ts';

let t: TestNode;
before(async () => {
  t = await testNode();
});
after(() => t.close());

const text = (lines: string): Uint8Array => Buffer.from(lines, 'latin1');
const items = (answer: { body: Json }) => answer.body['items'] as Json[];
const healthy = async () => assert.equal((await fetch(`${t.node.url}/healthz`)).status, 200);
const SHIP = { type: 1, mmsi: 211_000_001, lat: 25.5, lon: 56.5, speed: 10 } as const;
const GOOD_AIS = `${encodeSentences(SHIP).join('\r\n')}\r\n`;
const GOOD_TLE =
  'VANGUARD 1\n' +
  '1 00005U 58002B   00179.78495062  .00000023  00000-0  28098-4 0  4753\n' +
  '2 00005  34.2682 348.7242 1859667 331.7664  19.3264 10.82419157413667\n';

/** A sentence whose checksum is right, whatever it says. */
function sentence(body: string): string {
  let sum = 0;
  for (const byte of Buffer.from(body, 'latin1')) sum ^= byte;
  return `!${body}*${sum.toString(16).toUpperCase().padStart(2, '0')}\r\n`;
}

const noise = (length: number, seed: number) =>
  Uint8Array.from({ length }, (_, i) => (Math.imul(i + seed, 2_654_435_761) >>> 11) & 255);
const joined = (...parts: Uint8Array[]): Uint8Array => Buffer.concat(parts);
const broken = (bytes: Uint8Array, at: number): Uint8Array => {
  const copy = Uint8Array.from(bytes);
  copy[at] = (copy[at] ?? 0) ^ 0x55;
  return copy;
};
/** A frame that is whole and checks, of a message type with arbitrary content. */
const frame = (type: number, content: Uint8Array) =>
  encodeFrame(joined(Uint8Array.of(type >> 4, ((type & 15) << 4) | (content[0] ?? 0)), content));

const omm = (fields: string) => text(`[{"OBJECT_NAME":"X","NORAD_CAT_ID":5,${fields}}]`);

/** Recordings that nobody should have sent; each ends up in quarantine. */
const HOSTILE: readonly (readonly [string, string, Uint8Array])[] = [
  ['rtcm-truncated', 'rtcm3', frame(1019, noise(59, 1)).subarray(0, 30)],
  ['rtcm-corrupted', 'rtcm3', broken(joined(frame(1005, noise(17, 2)), frame(1005, noise(17, 3))), 12)],
  ['rtcm-all-ones', 'rtcm3', frame(1077, new Uint8Array(300).fill(255))],
  ['rtcm-cells', 'rtcm3', frame(1127, new Uint8Array(1000).fill(255))],
  ['rtcm-short', 'rtcm3', joined(frame(1042, new Uint8Array(1)), frame(1077, new Uint8Array(3)))],
  ['rtcm-noise', 'rtcm3', joined(noise(5000, 4), new Uint8Array(3000).fill(0xd3))],
  ['ais-truncated', 'ais', text(GOOD_AIS.slice(0, 25))],
  ['ais-corrupted', 'ais', text(GOOD_AIS.replace(/\*../, '*ZZ'))],
  ['ais-parts', 'ais', text(sentence('AIVDM,9,1,3,A,15M,0') + sentence('AIVDM,0,5,,A,15M,0'))],
  ['ais-letters', 'ais', text(sentence('AIVDM,1,1,,A,\u00ff\u0000~~~,7'))],
  ['ais-short', 'ais', text(sentence('AIVDM,1,1,,A,1,0') + sentence('AIVDM,1,1,,A,5,5'))],
  ['ais-endless', 'ais', new Uint8Array(300_000).fill(0x21)],
  ['ais-number', 'ais', text(sentence('AIVDM,1e9,-1,,A,15MvJ5P01TG?otVEDN4q5Gww0<0=,0'))],
  ['tle-truncated', 'tle', text(GOOD_TLE.slice(0, 120))],
  ['tle-corrupted', 'tle', text(GOOD_TLE.replace('28098-4', '28098-5'))],
  ['tle-words', 'tle', text(GOOD_TLE.replace('34.2682', 'NaN.NaN'))],
  ['tle-endless', 'tle', new Uint8Array(200_000).fill(0x31)],
  ['omm-truncated', 'omm', text('[{"OBJECT_NAME":"X","NORAD_CAT_ID":5,"EPOCH":"2026-0')],
  ['omm-deep', 'omm', text(`${'['.repeat(100_000)}x`)],
  ['omm-deeper', 'omm', text(`[{"OBJECT_NAME":${'{"a":'.repeat(20_000)}`)],
  ['omm-numbers', 'omm', omm('"EPOCH":"2026-01-01T00:00:00","MEAN_MOTION":1e999,"ECCENTRICITY":-1')],
  ['omm-types', 'omm', omm('"EPOCH":{},"MEAN_MOTION":[],"ECCENTRICITY":null,"__proto__":{"x":1}')],
  ['omm-noise', 'omm', noise(3000, 5)],
];

test('each hostile recording is one clear message with its place, and another feed goes on meanwhile', async (context) => {
  const opened = await t.ask('ada@alder', '/api/feeds/steady/runs', { source: 'steady.ais', mode: 'TEST' });
  let [offset, acknowledged, going] = [0, 0, true];
  const steady = (async () => {
    while (going) {
      const path = `/api/runs/${String(opened.body['run'])}/chunks?offset=${offset}`;
      const answer = await t.ask('ada@alder', path, text(GOOD_AIS));
      assert.equal(answer.status, 200, answer.text);
      offset += GOOD_AIS.length;
      acknowledged = answer.body['acknowledged'] as number;
      await pause(10);
    }
  })();
  try {
    for (const [feed, format, bytes] of HOSTILE) {
      const before = acknowledged;
      const run = await t.ask('ada@alder', `/api/feeds/${feed}/runs`, { source: feed, format, mode: 'TEST' });
      const path = `/api/runs/${String(run.body['run'])}/chunks`;
      const half = bytes.length >> 1;
      assert.equal((await t.ask('ada@alder', `${path}?offset=0`, bytes.subarray(0, half))).status, 200, feed);
      const rest = await t.ask('ada@alder', `${path}?offset=${half}&last=true`, bytes.subarray(half));
      assert.deepEqual([rest.status, rest.body['through']], [200, bytes.length], `${feed} ${rest.text}`);
      await until(() => acknowledged > before, 5000);
    }
  } finally {
    going = false;
    await steady;
  }
  const all = (await t.ask('ada@alder', '/api/quarantine?limit=500')).body['entries'] as Json[];
  for (const [feed, , bytes] of HOSTILE) {
    const entries = all.filter((one) => one['feed'] === feed);
    assert.ok(entries.length >= 1 && entries.length <= 3, `${feed}: ${entries.length} messages`);
    for (const { code, message, place, sample } of entries) {
      const { byte } = place as Json;
      assert.match(String(code), /^[a-z][a-z0-9-]*$/, feed);
      assert.ok(String(message).length > 5 && String(message).length < 600, `${feed}: ${String(message)}`);
      assert.ok(typeof byte === 'number' && byte >= 0 && byte <= bytes.length, `${feed}: at ${String(byte)}`);
      assert.ok(String(sample).length <= 128);
      assert.doesNotMatch(String(message), /TypeError|RangeError|SyntaxError|undefined|at \w+ \(/);
    }
    context.diagnostic(`${feed}: ${String(entries[0]?.['message']).slice(0, 90)}`);
  }
  assert.equal(all.filter((one) => one['feed'] === 'steady').length, 0);
  const other = (await t.ask('ben@birch', '/api/quarantine?limit=500')).body['entries'] as Json[];
  assert.deepEqual(other, [], 'it is its own party that sees it');
  const feeds = (await t.ask('ada@alder', '/api/feeds')).body['feeds'] as Json[];
  assert.equal(feeds.find((one) => one['feed'] === 'steady')?.['items'], acknowledged);
  assert.ok(acknowledged >= HOSTILE.length);
  assert.deepEqual(t.errors, []);
});

test('what comes behind a fault in the same recording is taken', async () => {
  const bad = text(GOOD_AIS.replace(/\*../, '*ZZ'));
  const bytes = joined(text(GOOD_AIS), bad, noise(400, 9), text('\r\n'), text(GOOD_AIS));
  const done = await t.feed('ada@alder', 'mixed', bytes, { mode: 'TEST', source: 'mixed.ais', chunk: 37 });
  assert.deepEqual([done['acknowledged'], done['through']], [2, bytes.length]);
});

test('wrong queries are each told in one problem that names what is wrong', async () => {
  const wrong: [string, string, RegExp][] = [
    ...[
      '1,2,3',
      '1,2,3,4,5',
      'a,b,c,d',
      '10,50,20,40',
      '-181,0,0,1',
      '0,-91,1,0',
      ',,,',
      'NaN,0,1,1',
      '',
    ].map((one): [string, string, RegExp] => [`bbox=${one}`, 'bad-request', /bbox/]),
    ...['0', '-1', '1001', 'x', '1.5', '1e9', ''].map((one): [string, string, RegExp] => [
      `limit=${one}`,
      'bad-request',
      /limit/,
    ]),
    ...['yesterday', '2026-01-01', '2026-01-01T00:00:00%2B01:00', '12', '2026-13-01T00:00:00Z'].map(
      (one): [string, string, RegExp] => [`from=${one}`, 'bad-request', /from/],
    ),
    ['to=tomorrow', 'bad-request', /to/],
    ['kind=no.such', 'bad-request', /kind/],
    ['kind=__proto__', 'bad-request', /kind/],
    [`kind=${'k'.repeat(65)}`, 'bad-request', /kind/],
    ['cursor=abc', 'bad-cursor', /cursor/],
    [`cursor=${'A'.repeat(43)}`, 'bad-cursor', /cursor/],
    [`cursor=${'A'.repeat(65)}`, 'bad-request', /cursor/],
    [`cursor=${encodeURIComponent("' OR 1=1 --")}`, 'bad-cursor', /cursor/],
    ['limit=5&limit=6', 'bad-request', /limit/],
    ['cursor=%00', 'bad-cursor', /cursor/],
  ];
  for (const [query, code, names] of wrong) {
    const answer = await t.ask('ada@alder', `/api/items?${query}`);
    assertProblem(answer, 400, code);
    assert.match(String(answer.body['detail']), names, query);
  }
  for (const stream of ['%00', '..%2f..%2fetc', 'constructor', `${'s'.repeat(5000)}`, "a'/b/c"]) {
    const answer = await t.ask('ada@alder', `/api/items?stream=${stream}`);
    assertProblem(answer, 404, 'not-found');
  }
  assertProblem(await t.ask('ada@alder', '/api/quarantine?limit=501'), 400, 'bad-request');
  assertProblem(await t.ask('ada@alder', '/api/quarantine?before=-1'), 400, 'bad-request');
  assertProblem(await t.ask('ada@alder', '/api/reasons'), 400, 'bad-request');
  await healthy();
});

test('wrong bodies are each told in one problem', async () => {
  const runs = '/api/feeds/wrong/runs';
  const raw = (officer: string, path: string, body: string, type: string) =>
    t.ask(officer, path, Buffer.from(body), { 'content-type': type });
  for (const body of ['{', '[]', 'null', '"x"', '{"source":1,"mode":"TEST"}', '{"source":"x"}', '\u0000', ''])
    assertProblem(await raw('ada@alder', runs, body, 'application/json'), 400, 'bad-request');
  for (const body of ['{"__proto__":{"a":1}}', '{"constructor":{"prototype":{"a":1}}}'])
    assertProblem(await raw('ada@alder', runs, body, 'application/json'), 400, 'bad-request');
  assertProblem(
    await raw('ada@alder', runs, `${'['.repeat(30_000)}${']'.repeat(30_000)}`, 'application/json'),
    400,
    'bad-request',
  );
  for (const type of ['text/plain', 'application/xml', 'multipart/form-data; boundary=x', 'x'])
    assertProblem(await raw('ada@alder', runs, '{"source":"x","mode":"TEST"}', type), 400, 'bad-request');
  const large = JSON.stringify({ source: 'x', mode: 'TEST', label: 'y'.repeat(70_000) });
  assertProblem(await raw('ada@alder', runs, large, 'application/json'), 413, 'too-large');
  const good = { source: 'x.ais', mode: 'TEST' };
  for (const one of ['UPPER', '..%2fup', '%00', 'a'.repeat(64), '-x', 'ä'])
    assertProblem(
      await t.ask('ada@alder', `/api/feeds/${encodeURI(one).replaceAll('%25', '%')}/runs`, good),
      400,
      'bad-request',
    );
  assertProblem(await t.ask('ada@alder', runs, { ...good, mode: 'LIVE' }), 400, 'bad-request');
  assertProblem(await t.ask('ada@alder', runs, { ...good, format: 'exe' }), 400, 'bad-request');
  assertProblem(await t.ask('ada@alder', runs, { ...good, label: { policy: 'ALDER' } }), 400, 'bad-label');
  assertProblem(
    await t.ask('ada@alder', runs, { ...good, mode: 'REAL', label: demoLabel('alder', 'TEST') }),
    400,
    'bad-label',
  );
  assertProblem(await t.ask('out@cedar', runs, good), 403, 'forbidden');
  assertProblem(await t.ask('chair@authority', '/api/quarantine'), 403, 'forbidden');

  const run = String((await t.ask('ada@alder', runs, good)).body['run']);
  const chunks = `/api/runs/${run}/chunks`;
  assertProblem(await t.ask('ada@alder', `${chunks}?offset=10`, text(GOOD_AIS)), 409, 'conflict');
  for (const offset of ['-1', 'x', '1.5', '1e400', ''])
    assertProblem(await t.ask('ada@alder', `${chunks}?offset=${offset}`, text('x')), 400, 'bad-request');
  assertProblem(await t.ask('ada@alder', `${chunks}?offset=0&last=perhaps`, text('x')), 400, 'bad-request');
  assertProblem(await t.ask('ada@alder', `${chunks}?offset=0`, { not: 'bytes' }), 400, 'bad-request');
  assertProblem(await t.ask('ada@alder', `${chunks}?offset=0`, new Uint8Array(4_194_305)), 413, 'too-large');
  for (const other of ['ben@birch', 'out@cedar'])
    assertProblem(await t.ask(other, `${chunks}?offset=0`, text(GOOD_AIS)), 404, 'not-found');
  for (const absent of ['nowhere', '%00', '-'.repeat(36), '0'.repeat(36), 'x'.repeat(65)]) {
    const answer = await t.ask('ada@alder', `/api/runs/${absent}`);
    assertProblem(answer, absent.length > 64 ? 400 : 404, absent.length > 64 ? 'bad-request' : 'not-found');
  }
  const fine = await t.ask('ada@alder', `${chunks}?offset=0&last=true`, text(GOOD_AIS));
  assert.deepEqual([fine.status, fine.body['acknowledged']], [200, 1], 'the run has borne it all');
  await healthy();
});

test('items that say what cannot be are refused one by one, and the others are stored', async () => {
  const feed = t.node.intake.open({
    party: 'alder' as PartyId,
    feed: 'odd',
    source: 'test',
    format: 'test',
    label: demoLabel('alder', 'TEST'),
  });
  const item = (series: string, lat: number, time: number, more: Json = {}) => ({
    kind: 'ais.position' as const,
    time,
    series,
    place: { point: { lat, lon: 1 } },
    record: { mmsi: 1, lat, lon: 1, ...more },
  });
  const now = Date.now();
  await feed.accept([
    item('fine', 1, now),
    item('north', 91, now),
    item('never', 1, Number.NaN),
    item('s'.repeat(121), 1, now),
    item('large', 1, now, { text: 'x'.repeat(300_000) }),
    item('nul', 1, now, { text: 'a\u0000b' }),
    item('lone', 1, now, { text: '\ud800' }),
    item('fine-2', 1, now),
  ]);
  const stored = items(await t.ask('ada@alder', '/api/items?stream=alder/odd/ais.position'));
  const series = stored.map((one) => String(one['series']));
  assert.ok(series.includes('fine') && series.includes('fine-2'));
  for (const bad of ['north', 'never', 'large']) assert.equal(series.includes(bad), false, bad);
  const all = (await t.ask('ada@alder', '/api/quarantine?limit=500')).body['entries'] as Json[];
  const codes = all.filter((one) => one['feed'] === 'odd').map((one) => one['code']);
  for (const code of ['bad-place', 'bad-time', 'bad-series', 'too-large'])
    assert.ok(codes.includes(code), code);
  assert.equal(stored.length + codes.length, 8, 'each is either stored or told');
});

test('a page is no larger than a reader’s credit, whatever the letters of its items', async () => {
  const feed = t.node.intake.open({
    party: 'alder' as PartyId,
    feed: 'letters',
    source: 'test',
    format: 'test',
    label: demoLabel('alder', 'TEST'),
  });
  const text = '\u6d77'.repeat(2000);
  await feed.accept(
    Array.from({ length: 40 }, (_, i) => ({
      kind: 'ais.static' as const,
      time: Date.now(),
      series: String(i),
      record: { mmsi: i, text },
    })),
  );
  let seen = 0;
  for (let cursor = ''; seen < 40; ) {
    const page = await t.ask(
      'ada@alder',
      `/api/items?stream=alder/letters/ais.static&limit=1000${cursor && `&cursor=${cursor}`}`,
    );
    assert.ok(Buffer.byteLength(page.text) <= 64 * 1024 + 200, `${Buffer.byteLength(page.text)} bytes`);
    assert.ok(items(page).length > 0);
    seen += items(page).length;
    cursor = String(page.body['next']);
  }
  assert.equal(seen, 40);
});
