import type { RunningNode } from './node.ts';

/** Starts the exercise of the demonstration on a running node. */
export async function startDemoExercise(_node: RunningNode): Promise<{ stop(): Promise<void> }> {
  return { stop: async () => undefined };
}
