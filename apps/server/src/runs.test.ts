import assert from 'node:assert/strict';
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import type { FeedIntake, IncomingItem, Intake, Progress } from '@concord/intake';
import type { OfficerId, PartyId } from '@concord/label';
import { sharedData } from '../../../tests/shared-data.ts';
import { demoLabel } from './demo.ts';
import { RecordingRuns, type RunRecord, type RunStore } from './runs.ts';

/** A store in memory that outlives the runs, and an intake that goes away after so many commits. */
class Kept implements RunStore {
  readonly items: IncomingItem[] = [];
  readonly #runs = new Map<string, RunRecord>();
  readonly #progress = new Map<string, Progress>();
  left = Number.POSITIVE_INFINITY;

  saveRun(run: RunRecord): Promise<void> {
    this.#runs.set(run.run, run);
    return Promise.resolve();
  }

  findRun(run: string): Promise<RunRecord | undefined> {
    return Promise.resolve(this.#runs.get(run));
  }

  runProgress(run: string): Promise<Progress | undefined> {
    return Promise.resolve(this.#progress.get(run));
  }

  get intake(): Intake {
    const open = (description: FeedIntake['description']): FeedIntake => ({
      description,
      state: () => undefined,
      quarantine: () => Promise.resolve(),
      accept: (items, progress) => {
        if (this.left-- <= 0) return Promise.reject(new Error('gone'));
        this.items.push(...items);
        if (progress) this.#progress.set(progress.run, progress);
        return Promise.resolve();
      },
    });
    return { open } as unknown as Intake;
  }
}

const OFFICER = 'ada@alder' as OfficerId;
const begin = {
  officer: OFFICER,
  party: 'alder' as PartyId,
  feed: 'str24',
  source: 'STR24.rtcm3',
  label: demoLabel('alder', 'TEST'),
};
/** Years after the recording was made: the week cannot be told from it. */
const now = () => Date.UTC(2030, 0, 1);
/** Messages that tell the week: ephemerides of every system. */
const DATED = new Set([1019, 1020, 1042, 1044, 1045, 1046]);

/** A recording without the ephemerides behind its first part. */
function undatedBehind(bytes: Buffer, first: number): Buffer {
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const length = bytes[at] === 0xd3 ? (bytes.readUInt16BE(at + 1) & 0x3ff) + 6 : 1;
    const dated = length > 6 && DATED.has(bytes.readUInt16BE(at + 3) >> 4);
    if (at < first || !dated) parts.push(bytes.subarray(at, at + length));
    at += length;
  }
  return Buffer.concat(parts);
}

/** What must be the same; where the station is, a run learns again only by and by. */
const essence = ({ kind, time, series, record }: IncomingItem) => {
  const { gnssObservationList: list, gnssSatId: satellite } = record;
  const content = JSON.stringify([list, satellite]);
  return `${kind} ${new Date(time).toISOString()} ${series} ${createHash('sha256').update(content).digest('hex')}`;
};

test('an RTCM recording cut off between two commits of one chunk goes on in its own week', async (t) => {
  const path = sharedData('gnss/STR24_dropped-packets.rtcm3');
  if (!path) return t.skip('shared data absent');
  const bytes = undatedBehind(readFileSync(path).subarray(0, 700_000), 250_000);

  const whole = new Kept();
  const run = await new RecordingRuns(whole.intake, whole, now).open(begin);
  await run.push(bytes, 0, true);

  const kept = new Kept();
  const first = await new RecordingRuns(kept.intake, kept, now).open(begin);
  kept.left = 1;
  await assert.rejects(first.push(bytes, 0, true), /gone/);
  kept.left = Number.POSITIVE_INFINITY;
  const second = await new RecordingRuns(kept.intake, kept, now).find(first.run, OFFICER);
  assert.ok(second && second.through > 0 && second.through < bytes.length);
  await second.push(bytes.subarray(second.through), second.through, true);

  assert.ok(whole.items.length > 600, `${whole.items.length} items`);
  assert.equal(kept.items.length, whole.items.length);
  const [mine, all] = [kept.items.map(essence), whole.items.map(essence)];
  const other = mine.findIndex((one, i) => one !== all[i]);
  assert.equal(other, -1, `${mine[other]} is not ${all[other]}`);
});

test('a run is found by its own officer alone', async () => {
  const kept = new Kept();
  const runs = new RecordingRuns(kept.intake, kept, now);
  const { run } = await runs.open(begin);
  assert.ok(await runs.find(run, OFFICER));
  assert.equal(await runs.find(run, 'ben@birch' as OfficerId), undefined);
  assert.equal(
    await new RecordingRuns(kept.intake, kept, now).find(run, 'ben@birch' as OfficerId),
    undefined,
  );
});
