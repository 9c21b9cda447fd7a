import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { GrantId, OfficerId, PartyId } from '@concord/label';
import { CREDIT_BYTES } from '@concord/release';
import { demoLabel, type NodeConfig } from '@concord/server';
import { HandOvers } from './hand-overs.ts';
import { type Manner, pause, type TestNode, testNode, until } from './harness.ts';
import { byWebSocket, ENVELOPE_BYTES, overHttp, type Reading, type Tally } from './readings.ts';

const TRIES = 1000;
const AT_ONCE = 27;
const STREAM = 'alder/load/gnss.position';
const PATH_STREAM = encodeURIComponent(STREAM);
const ITEMS_A_BATCH = 40;
const BATCH_MS = 50;
const WAYS = ['websocket', 'events', 'query'] as const;
const MANNERS: readonly Manner[] = ['reading', 'slow', 'stalled'];

type Way = (typeof WAYS)[number];
const officerOf = (i: number) => `reader-${i}@birch` as OfficerId;
const grantOf = (i: number) => `load-${i}` as GrantId;

/** The demonstration with a thousand more officers of Birch, each with a grant of its own. */
function withReaders(config: NodeConfig): NodeConfig {
  const ben = config.officers.find(({ id }) => id === 'ben@birch')!;
  const grant = config.grants.find(({ officer }) => officer === ben.id)!;
  const numbers = Array.from({ length: TRIES }, (_, i) => i);
  return {
    ...config,
    officers: [
      ...config.officers,
      ...numbers.map((i) => ({ ...ben, id: officerOf(i), roles: ['officer' as const] })),
    ],
    // Two sets of purposes make two subject classes: readers of unlike verdicts are cut side by side.
    grants: [
      ...config.grants,
      ...numbers.map((i) => ({
        ...grant,
        id: grantOf(i),
        officer: officerOf(i),
        purposes: i % 2 === 0 ? grant.purposes : ['navigation-safety'],
      })),
    ],
  };
}

let t: TestNode;
const seen = new HandOvers();
const tally: Tally = { refusals: new Set(), largestResponse: 0 };

before(async () => {
  t = await testNode(withReaders);
  seen.watch();
});
after(async () => {
  seen.restore();
  await t.close();
});

/** Brings items without a pause until it is stopped. */
function load(): { readonly count: () => number; stop(): Promise<void> } {
  const feed = t.node.intake.open({
    party: 'alder' as PartyId,
    feed: 'load',
    source: 'made up',
    format: 'none',
    label: demoLabel('alder', 'TEST'),
  });
  let count = 0;
  let stopped = false;
  const batch = () =>
    Array.from({ length: ITEMS_A_BATCH }, () => {
      const receiver = `R${count++ % 20}`;
      const point = { lat: 54 + (count % 1000) / 1e4, lon: 10 + (count % 777) / 1e4 };
      const ts = new Date().toISOString();
      const record = {
        receiver,
        ts,
        ...point,
        alt: 12.5,
        satellitesUsed: ['C19', 'C20', 'C23', 'C32'],
        count,
      };
      return { kind: 'gnss.position' as const, time: Date.now(), series: receiver, place: { point }, record };
    });
  const running = (async () => {
    while (!stopped) {
      const [started] = [performance.now(), await feed.accept(batch())];
      await pause(Math.max(1, BATCH_MS - (performance.now() - started)));
    }
  })();
  return {
    count: () => count,
    stop: async () => {
      stopped = true;
      await running;
    },
  };
}

interface Try {
  readonly name: string;
  readonly i: number;
  readonly officer: OfficerId;
  readonly way: Way;
  readonly manner: Manner;
  readonly reading: Reading;
}

async function connect(i: number, start: string): Promise<Try> {
  const officer = officerOf(i);
  const authorization = `Bearer ${await t.token(officer)}`;
  seen.officers.set(authorization, officer);
  const way = WAYS[i % 3]!;
  const manner = MANNERS[Math.floor(i / 3) % 3]!;
  // Every other one begins some way back: it is cut while it catches up from the store.
  const from = Math.floor(i / 9) % 2 === 0 ? undefined : start;
  const reading =
    way === 'websocket'
      ? await byWebSocket(t, STREAM, officer, manner, from, i % 4 < 2)
      : overHttp(t, STREAM, tally, way, manner, authorization, from ?? (way === 'query' ? start : undefined));
  return { name: `${officer} (${way}, ${manner})`, i, officer, way, manner, reading };
}

/** One revocation; resolves 300 ms after it has returned, with how long the call and its last message took. */
async function revoke({ name, i, officer, way, manner, reading }: Try) {
  await pause((i * 37) % 80);
  const called = performance.now();
  const answer = await t.ask('chair@authority', `/api/grants/${grantOf(i)}/revoke`, {});
  const returned = performance.now();
  const had = { items: reading.items(), bytes: reading.bytes() };
  assert.equal(answer.status, 200, `${name}: ${answer.text}`);
  assert.equal(answer.body['pending'], undefined, name);
  const held = seen.heldAt.get(officer);
  assert.ok(held !== undefined && held >= called && held <= returned, `${name} was held during the call`);
  const last = seen.last.get(officer)!;
  assert.ok(
    last.utc <= Date.parse(String(answer.body['at'])),
    `${name}: nothing after the cut-off it was told`,
  );
  const cutoffs = answer.body['cutoffs'] as { stream: string; acknowledged: boolean }[];
  if (way === 'websocket') {
    assert.deepEqual(
      cutoffs.map(({ stream }) => stream),
      [STREAM],
      name,
    );
    if (manner === 'stalled') assert.equal(cutoffs[0]?.acknowledged, false, name);
  }
  if (manner === 'stalled') reading.drain();
  await pause(300);
  const more = { items: reading.items() - had.items, bytes: reading.bytes() - had.bytes };
  if (manner === 'reading') assert.equal(more.items, 0, `${name}: an item after the call had returned`);
  if (manner === 'slow')
    assert.ok(more.bytes <= CREDIT_BYTES + ENVELOPE_BYTES, `${name}: ${more.bytes} bytes`);
  if (manner === 'stalled') {
    assert.ok(reading.bytes() <= CREDIT_BYTES + ENVELOPE_BYTES, `${name}: ${reading.bytes()} bytes in all`);
  }
  const page = await t.ask(officer, `/api/items?stream=${PATH_STREAM}&limit=1`);
  assert.equal(page.status, 404, `${name}: ${page.text}`);
  return {
    call: returned - called,
    hold: held - called,
    last: last.monotonic - called,
    way,
    manner,
    bytes: reading.bytes(),
    acknowledged: cutoffs.every(({ acknowledged }) => acknowledged),
  };
}

const rank = (values: number[], p: number) =>
  [...values].sort((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * p))] ?? Number.NaN;

test('of 1,000 revocations under load, by three kinds of clients at three doors, none releases anything after its cut-off', async (context) => {
  const flow = load();
  context.after(() => flow.stop());
  const ben = await t.live('ben@birch', { streams: ['*'] });
  await until(() => ben.items.length > 100);
  const began = performance.now();
  const done: Awaited<ReturnType<typeof revoke>>[] = [];
  for (let from = 0; from < TRIES; from += AT_ONCE) {
    const numbers = Array.from({ length: Math.min(AT_ONCE, TRIES - from) }, (_, i) => from + i);
    // A second or so back: what this round's late comers begin with.
    const start = String(ben.items[0]?.['cursor']);
    ben.items.length = 0;
    const tries = await Promise.all(numbers.map((i) => connect(i, start)));
    for (const { name, officer, manner, reading } of tries) {
      const has = () => (manner === 'stalled' ? seen.last.has(officer) : reading.items() > 0);
      await until(has, 20_000).catch(() => assert.fail(`${name} has received nothing before its revocation`));
    }
    done.push(...(await Promise.all(tries.map(revoke))));
    // Silence proves nothing unless others go on receiving.
    const still = ben.items.length;
    await until(() => ben.items.length > still, 20_000);
    for (const { reading } of tries) reading.close();
  }
  const seconds = (performance.now() - began) / 1000;
  await flow.stop();
  ben.close();
  const told = (name: string, values: number[]) =>
    context.diagnostic(
      `${name}: p50 ${rank(values, 0.5).toFixed(1)} ms, p99 ${rank(values, 0.99).toFixed(1)} ms`,
    );
  context.diagnostic(
    `${done.length} tries in ${seconds.toFixed(1)} s, ${(flow.count() / seconds).toFixed(0)} items/s`,
  );
  for (const manner of MANNERS) {
    told(
      `call to return, ${manner}`,
      done.filter((one) => one.manner === manner).map((one) => one.call),
    );
  }
  told(
    'call to hold',
    done.map((one) => one.hold),
  );
  told(
    'call to last message (negative: before the call)',
    done.map((one) => one.last),
  );
  const stalled = done.filter(({ manner }) => manner === 'stalled').map(({ bytes }) => bytes);
  context.diagnostic(
    `stalled: median ${rank(stalled, 0.5)}, most ${Math.max(...stalled)} bytes not acknowledged`,
  );
  context.diagnostic(
    `largest response ${tally.largestResponse} bytes; refusals ${[...tally.refusals].sort().join()}`,
  );

  const readers = done.filter(({ manner }) => manner === 'reading');
  const answered = readers.filter(({ acknowledged }) => acknowledged).length;
  context.diagnostic(`${answered} of ${readers.length} readers acknowledged their cut in time`);

  assert.equal(done.length, TRIES);
  assert.ok(answered > readers.length * 0.9, 'who reads acknowledges its cut');
  assert.deepEqual(seen.afterHold, [], 'handed to a socket after the hold');
  assert.deepEqual(seen.overCredit, [], 'in flight beyond the credit');
  assert.ok(tally.largestResponse <= CREDIT_BYTES, `a response of ${tally.largestResponse} bytes`);
  assert.ok(Math.max(...stalled) > CREDIT_BYTES / 2, 'the stalled were tried at their credit');
  assert.ok(
    [...tally.refusals].every((status) => status < 500),
    `refusals ${[...tally.refusals].join()}`,
  );
  assert.deepEqual(t.errors, []);
});
