import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { START } from './position.ts';
import type { Reader } from './reader.ts';
import { CREDIT_BYTES, FRAME_BYTES, interestIn, Session, type Sink } from './session.ts';

/** A session whose socket keeps what it is handed. */
function session(framing: Sink['framing'] = 'lines') {
  const handed: number[] = [];
  const sink: Sink = {
    framing,
    write: (frame) => void handed.push(frame.length),
    control: () => undefined,
    finish: () => undefined,
    reset: () => undefined,
  };
  // What is tried here never asks who reads.
  const one = new Session({ version: 0 } as Reader, sink, interestIn(true, new Set()), START, false);
  return { one, handed };
}
const at = (seq: number) => ({ ...START, seq });
const sizes = fc.array(fc.integer({ min: 1, max: FRAME_BYTES }), { minLength: 1, maxLength: 40 });

test('whatever is acknowledged when, what is in flight is what was handed over since, within the credit', () => {
  const step = fc.oneof(fc.integer({ min: 1, max: FRAME_BYTES }), fc.constant('acknowledge' as const));
  fc.assert(
    fc.property(fc.array(fc.tuple(step, fc.nat(50)), { maxLength: 100 }), (steps) => {
      const { one, handed } = session();
      let taken = 0;
      for (const [what, which] of steps) {
        if (what === 'acknowledge') {
          const upTo = Math.min(which, handed.length);
          assert.equal(one.acknowledge(at(upTo)), upTo > taken);
          taken = Math.max(taken, upTo);
        } else if (one.mayWrite(what)) one.write(Buffer.alloc(what), at(handed.length + 1), 1);
        assert.equal(
          one.inFlight,
          handed.slice(taken).reduce((sum, size) => sum + size, 0),
        );
        assert.ok(one.inFlight <= CREDIT_BYTES);
      }
    }),
  );
});

test('acknowledged twice, or for what was never sent, gives no credit', () => {
  fc.assert(
    fc.property(sizes, (all) => {
      const { one } = session();
      const sent = all.filter((size, i) => {
        const may = one.mayWrite(size);
        if (may) one.write(Buffer.alloc(size), at(10 + i), 1);
        return may;
      });
      assert.equal(one.acknowledge(at(9)), false, 'before all of it');
      assert.equal(
        one.inFlight,
        sent.reduce((sum, size) => sum + size, 0),
      );
      assert.equal(one.acknowledge(at(1000)), true);
      assert.equal(one.acknowledge(at(1000)), false);
      assert.equal(one.inFlight, 0);
    }),
  );
});

test('who waits for credit has it when enough is acknowledged, not when time passes, nor when it is gone', async () => {
  const { one } = session();
  for (let i = 1; i <= 4; i++) one.write(Buffer.alloc(FRAME_BYTES), at(i), 1);
  assert.equal(one.mayWrite(1), false);
  assert.equal(await one.credit(1, 20), false, 'the time is up');
  const large = one.credit(2 * FRAME_BYTES, 5000);
  const waited = Promise.race([large, new Promise((resolve) => setTimeout(resolve, 20, 'waits'))]);
  one.acknowledge(at(1));
  assert.equal(await waited, 'waits', 'one frame is not enough for two');
  one.acknowledge(at(2));
  assert.equal(await large, true);
  const gone = one.credit(CREDIT_BYTES, 5000);
  one.phase = 'closed';
  one.ended();
  assert.equal(await gone, false);
});

test('one that went back acknowledges the frame that ends where it says, though later ones stand before it', () => {
  const { one } = session();
  one.write(Buffer.alloc(10), at(100), 1);
  one.write(Buffer.alloc(20), at(5), 1);
  one.write(Buffer.alloc(30), at(6), 1);
  one.acknowledge(at(5));
  assert.equal(one.inFlight, 30);
});

test('equal interests have equal keys, whatever their order; all is not the same as each by name', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(200)), fc.infiniteStream(fc.nat()), (streams, order) => {
      const shuffled = streams
        .map((id) => [order.next().value as number, id] as const)
        .sort(([a], [b]) => a - b)
        .map(([, id]) => id);
      const { key } = interestIn(false, new Set(streams));
      assert.equal(interestIn(false, new Set(shuffled)).key, key);
      assert.notEqual(interestIn(true, new Set(streams)).key, key);
      assert.notEqual(interestIn(false, new Set([...streams, 201])).key, key);
    }),
  );
});

test('a reader that leaves has not acknowledged, but for one of events, which has no other way to say so', async () => {
  for (const [framing, taken] of [
    ['lines', false],
    ['events', true],
  ] as const) {
    const { one } = session(framing);
    one.write(Buffer.alloc(10), at(1), 1);
    const answered = one.acknowledged(1000);
    one.ended();
    assert.equal(await answered, taken, framing);
  }
  const { one } = session();
  one.write(Buffer.alloc(10), at(1), 1);
  const answered = one.acknowledged(1000);
  one.acknowledge(at(1));
  assert.equal(await answered, true);
});
