import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { IncomingItem } from '@concord/intake';
import { counted } from '../decode/passes.testing.ts';
import { EXERCISE_LABEL, KeptIntake } from '../intake.testing.ts';
import { type ExerciseOptions, startExercise } from './exercise.ts';
import { MID_OCEAN_CORRIDOR } from './waters.ts';

const START = Date.parse('2026-11-24T00:00:00.400Z');

/** A clock that begins at the start and can be set forward. */
class SetClock {
  ahead = 0;
  readonly #begin = performance.now();
  readonly now = (): number => Math.round(START + performance.now() - this.#begin) + this.ahead;
}

function opened(): { intakes: Map<string, KeptIntake>; intake: ExerciseOptions['intake'] } {
  const intakes = new Map<string, KeptIntake>();
  const intake: ExerciseOptions['intake'] = ({ party, feed }) => {
    const kept = new KeptIntake(feed, party);
    intakes.set(`${party}/${feed}`, kept);
    return kept;
  };
  return { intakes, intake };
}

const common = {
  corridor: MID_OCEAN_CORRIDOR,
  seed: 'seed',
  onError: (cause: unknown): void => {
    throw cause;
  },
};

/** Plays until all receivers have given two epochs; then sets the clock forward to the end of the first minute. */
async function played(): Promise<Map<string, KeptIntake>> {
  const { intakes, intake } = opened();
  const clock = new SetClock();
  const exercise = await startExercise({ ...common, intake, clock });
  const of = (name: string): KeptIntake => intakes.get(name) ?? assert.fail(`no feed ${name}`);
  const epochs = [1, 2, 3, 4, 5, 6].map((n) =>
    of(`alder/xr${n}`).until((kept) => kept.of('gnss.observation').length >= 2),
  );
  await Promise.all([...epochs, of('alder/catalogue').until(({ items }) => items.length === 40)]);
  // In steps, since what is long past is not played.
  for (; clock.ahead < 63_000; clock.ahead += 5000) await new Promise((resolve) => setTimeout(resolve, 120));
  await of('alder/imagery').until((kept) => kept.of('eo.scene').length === 2);
  await exercise.stop();
  return intakes;
}

test('every feed of an exercise brings what it should, and nothing is quarantined', async () => {
  const begin = performance.now();
  const intakes = await played();
  assert.ok(performance.now() - begin < 20_000);
  assert.deepEqual([...intakes.keys()].sort(), [
    ...['alder/catalogue', 'alder/imagery'],
    ...[1, 2, 3, 4, 5, 6].map((n) => `alder/xr${n}`),
    'birch/coastal-ais',
  ]);
  for (const [name, kept] of intakes) {
    assert.deepEqual(kept.quarantined, [], name);
    assert.deepEqual(kept.states.at(-1), ['done', 'stopped'], name);
    assert.ok(
      kept.items.every(({ time }) => time >= START - 3_600_000 && time < START + 90_000),
      name,
    );
  }
  const counts = (name: string) => counted(intakes.get(name)?.items ?? []);
  assert.ok((counts('alder/xr1')['gnss.ephemeris'] ?? 0) >= 5);
  assert.ok((counts('birch/coastal-ais')['ais.position'] ?? 0) >= 60);
  assert.ok((counts('alder/imagery')['eo.detection'] ?? 0) >= 30);
});

test('the same seed and start give the same world', async () => {
  const [first, second] = await Promise.all([played(), played()]);
  const key = ({ kind, series, time }: IncomingItem): string => `${kind} ${series} ${time}`;
  for (const [name, kept] of first) {
    const others = second.get(name)?.items ?? [];
    const [keys, texts] = [new Set(others.map(key)), new Set(others.map((item) => JSON.stringify(item)))];
    // Where the clock was set forward, and what was sent before a client was there, is a matter of milliseconds.
    const both = kept.items.filter((item) => keys.has(key(item)));
    assert.ok(both.length >= Math.min(kept.items.length, others.length) * 0.4, `${name}: ${both.length}`);
    for (const item of both) assert.ok(texts.has(JSON.stringify(item)), `${name}: ${key(item)}`);
  }
});

test('a label of another data mode is refused, and nothing is left running', async () => {
  const intake: ExerciseOptions['intake'] = ({ party, feed }) =>
    new KeptIntake(feed, party, feed === 'xr3' ? { ...EXERCISE_LABEL, dataMode: 'REAL' } : EXERCISE_LABEL);
  await assert.rejects(startExercise({ ...common, intake, clock: new SetClock() }), { code: 'argument' });
});
