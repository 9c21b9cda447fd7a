import { observationsFromMsm } from '../observation/from-msm.ts';
import type { GnssObservation } from '../observation/observation-set.ts';
import type { MsmMessage } from '../rtcm3/msm.ts';
import { DAY_MILLIS, gpstOfDay, type MsmEpoch, modulo, msmEpoch, sameInstant } from './msm-epoch.ts';

/** Where a frame lies in the stream. */
export interface Extent {
  readonly offset: number;
  readonly length: number;
}

/** Observations of one station and epoch, the week not yet known. */
export interface AssembledEpoch {
  readonly station: number;
  /** Milliseconds of the GPST week, or of the GPST day for an epoch of GLONASS alone. */
  readonly milliseconds: number;
  readonly period: 'week' | 'day';
  readonly observations: readonly GnssObservation[];
  /** The sender marked its end: nothing of it is known to be missing. */
  readonly complete: boolean;
  /** Offset of its first frame and offset after its last. */
  readonly offset: number;
  readonly through: number;
}

interface OpenEpoch {
  readonly station: number;
  readonly milliseconds: number;
  readonly period: 'week' | 'day';
  readonly observations: GnssObservation[];
  readonly offset: number;
  through: number;
}

/**
 * Groups MSMs into epochs. An epoch ends with the message whose multiple message bit (DF393) is off, and in any
 * case when a message of another epoch or station comes, so that a lost message does not glue two epochs together.
 * Once a sender is seen to go on after the bit was off, its bit is no longer believed and epochs end by time alone.
 */
export class EpochAssembler {
  #open: OpenEpoch | undefined;
  #closed: { station: number; ofDay: number } | undefined;
  #bitBelieved = true;

  /** Offset of the first frame of the epoch under way. */
  get openSince(): number | undefined {
    return this.#open?.offset;
  }

  /**
   * @param leapSeconds GPST − UTC where the date is known; GLONASS alone needs it
   * @returns the epochs that this message ends, or `unresolved` for one that cannot be placed
   */
  add(message: MsmMessage, extent: Extent, leapSeconds: number | undefined): AssembledEpoch[] | 'unresolved' {
    const epoch = this.#place(msmEpoch(message), message.station, leapSeconds);
    if (epoch === undefined) return 'unresolved';
    const ended: AssembledEpoch[] = [];
    const open = this.#open;
    if (
      open !== undefined &&
      (open.station !== message.station ||
        open.period !== epoch.period ||
        open.milliseconds !== epoch.milliseconds)
    ) {
      // Without a believed bit, the next epoch is the regular end of this one.
      ended.push(...this.#close(!this.#bitBelieved));
    }
    const closed = this.#closed;
    if (closed?.station === message.station && closed.ofDay === modulo(epoch.milliseconds, DAY_MILLIS)) {
      this.#bitBelieved = false;
    }

    this.#open ??= {
      ...epoch,
      station: message.station,
      observations: [],
      offset: extent.offset,
      through: extent.offset,
    };
    this.#open.through = extent.offset + extent.length;
    merge(this.#open.observations, observationsFromMsm(message));
    if (!message.multiple && this.#bitBelieved) ended.push(...this.#close(true));
    return ended;
  }

  /** Ends the epoch under way, as at the end of the stream. */
  flush(): AssembledEpoch[] {
    return this.#close(!this.#bitBelieved);
  }

  #place(
    epoch: MsmEpoch,
    station: number,
    leapSeconds: number | undefined,
  ): { milliseconds: number; period: 'week' | 'day' } | undefined {
    if (epoch.scale === 'invalid') return undefined;
    if (epoch.scale === 'GPST') {
      const { ofWeek } = epoch;
      const open = this.#open;
      // GLONASS may have come first.
      if (
        open?.period === 'day' &&
        open.station === station &&
        open.milliseconds === modulo(ofWeek, DAY_MILLIS)
      ) {
        this.#open = { ...open, period: 'week', milliseconds: ofWeek };
      }
      return { milliseconds: ofWeek, period: 'week' };
    }
    const open = this.#open;
    if (open?.period === 'week' && sameInstant(epoch.ofDay, open.milliseconds, leapSeconds)) {
      return { milliseconds: open.milliseconds, period: 'week' };
    }
    if (leapSeconds === undefined) return undefined;
    return { milliseconds: gpstOfDay(epoch.ofDay, leapSeconds), period: 'day' };
  }

  #close(complete: boolean): AssembledEpoch[] {
    const open = this.#open;
    if (open === undefined) return [];
    this.#open = undefined;
    this.#closed = { station: open.station, ofDay: modulo(open.milliseconds, DAY_MILLIS) };
    return [{ ...open, complete }];
  }
}

/** Joins the signals of a satellite that an epoch spreads over several messages. */
function merge(into: GnssObservation[], more: readonly GnssObservation[]): void {
  const first = more[0];
  const known = first !== undefined && into.some((o) => o.gnssSatId[0] === first.gnssSatId[0]);
  if (!known) {
    into.push(...more);
    return;
  }
  for (const observation of more) {
    const at = into.findIndex((o) => o.gnssSatId === observation.gnssSatId);
    const previous = into[at];
    if (previous === undefined) {
      into.push(observation);
      continue;
    }
    const fresh = observation.obsCodeSet.map((code, i) => ({ code, value: observation.ob[i] as number }));
    const added = fresh.filter(({ code }) => !previous.obsCodeSet.includes(code));
    into[at] = {
      gnssSatId: previous.gnssSatId,
      obsCodeSet: [...previous.obsCodeSet, ...added.map(({ code }) => code)],
      ob: [...previous.ob, ...added.map(({ value }) => value)],
    };
  }
}
