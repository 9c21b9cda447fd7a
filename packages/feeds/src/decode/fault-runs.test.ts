import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Fault } from './context.ts';
import { FaultRuns } from './fault-runs.ts';
import { SourceWindow } from './source-window.ts';

const fault = (byte: number, length: number, code = 'checksum'): Fault => ({
  code,
  message: `bad at ${byte}`,
  byte,
  length,
  bytes: new Uint8Array(Math.min(length, 300)),
});

test('faults that touch and have one code are one entry, others are not', () => {
  const runs = new FaultRuns(false);
  for (const one of [fault(0, 10), fault(10, 5), fault(20, 5), fault(25, 5, 'syntax')]) runs.add(one);
  assert.equal(runs.openSince, 25);
  runs.close();
  const entries = runs.take();
  assert.deepEqual(
    entries.map(({ code, place }) => [code, place]),
    [
      ['checksum', { byte: 0, length: 15 }],
      ['checksum', { byte: 20, length: 5 }],
      ['syntax', { byte: 25, length: 5 }],
    ],
  );
  assert.equal(entries[0]?.message, 'bad at 0; and 1 more up to byte 15');
  assert.deepEqual(runs.take(), []);
});

test('a run that is open is held back in a recording, and told at once on a live source', () => {
  const [recorded, live] = [new FaultRuns(false), new FaultRuns(true)];
  for (const runs of [recorded, live]) for (const byte of [0, 10, 20]) runs.add(fault(byte, 10));
  assert.deepEqual([recorded.take().length, recorded.openSince], [0, 0]);
  assert.deepEqual(
    [live.take().map(({ place }) => place), live.openSince],
    [[{ byte: 0, length: 10 }], undefined],
  );
  live.close();
  assert.deepEqual(
    live.take().map(({ place }) => place),
    [{ byte: 10, length: 20 }],
  );
});

test('an entry has at most 256 bytes', () => {
  const runs = new FaultRuns(true);
  runs.add(fault(0, 1000));
  assert.equal(runs.take()[0]?.bytes.length, 256);
});

test('a window knows the bytes of the chunk, of shortly before, and behind its pin', () => {
  const window = new SourceWindow(100);
  const chunk = (from: number, length: number) => Uint8Array.from({ length }, (_, i) => (from + i) % 251);
  window.pin(100);
  for (let at = 100; at < 10_000; at += 50) {
    const bytes = chunk(at, 50);
    window.push(bytes);
    assert.deepEqual(window.sample(at + 10, 20), chunk(at + 10, 20));
    const before = Math.max(100, at - 40);
    assert.deepEqual(window.sample(before, 60), chunk(before, Math.min(60, at + 50 - before)));
    window.release();
    // The chunk is its owner's again.
    bytes.fill(255);
  }
  assert.deepEqual(window.sample(100), chunk(100, 256));
  assert.deepEqual(window.sample(500), new Uint8Array(0));
  assert.deepEqual(window.sample(9000, 30), chunk(9000, 30));
});
