import type { BroadcastEphemeris } from '../ephemeris/ephemeris.ts';
import { resolveEphemeris } from '../ephemeris/resolve.ts';
import type { GnssObservationSet } from '../observation/observation-set.ts';
import type { DiscardReason } from '../rtcm3/frame.ts';
import { type FramerEvent, RtcmFramer } from '../rtcm3/framer.ts';
import { decodeMessage, type EphemerisMessage, type RtcmMessage } from '../rtcm3/message.ts';
import type { StationMessage } from '../rtcm3/station.ts';
import { leapSecondsAtGpst } from '../time/leap-seconds.ts';
import {
  type Gpst,
  gpstFromUtc,
  isoFromGpst,
  nearestInPeriod,
  SECONDS_PER_DAY,
  SECONDS_PER_WEEK,
  utcMillis,
} from '../time/time-scale.ts';
import { type AssembledEpoch, EpochAssembler, type Extent } from './epoch-assembler.ts';

export interface ReceiverOptions {
  /**
   * An instant within three days of the data, UTC milliseconds: `Date.now()` on a live stream. Without it the
   * weeks come from the stream itself: of 1042 as they are, of 1019 with the help of `rollover`.
   */
  readonly reference?: number;
  /** An instant within nine years of the data, UTC milliseconds, to resolve the 10 bit week of 1019. */
  readonly rollover?: number;
  /** Name for `gnssObservationSet.receiver`; by default `RTCM` and the station number. */
  readonly receiver?: string;
  /** Absolute offset of the first byte that will be pushed. */
  readonly offset?: number;
  /** Epochs kept back until the week is known, before the oldest are given up. */
  readonly maxHeld?: number;
}

/** What came out of the stream. Offsets are absolute, in bytes. */
export type ReceiverEvent =
  | {
      readonly event: 'epoch';
      readonly gpst: Gpst;
      readonly station: number;
      readonly set: GnssObservationSet;
      /** The sender marked the end of the epoch: nothing of it is known to be missing. */
      readonly complete: boolean;
      /** Of its first frame, and after its last. */
      readonly offset: number;
      readonly through: number;
    }
  | ({ readonly event: 'ephemeris'; readonly ephemeris: BroadcastEphemeris } & Extent)
  | ({ readonly event: 'station'; readonly station: StationMessage } & Extent)
  | ({ readonly event: 'unsupported'; readonly type: number; readonly bytes: Uint8Array } & Extent)
  | ({
      readonly event: 'discarded';
      readonly reason: ReceiverDiscardReason;
      readonly detail: string;
    } & Extent);

export type ReceiverDiscardReason =
  | DiscardReason
  /** The CRC holds but the message cannot be what it claims. */
  | 'malformed'
  /** No week could be found for it. */
  | 'time-unresolved';

/** An RTCM 3 stream from bytes to epochs and ephemerides. */
export interface Receiver {
  /** Feeds bytes, however cut; returns what they completed, in the order of the stream. */
  push(bytes: Uint8Array): ReceiverEvent[];
  /** Ends the stream: the epoch under way and what was held back. */
  end(): ReceiverEvent[];
  /** Absolute offset after the last complete frame. */
  readonly through: number;
  /** Offset up to which every frame's outcome has been returned: where reading may be taken up again. */
  readonly settled: number;
}

type Held =
  | { readonly kind: 'epoch'; readonly epoch: AssembledEpoch; readonly offset: number }
  | {
      readonly kind: 'ephemeris';
      readonly message: EphemerisMessage;
      readonly extent: Extent;
      readonly offset: number;
    };

/**
 * Decodes a stream of RTCM 3: framing, messages, epochs, time.
 *
 * Times of MSMs lack the week. It is taken from `reference`, or from the first 1042 (13 bit week) or, given
 * `rollover`, the first 1019; until one is there, epochs and 1019s are held back and then delivered in order.
 * Later epochs follow the one before them, within half a week.
 *
 * ```ts
 * const receiver = createReceiver({ reference: Date.now() });
 * for (const event of receiver.push(chunk)) if (event.event === 'epoch') use(event.set);
 * ```
 */
export function createReceiver(options: ReceiverOptions = {}): Receiver {
  return new RtcmReceiver(options);
}

class RtcmReceiver implements Receiver {
  readonly #framer: RtcmFramer;
  readonly #assembler = new EpochAssembler();
  readonly #name: string | undefined;
  readonly #rollover: Gpst | undefined;
  readonly #maxHeld: number;
  /** The best known instant of the stream, to within half a week. */
  #near: Gpst | undefined;
  #held: Held[] = [];

  constructor(options: ReceiverOptions) {
    this.#framer = new RtcmFramer(options.offset ?? 0);
    this.#name = options.receiver;
    this.#near = instant(options.reference);
    this.#rollover = instant(options.rollover);
    this.#maxHeld = options.maxHeld ?? 1200;
  }

  get through(): number {
    return this.#framer.through;
  }

  get settled(): number {
    return Math.min(this.through, this.#held[0]?.offset ?? Infinity, this.#assembler.openSince ?? Infinity);
  }

  push(bytes: Uint8Array): ReceiverEvent[] {
    return this.#handle(this.#framer.push(bytes));
  }

  end(): ReceiverEvent[] {
    const events = this.#handle(this.#framer.end());
    for (const epoch of this.#assembler.flush()) this.#epoch(events, epoch);
    for (const held of this.#held) events.push(givenUp(held));
    this.#held = [];
    return events;
  }

  #handle(framed: readonly FramerEvent[]): ReceiverEvent[] {
    const events: ReceiverEvent[] = [];
    for (const item of framed) {
      if (item.event === 'discarded') {
        events.push({ event: 'discarded', ...item.range, detail: `${item.range.length} bytes passed over` });
        continue;
      }
      const { offset, length, payload } = item.frame;
      // A frame without payload is a filler (RTCM 10403.3, 4.1).
      if (payload.length > 0) this.#message(events, decodeMessage(payload), { offset, length });
    }
    return events;
  }

  #message(events: ReceiverEvent[], message: RtcmMessage, extent: Extent): void {
    switch (message.kind) {
      case 'station':
        events.push({ event: 'station', station: message, ...extent });
        return;
      case 'unsupported':
        events.push({ event: 'unsupported', type: message.type, bytes: message.bytes, ...extent });
        return;
      case 'malformed':
        events.push({
          event: 'discarded',
          reason: 'malformed',
          detail: `${message.type}: ${message.why}`,
          ...extent,
        });
        return;
      case 'ephemeris':
        this.#ephemeris(events, message, extent);
        return;
      case 'msm': {
        const leapSeconds = this.#near === undefined ? undefined : leapSecondsAtGpst(this.#near);
        const ended = this.#assembler.add(message, extent, leapSeconds);
        if (ended === 'unresolved') {
          const detail = `${message.type}: epoch field ${message.epochField}`;
          events.push({ event: 'discarded', reason: 'time-unresolved', detail, ...extent });
        } else {
          for (const epoch of ended) this.#epoch(events, epoch);
        }
      }
    }
  }

  #ephemeris(events: ReceiverEvent[], message: EphemerisMessage, extent: Extent): void {
    const ephemeris = resolveEphemeris(
      message,
      this.#near ?? (message.type === 1019 ? this.#rollover : undefined),
    );
    if (ephemeris === undefined) {
      this.#hold(events, { kind: 'ephemeris', message, extent, offset: extent.offset });
      return;
    }
    if (this.#near === undefined && ephemeris.health === 0) this.#anchor(events, ephemeris.toe);
    events.push({ event: 'ephemeris', ephemeris, ...extent });
  }

  #epoch(events: ReceiverEvent[], epoch: AssembledEpoch): void {
    if (this.#near === undefined) {
      this.#hold(events, { kind: 'epoch', epoch, offset: epoch.offset });
      return;
    }
    const period = epoch.period === 'week' ? SECONDS_PER_WEEK : SECONDS_PER_DAY;
    const gpst = nearestInPeriod(epoch.milliseconds / 1e3, this.#near, period);
    this.#near = gpst;
    events.push({
      event: 'epoch',
      gpst,
      station: epoch.station,
      set: {
        ts: isoFromGpst(gpst),
        receiver: this.#name ?? `RTCM ${epoch.station}`,
        gnssObservationList: epoch.observations,
      },
      complete: epoch.complete,
      offset: epoch.offset,
      through: epoch.through,
    });
  }

  /** The week is known now: what was held back can go. */
  #anchor(events: ReceiverEvent[], near: Gpst): void {
    this.#near = near;
    const held = this.#held;
    this.#held = [];
    for (const item of held) {
      if (item.kind === 'epoch') this.#epoch(events, item.epoch);
      else this.#ephemeris(events, item.message, item.extent);
    }
  }

  #hold(events: ReceiverEvent[], item: Held): void {
    this.#held.push(item);
    const oldest = this.#held.length > this.#maxHeld ? this.#held.shift() : undefined;
    if (oldest !== undefined) events.push(givenUp(oldest));
  }
}

function givenUp(held: Held): ReceiverEvent {
  const event = { event: 'discarded', reason: 'time-unresolved' } as const;
  if (held.kind === 'ephemeris') return { ...event, ...held.extent, detail: '1019: no week known' };
  const { offset, through } = held.epoch;
  return { ...event, offset, length: through - offset, detail: 'epoch: no week known' };
}

function instant(milliseconds: number | undefined): Gpst | undefined {
  return milliseconds === undefined ? undefined : gpstFromUtc(utcMillis(milliseconds));
}
