import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { CommittedRow } from '@concord/store';
import { type CommittedBatch, createBus } from './index.ts';
import { subscribe } from './readers.ts';

const batch = (...seqs: number[]): CommittedBatch => ({
  rows: seqs.map(
    (seq): CommittedRow => ({
      seq,
      ingested: seq,
      stream: 1,
      series: '',
      time: 0,
      releaseClass: 1,
      label: 1,
      lat: null,
      lon: null,
      record: '{}',
    }),
  ),
});
const seqs = ({ rows }: CommittedBatch): number[] => rows.map(({ seq }) => seq);

test('every subscriber has every batch, in order, before publish returns', () => {
  const bus = createBus();
  const [first, second]: [number[], number[]] = [[], []];
  subscribe(bus, (received) => first.push(...seqs(received)));
  bus.publish(batch(1, 2));
  subscribe(bus, (received) => second.push(...seqs(received)));
  bus.publish(batch(3));
  assert.deepEqual([first, second], [[1, 2, 3], [3]]);
});

test('a subscriber that throws is reported and stops nobody, not even itself', () => {
  const errors: unknown[] = [];
  const bus = createBus({ onError: (error) => errors.push(error) });
  const received: number[] = [];
  const fault = new Error('mine');
  subscribe(bus, () => {
    throw fault;
  });
  subscribe(bus, (next) => received.push(...seqs(next)));
  bus.publish(batch(1));
  bus.publish(batch(2));
  assert.deepEqual(received, [1, 2]);
  assert.deepEqual(errors, [fault, fault]);
});

test('a subscriber that left gets nothing more, even of the batch on its way', () => {
  const bus = createBus();
  const received: number[] = [];
  subscribe(bus, () => leave());
  const leave = subscribe(bus, (next) => received.push(...seqs(next)));
  bus.publish(batch(1));
  assert.deepEqual(received, []);
});

test('what a subscriber publishes comes after the batch that it is in', () => {
  const bus = createBus();
  const received: number[] = [];
  subscribe(bus, (next) => {
    if (seqs(next)[0] === 1) bus.publish(batch(2));
  });
  subscribe(bus, (next) => received.push(...seqs(next)));
  bus.publish(batch(1));
  assert.deepEqual(received, [1, 2]);
});

test('an empty batch is nobody’s business, and one function may subscribe twice', () => {
  const bus = createBus();
  let calls = 0;
  const count = (): void => {
    calls += 1;
  };
  subscribe(bus, count);
  const leave = subscribe(bus, count);
  bus.publish(batch());
  assert.equal(calls, 0);
  bus.publish(batch(1));
  assert.equal(calls, 2);
  leave();
  bus.publish(batch(2));
  assert.equal(calls, 3);
});
