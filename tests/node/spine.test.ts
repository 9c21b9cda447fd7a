import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { after, before, test } from 'node:test';
import { sharedData } from '../shared-data.ts';
import { type Json, pause, type TestNode, testNode, until } from './harness.ts';

let t: TestNode;
before(async () => {
  t = await testNode();
});
after(() => t.close());

const AIS = ['!AIVDM,1,1,,A,15MvJ5P01TG?otVEDN4q5Gww0<0=,0*7A'];
const itemOf = (message: Json) => message['item'] as Json;

/** What was released, apart from where the reader stands. */
const form = ({ cursor: _cursor, type: _type, ...released }: Json) => released;

test('a BDS recording is solved and seen live by the other party as the clause says', async (context) => {
  const path = sharedData('gnss/STR24_dropped-packets.rtcm3');
  if (!path) return context.skip('shared data absent');
  const ben = await t.live('ben@birch', { streams: ['*'] });
  const out = await t.live('out@cedar', { streams: ['*'] });
  const done = await t.feed('ada@alder', 'str24', readFileSync(path), {
    mode: 'TEST',
    source: 'STR24.rtcm3',
  });
  assert.ok((done['acknowledged'] as number) > 1300);
  const positions = () => ben.items.filter((one) => one['kind'] === 'gnss.position');
  await until(() => positions().length > 1250, 30_000);
  await pause(500);
  const errors = positions().map((one) => itemOf(one)['error_m'] as number);
  const rms = Math.sqrt(errors.reduce((sum, one) => sum + one * one, 0) / errors.length);
  context.diagnostic(`3D RMS ${rms.toFixed(2)} m over ${errors.length} positions`);
  assert.ok(rms > 1 && rms < 8, `a single-point position is good to metres, not ${rms}`);
  assert.ok(positions().every((one) => one['dataMode'] === 'TEST'));
  assert.equal(
    ben.items.filter((one) => one['kind'] === 'gnss.observation').length,
    0,
    'no clause covers observations',
  );
  assert.equal(ben.items.filter((one) => one['kind'] === 'gnss.ephemeris').length > 30, true);
  assert.equal(out.items.length, 0);
  const seqs = positions().map((one) => one['id']);
  assert.equal(new Set(seqs).size, seqs.length, 'nothing twice');
  ben.close();
  out.close();
});

test('vessels are seen by the other party as cells, in one form at every door', async () => {
  const live = await t.live('ada@alder', { streams: ['*'] });
  const ais = sharedData('ais/aislib-stream_example.txt');
  const bytes = ais ? readFileSync(ais).subarray(0, 60_000) : Buffer.from(`${AIS.join('\n')}\n`);
  await t.feed('ben@birch', 'coast', bytes, { mode: 'TEST', source: 'coast.ais' });
  const stream = 'birch/coast/ais.position';
  await until(() => live.items.some((one) => one['stream'] === stream));
  for (let count = -1; count !== live.items.length; await pause(500)) count = live.items.length;
  const seen = live.items.filter((one) => one['stream'] === stream);
  for (const one of seen) {
    const item = itemOf(one);
    assert.ok(typeof item['cell'] === 'string');
    for (const field of ['lat', 'lon', 'speed', 'course', 'trueHeading', 'raw'])
      assert.equal(item[field], undefined, field);
    assert.deepEqual(one['obligations'], { position: { h3: 7 } });
    assert.match(String(one['time']), /:00\.000Z$/);
  }
  const page = await t.ask('ada@alder', `/api/items?stream=${stream}&limit=1000`);
  const items = page.body['items'] as Json[];
  assert.deepEqual(items.map(form), seen.slice(0, items.length).map(form));
  const latest = (await t.ask('ada@alder', `/api/latest?stream=${stream}`)).body['items'] as Json[];
  for (const one of latest) {
    const other = seen.find(({ id }) => id === one['id']);
    assert.deepEqual(form(one), other && form(other));
  }
  const events = await eventsOf('ada@alder', stream, String(page.body['next'] ?? ''), seen[0] as Json);
  for (const one of events) {
    const other = seen.find(({ id }) => id === one['id']);
    assert.deepEqual(form(one), other && form(other));
  }
  live.close();
});

/** Items of an event stream from the beginning, until it ends by itself or pauses. */
async function eventsOf(officer: string, stream: string, _next: string, first: Json): Promise<Json[]> {
  const headers = {
    authorization: `Bearer ${await t.token(officer)}`,
    'last-event-id': String(first['cursor']),
  };
  const stop = new AbortController();
  const response = await fetch(`${t.node.url}/live/sse?stream=${encodeURIComponent(stream)}`, {
    headers,
    signal: stop.signal,
  });
  assert.equal(response.status, 200);
  const found: Json[] = [];
  const timer = setTimeout(() => stop.abort(), 1500);
  let text = '';
  try {
    for await (const part of response.body as unknown as AsyncIterable<Uint8Array>) {
      text += Buffer.from(part).toString();
      const blocks = text.split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) {
        const data = /^data: (.*)$/m.exec(block)?.[1];
        if (data && block.includes('event: item')) found.push(JSON.parse(data) as Json);
      }
    }
  } catch {
    // Aborted: enough was seen.
  }
  clearTimeout(timer);
  return found;
}

test('a catalogue of satellites is fed in and seen under its clause', async (context) => {
  const path = sharedData('sat/catalog/gps-ops-2026-06-14.tle');
  if (!path) return context.skip('shared data absent');
  await t.feed('ada@alder', 'catalogue', readFileSync(path), { mode: 'TEST', source: 'gps-ops.tle' });
  const latest = await t.ask('ben@birch', '/api/latest?stream=alder/catalogue/orbit.elset');
  assert.ok((latest.body['items'] as Json[]).length >= 30);
});

test('for the outsider everything is as what does not exist', async () => {
  assert.deepEqual((await t.ask('out@cedar', '/api/streams')).body['streams'], []);
  assert.deepEqual((await t.ask('out@cedar', '/api/items')).body, { items: [], next: null });
  assert.deepEqual((await t.ask('out@cedar', '/api/latest')).body, { items: [], next: null });
  assert.deepEqual((await t.ask('out@cedar', '/api/grants')).body, { grants: [] });
  assert.deepEqual((await t.ask('out@cedar', '/api/agreements')).body, { agreements: [] });
  assert.deepEqual((await t.ask('out@cedar', '/api/ledger')).body, { logs: [] });
  const pairs = [
    ['/api/items?stream=birch/coast/ais.position', '/api/items?stream=birch/nowhere/ais.position'],
    ['/api/latest?stream=birch/coast/ais.position', '/api/latest?stream=birch/nowhere/ais.position'],
    ['/api/reasons?stream=birch/coast/ais.position', '/api/reasons?stream=birch/nowhere/ais.position'],
    ['/api/agreements/strait-watch', '/api/agreements/nowhere'],
    ['/ledger/strait-watch/checkpoint', '/ledger/nowhere/checkpoint'],
  ] as const;
  for (const [hidden, absent] of pairs) {
    const [a, b] = [await t.ask('out@cedar', hidden), await t.ask('out@cedar', absent)];
    assert.equal(a.status, 404, hidden);
    assert.deepEqual([a.status, a.text], [b.status, b.text], hidden);
  }
  const [a, b] = [
    await t.ask('out@cedar', '/api/grants/strait-watch-ben/revoke', {}),
    await t.ask('out@cedar', '/api/grants/nowhere/revoke', {}),
  ];
  assert.deepEqual([a.status, a.text], [b.status, b.text]);
  const live = await t.live('out@cedar', {
    streams: ['birch/coast/ais.position', 'birch/nowhere/ais.position'],
  });
  await live.until(() => live.controls.filter((one) => one['type'] === 'error').length === 2);
  const said = live.controls
    .filter((one) => one['type'] === 'error')
    .map(({ code, message }) => [code, String(message).replace(/"[^"]*"/, '')]);
  assert.deepEqual(said[0], said[1]);
  live.close();
});

test('the authority revokes, the stream stops, and the ledger verifies', async () => {
  const ben = await t.live('ben@birch', { streams: ['*'] });
  await ben.until(() => ben.controls.some((one) => one['phase'] === 'live'));
  const answer = await t.ask('chair@authority', '/api/grants/strait-watch-ben/revoke', { reason: 'test' });
  assert.equal(answer.status, 200, answer.text);
  const cutoffs = answer.body['cutoffs'] as Json[];
  assert.ok(cutoffs.every((one) => one['acknowledged'] === true && one['officer'] === 'ben@birch'));
  const streams = (await t.ask('ben@birch', '/api/streams')).body['streams'] as Json[];
  assert.ok(
    streams.every((one) => one['party'] === 'birch'),
    'what is left is its own',
  );
  await pause(1200);
  const { verifyLog } = await import('@concord/ledger');
  const token = await t.token('chair@authority');
  const read = async (path: string) => {
    const response = await fetch(`${t.node.url}/ledger/strait-watch/${path}`, {
      headers: { authorization: `Bearer ${token}` },
    });
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
  };
  const report = await verifyLog(read);
  assert.deepEqual(report.findings, []);
  assert.ok(report.ok && (report.kinds['revoke'] ?? 0) === 1 && (report.kinds['flush'] ?? 0) > 0);
  assert.deepEqual(t.errors, []);
  ben.close();
});
