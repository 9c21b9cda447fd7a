export { type Bus, type BusOptions, type CommittedBatch, createBus } from './bus.ts';
