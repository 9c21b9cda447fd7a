export type { AgreementFile, FeedConfig, NodeConfig } from './config.ts';
export { type Demo, demo, demoCorridor, demoLabel } from './demo.ts';
export { ServerError, type ServerErrorCode } from './error.ts';
export { existingSecrets, type NodeSecrets, nodeSecrets } from './node-secrets.ts';
export { type RunningNode, startNode, termsOf } from './node.ts';
export { countItems } from './counts.ts';
export { startDemoExercise } from './demo-exercise.ts';
export { writeNodeFile } from './node-file.ts';
export { untilStopped } from './until-stopped.ts';
