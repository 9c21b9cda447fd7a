import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { NOW, onePass } from './decode/passes.testing.ts';
import { recording } from './decode/recording.testing.ts';
import { KeptIntake } from './intake.testing.ts';
import { openRun } from './replay.ts';

const now = (): number => NOW;
const DANISH = 'ais/aislib-stream_example.txt';

test('a recording in chunks is acknowledged with each, and whole at its end', async (t) => {
  const bytes = recording(t, DANISH);
  if (bytes === undefined) return;
  const intake = new KeptIntake();
  const run = openRun({ intake, format: 'ais', run: 'r1', now });
  let last = { acknowledged: 0, through: 0 };
  for (let at = 0; at < bytes.length; at += 50_000) {
    const progress = await run.push(bytes.subarray(at, at + 50_000), at, at + 50_000 >= bytes.length);
    assert.ok(progress.through > last.through && progress.acknowledged > last.acknowledged);
    last = progress;
  }
  const whole = onePass(bytes, 'ais');
  assert.deepEqual(intake.items, whole.items);
  assert.deepEqual(last, { acknowledged: whole.items.length, through: bytes.length });
  assert.deepEqual(intake.progress, { run: 'r1', ...last });
  assert.deepEqual(intake.states, [
    ['running', undefined],
    ['done', undefined],
  ]);
});

test('bytes sent twice are taken once, and the end may be said twice', async (t) => {
  const bytes = recording(t, DANISH)?.subarray(0, 20_000);
  if (bytes === undefined) return;
  const intake = new KeptIntake();
  const run = openRun({ intake, format: 'ais', run: 'r1', now });
  await run.push(bytes.subarray(0, 9000), 0);
  await run.push(bytes.subarray(0, 9000), 0);
  await run.push(bytes.subarray(4000, 12_000), 4000);
  const end = await run.push(bytes.subarray(12_000), 12_000, true);
  assert.deepEqual(await run.push(bytes.subarray(12_000), 12_000, true), end);
  assert.deepEqual(intake.items, onePass(bytes, 'ais').items);
});

test('a gap is refused with its code, and the run goes on where bytes were expected', async () => {
  const run = openRun({ intake: new KeptIntake(), format: 'ais', run: 'r1', now });
  await run.push(new Uint8Array(10), 0);
  await assert.rejects(run.push(new Uint8Array(1), 11), { name: 'FeedError', code: 'offset-gap' });
  await assert.rejects(run.push(new Uint8Array(1), -1), { name: 'FeedError', code: 'argument' });
  await run.push(new Uint8Array(1), 10);
  assert.equal(run.received, 11);
  await run.push(new Uint8Array(0), 11, true);
  await assert.rejects(run.push(new Uint8Array(1), 11), { name: 'FeedError', code: 'run-ended' });
});

test('pushes that do not wait for one another are taken in their order', async (t) => {
  const bytes = recording(t, DANISH)?.subarray(0, 40_000);
  if (bytes === undefined) return;
  const intake = new KeptIntake();
  const run = openRun({ intake, format: 'ais', run: 'r1', now });
  const pushes = [0, 1, 2, 3].map((n) =>
    run.push(bytes.subarray(n * 10_000, (n + 1) * 10_000), n * 10_000, n === 3),
  );
  await Promise.all(pushes);
  assert.deepEqual(intake.items, onePass(bytes, 'ais').items);
});

test('what fails to be stored is not acknowledged, and the run is opened again where it stood', async (t) => {
  const bytes = recording(t, 'gnss/STR24_dropped-packets.rtcm3')?.subarray(0, 150_000);
  if (bytes === undefined) return;
  const whole = onePass(bytes, 'rtcm3').items;
  const identity = (items: typeof whole) => items.map(({ kind, time, series }) => [kind, time, series]);
  const script = fc.array(fc.record({ size: fc.integer({ min: 1, max: 60_000 }), fails: fc.boolean() }), {
    minLength: 1,
  });
  await fc.assert(
    fc.asyncProperty(script, async (steps) => {
      const intake = new KeptIntake();
      let run = openRun({ intake, format: 'rtcm3', run: 'r1', now });
      for (const { size, fails } of [...steps, { size: bytes.length, fails: false }]) {
        const at = run.received;
        if (fails) intake.failures = 1;
        const end = Math.min(bytes.length, at + size);
        await run.push(bytes.subarray(at, end), at, end === bytes.length).catch(() => undefined);
        intake.failures = 0;
        if (run.state !== 'failed') continue;
        const near = run.near;
        run = openRun({
          intake,
          format: 'rtcm3',
          run: 'r1',
          now,
          resumeAt: { ...run.progress, ...(near && { near }) },
        });
      }
      if (run.state === 'running') await run.push(bytes.subarray(run.received), run.received, true);
      assert.deepEqual(identity(intake.items), identity(whole));
      assert.equal(run.progress.acknowledged, whole.length);
    }),
    { numRuns: 10 },
  );
});
