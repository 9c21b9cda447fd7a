import { randomUUID } from 'node:crypto';
import { Problem, type Run, type Runs } from '@concord/endpoints';
import {
  detectFormat,
  FeedError,
  type Format,
  isFormat,
  openRun,
  type Run as Recording,
} from '@concord/feeds';
import type { FeedIntake, Intake } from '@concord/intake';
import { type Label, labelText, type OfficerId, type PartyId, parseLabel } from '@concord/label';

/** How exactly it is kept when a recording plays: far less than the half week within which a week is told. */
const NEAR_MS = 3_600_000;

/** What a run is, apart from how far it is. */
export interface RunRecord {
  readonly run: string;
  readonly officer: OfficerId;
  readonly party: PartyId;
  readonly feed: string;
  readonly source: string;
  readonly format?: string;
  /** Canonical text of the label. */
  readonly label: string;
  readonly near?: number;
}

export interface RunStore {
  saveRun(run: RunRecord): Promise<void>;
  findRun(run: string): Promise<RunRecord | undefined>;
  runProgress(run: string): Promise<{ through: number; acknowledged: number } | undefined>;
}

interface Open {
  record: RunRecord;
  through: number;
  acknowledged: number;
  recording?: Recording;
}

/** Recordings that officers feed in: each can be taken up again where it is durable, after whatever has happened. */
export class RecordingRuns implements Runs {
  readonly #open = new Map<string, Open>();
  readonly #intake: Intake;
  readonly #store: RunStore;
  readonly #now: () => number;

  constructor(intake: Intake, store: RunStore, now: () => number) {
    this.#intake = intake;
    this.#store = store;
    this.#now = now;
  }

  async open(of: {
    officer: OfficerId;
    party: PartyId;
    feed: string;
    source: string;
    format?: string;
    label: Label;
  }): Promise<Run> {
    if (of.format !== undefined && !isFormat(of.format))
      throw new Problem('bad-request', `format: "${of.format}" is not read here`);
    const { label, ...rest } = of;
    const record: RunRecord = { ...rest, run: randomUUID(), label: labelText(label) };
    await this.#store.saveRun(record);
    const open: Open = { record, through: 0, acknowledged: 0 };
    this.#open.set(record.run, open);
    return this.#view(open);
  }

  async find(run: string, officer: OfficerId): Promise<Run | undefined> {
    const open = this.#open.get(run) ?? (await this.#restore(run));
    return open?.record.officer === officer ? this.#view(open) : undefined;
  }

  async #restore(run: string): Promise<Open | undefined> {
    if (!/^[0-9a-f-]{36}$/.test(run)) return undefined;
    const record = await this.#store.findRun(run);
    if (!record) return undefined;
    const progress = (await this.#store.runProgress(run)) ?? { through: 0, acknowledged: 0 };
    const open = this.#open.get(run) ?? { record, ...progress };
    this.#open.set(run, open);
    return open;
  }

  #view(open: Open): Run {
    return {
      run: open.record.run,
      feed: open.record.feed,
      officer: open.record.officer,
      through: open.through,
      acknowledged: open.acknowledged,
      push: (bytes, offset, last) => this.#push(open, bytes, offset, last),
    };
  }

  async #push(open: Open, bytes: Uint8Array, offset: number, last: boolean) {
    open.recording ??= this.#recording(open, bytes, offset);
    try {
      const progress = await open.recording.push(bytes, offset, last);
      open.through = progress.through;
      open.acknowledged = progress.acknowledged;
      return progress;
    } catch (cause) {
      if (cause instanceof FeedError && cause.code === 'offset-gap')
        throw new Problem('conflict', cause.message);
      delete open.recording;
      this.#open.delete(open.record.run);
      if (cause instanceof FeedError) throw new Problem('conflict', cause.message);
      throw cause;
    }
  }

  /**
   * Keeps about when a recording plays, before the items of that time are durable: a run that is taken up again in the
   * midst of an RTCM 3 recording would not know the week of what follows.
   */
  #dated(open: Open, intake: FeedIntake): FeedIntake {
    return {
      description: intake.description,
      quarantine: (entries) => intake.quarantine(entries),
      state: (state, message) => intake.state(state, message),
      accept: async (items, progress) => {
        const near = items.at(-1)?.time;
        const known = open.record.near;
        if (near !== undefined && !(known !== undefined && Math.abs(near - known) < NEAR_MS)) {
          open.record = { ...open.record, near };
          await this.#store.saveRun(open.record);
        }
        await intake.accept(items, progress);
      },
    };
  }

  #recording(open: Open, bytes: Uint8Array, offset: number): Recording {
    const { record, through, acknowledged } = open;
    const format =
      (record.format as Format | undefined) ??
      (offset === 0 ? detectFormat(record.source, bytes) : detectFormat(record.source, new Uint8Array()));
    if (!format)
      throw new Problem('bad-request', `"${record.source}" is in no format that is read here; say which`);
    const { party, feed, source, officer, run } = record;
    const intake = this.#intake.open({
      party,
      feed,
      source,
      officer,
      format,
      label: parseLabel(record.label),
    });
    return openRun({
      intake: this.#dated(open, intake),
      format,
      run,
      now: this.#now,
      receiver: feed,
      ...(through > 0 && {
        resumeAt: { through, acknowledged, ...(record.near !== undefined && { near: record.near }) },
      }),
    });
  }
}
