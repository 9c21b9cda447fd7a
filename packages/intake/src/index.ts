export type {
  Decoded,
  Decoder,
  FeedDescription,
  FeedIntake,
  FeedState,
  IncomingItem,
  Progress,
  Quarantined,
} from './feed.ts';
export {
  type FeedHealth,
  Intake,
  type IntakeOptions,
  type IntakeStore,
  type NewRow,
  type QuarantineRow,
  type RunProgress,
} from './intake.ts';
