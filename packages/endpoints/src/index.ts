export { createApp, type Extension } from './app.ts';
export type { Caller, Callers } from './caller.ts';
export { type Figure, operatorServer } from './operator.ts';
export type { LedgerFiles, Parts, PartyView, Run, Runs } from './parts.ts';
export { Problem, type ProblemCode, problemOf } from './problem.ts';
