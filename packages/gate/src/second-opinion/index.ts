export { compareCell, compareCells, compareMatrix, type Disagreement } from './compare.ts';
export type { JoinedObligations } from './notes.ts';
export { type Opinion, SecondOpinion } from './opinion.ts';
