/** The receiving end: only the release point may import this face. */
export { type CommittedBatch, type Subscriber, subscribe } from './bus.ts';
