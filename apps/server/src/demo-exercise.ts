import { startExercise } from '@concord/feeds';
import { demoCorridor, demoLabel } from './demo.ts';
import type { RunningNode } from './node.ts';

/** Plays the exercise of the demonstration on a running node; every item says EXERCISE. */
export function startDemoExercise(
  node: RunningNode,
  onError: (cause: unknown) => void,
): Promise<{ stop(): Promise<void> }> {
  return startExercise({
    intake: ({ party, feed, source, format }) =>
      node.intake.open({ party, feed, source, format, label: demoLabel(party) }),
    clock: { now: Date.now },
    corridor: demoCorridor(),
    seed: 'demo',
    onError,
  });
}
