import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  ACK_BYTES,
  idle,
  type LiveEffect,
  type LiveEvent,
  type LiveState,
  retryDelay,
  step,
} from './connection.ts';

const item = (cursor: string, stream = 'alder/exercise/gnss.position', pad = '') =>
  JSON.stringify({
    type: 'item',
    cursor,
    id: cursor,
    stream,
    kind: 'gnss.position',
    time: '2026-12-01T00:00:00Z',
    label: { policy: 'ALDER', classification: 'RESTRICTED', dataMode: 'EXERCISE', banner: 'b' },
    dataMode: 'EXERCISE',
    obligations: {},
    originators: ['alder'],
    item: { pad },
  });

function run(
  events: readonly LiveEvent[],
  from: LiveState = idle,
): { state: LiveState; effects: LiveEffect[] } {
  let state = from;
  const effects: LiveEffect[] = [];
  for (const event of events) {
    const next = step(state, event);
    state = next.state;
    effects.push(...next.effects);
  }
  return { state, effects };
}

const sent = (effects: readonly LiveEffect[]) =>
  effects.flatMap((it) => (it.type === 'send' ? [it.message] : []));

test('a first connection asks for the newest of every series', () => {
  const { state, effects } = run([{ type: 'start' }, { type: 'opened' }]);
  assert.equal(state.phase, 'backfill');
  assert.deepEqual(sent(effects), [{ type: 'subscribe', streams: ['*'], conflate: true, from: 'latest' }]);
});

test('after a break it resumes at the last cursor received', () => {
  const { effects } = run([
    { type: 'start' },
    { type: 'opened' },
    { type: 'frame', text: `${item('c1')}\n${item('c2')}` },
    { type: 'closed', code: 1006, reason: '', jitter: 0 },
    { type: 'retry' },
    { type: 'opened' },
  ]);
  assert.deepEqual(sent(effects).at(-1), { type: 'subscribe', streams: ['*'], conflate: true, cursor: 'c2' });
});

test('a cut is acknowledged before the items of its frame are looked at', () => {
  const { effects } = run([
    { type: 'start' },
    { type: 'opened' },
    {
      type: 'frame',
      text: `${item('c1')}\n{"type":"cut","stream":"alder/exercise/gnss.position","cursor":"c1"}`,
    },
  ]);
  const kinds = effects.slice(2).map((it) => it.type);
  assert.deepEqual(kinds, ['send', 'items', 'cut', 'ackIn']);
  assert.deepEqual(sent(effects)[1], { type: 'ack', cursor: 'c1' });
});

test('a frame at the credit is acknowledged at once, a small one after a moment', () => {
  const open = run([{ type: 'start' }, { type: 'opened' }]).state;
  const big = step(open, { type: 'frame', text: item('big', undefined, 'x'.repeat(ACK_BYTES)) });
  assert.deepEqual(sent(big.effects), [{ type: 'ack', cursor: 'big' }]);
  assert.equal(big.state.owed, 0);
  const small = step(open, { type: 'frame', text: item('small') });
  assert.deepEqual(sent(small.effects), []);
  assert.deepEqual(sent(step(small.state, { type: 'ackDue' }).effects), [{ type: 'ack', cursor: 'small' }]);
});

test('one acknowledgement is pending at a time', () => {
  const open = run([{ type: 'start' }, { type: 'opened' }]).state;
  const first = step(open, { type: 'frame', text: item('a') });
  const second = step(first.state, { type: 'frame', text: item('b') });
  assert.equal(first.effects.filter((it) => it.type === 'ackIn').length, 1);
  assert.equal(second.effects.filter((it) => it.type === 'ackIn').length, 0);
  assert.deepEqual(sent(step(second.state, { type: 'ackDue' }).effects), [{ type: 'ack', cursor: 'b' }]);
});

test('frames under one cursor are all acknowledged', () => {
  const open = run([{ type: 'start' }, { type: 'opened' }]).state;
  const first = run([{ type: 'frame', text: item('same') }, { type: 'ackDue' }], open);
  const second = run([{ type: 'frame', text: item('same') }, { type: 'ackDue' }], first.state);
  assert.deepEqual(sent(second.effects), [{ type: 'ack', cursor: 'same' }]);
});

test('it is live by what the server says, or by the first item where it says nothing', () => {
  const open = run([{ type: 'start' }, { type: 'opened' }]).state;
  assert.equal(step(open, { type: 'frame', text: item('a') }).state.phase, 'live');
  const told = step(open, { type: 'frame', text: `{"type":"phase","phase":"backfill"}\n${item('a')}` });
  assert.equal(told.state.phase, 'backfill');
  assert.equal(
    step(told.state, { type: 'frame', text: '{"type":"phase","phase":"live"}' }).state.phase,
    'live',
  );
});

test('a refused cursor is dropped and the newest asked for', () => {
  const open = run([{ type: 'start' }, { type: 'opened' }, { type: 'frame', text: item('old') }]).state;
  const { state, effects } = step(open, {
    type: 'frame',
    text: '{"type":"error","code":"cursor-unknown","message":"no such cursor"}',
  });
  assert.equal(state.cursor, undefined);
  assert.deepEqual(sent(effects), [{ type: 'subscribe', streams: ['*'], conflate: true, from: 'latest' }]);
});

test('a session that the server ended is not tried again', () => {
  const { state, effects } = run([
    { type: 'start' },
    { type: 'opened' },
    { type: 'closed', code: 4401, reason: 'session ended', jitter: 0 },
  ]);
  assert.equal(state.phase, 'ended');
  assert.equal(state.message, 'session ended');
  assert.ok(!effects.some((it) => it.type === 'retryIn'));
});

test('waiting grows from failure to failure, stays under 20 s, and starts anew after something arrived', () => {
  fc.assert(
    fc.property(fc.nat(60), fc.double({ min: 0, max: 1, noNaN: true }), (attempt, jitter) => {
      const ms = retryDelay(attempt, jitter);
      assert.ok(ms >= 250 && ms <= 20_000);
      assert.ok(retryDelay(attempt + 1, jitter) >= ms);
    }),
  );
  const failed = run([
    { type: 'start' },
    { type: 'closed', code: 1006, reason: '', jitter: 1 },
    { type: 'retry' },
    { type: 'closed', code: 1006, reason: '', jitter: 1 },
  ]);
  assert.equal(failed.state.attempt, 2);
  const back = run([{ type: 'retry' }, { type: 'opened' }, { type: 'frame', text: item('x') }], failed.state);
  assert.equal(back.state.attempt, 0);
});

test('lines that are no messages are counted and the rest is delivered', () => {
  const open = run([{ type: 'start' }, { type: 'opened' }]).state;
  const { effects } = step(open, { type: 'frame', text: `{"type":\n${item('ok')}\n{"type":"item"}` });
  const items = effects.flatMap((it) => (it.type === 'items' ? it.items : []));
  assert.equal(items.length, 1);
  assert.deepEqual(
    effects.find((it) => it.type === 'problem'),
    { type: 'problem', code: 'unread', message: '2' },
  );
});

test('any text as a frame leaves the connection standing', () => {
  const open = run([{ type: 'start' }, { type: 'opened' }]).state;
  fc.assert(
    fc.property(fc.oneof(fc.string(), fc.json()), (text) => {
      const { state } = step(open, { type: 'frame', text });
      assert.notEqual(state.phase, 'idle');
    }),
  );
});
