import { createReceiver, type Receiver, type ReceiverEvent, utcFromGpst } from '@concord/gnss';
import type { Decoded, Decoder } from '@concord/intake';
import type { DecodeContext } from './context.ts';
import { FaultRuns } from './fault-runs.ts';
import { ephemerisItem, observationItem, type ReferencePoint, referencePoint } from './gnss-record.ts';
import { HoldBack } from './hold-back.ts';
import { plainBytes, SourceWindow } from './source-window.ts';

/** Garbage of a live source is told when it has gone on for this many bytes, ended or not. */
const LONG_GARBAGE = 4096;

/**
 * RTCM 3 to `gnss.observation` (an item an epoch) and `gnss.ephemeris` (an item each 1019 or 1042, repeated ones too).
 *
 * Resumed at a `through`, it gives the same observations and ephemerides as one pass. Learned again, and therefore
 * missing at first, is where the station is (1005, 1006: the place of observations); known again only by `near` or
 * the next ephemeris is the week; a message type that is not read is mentioned once a decoder.
 */
export class Rtcm3Decoder implements Decoder {
  readonly #receiver: Receiver;
  readonly #live: boolean;
  readonly #window: SourceWindow;
  readonly #runs: FaultRuns;
  readonly #held = new HoldBack();
  readonly #points = new Map<number, ReferencePoint>();
  readonly #mentioned = new Set<number>();
  /** Garbage under way has been told up to here. */
  #toldTo = 0;

  constructor(context: DecodeContext) {
    const { now, live = false, resumeAt = 0, near, receiver } = context;
    const reference = near ?? (live ? now() : undefined);
    this.#live = live;
    this.#receiver = createReceiver({
      offset: resumeAt,
      rollover: now(),
      ...(reference !== undefined && { reference }),
      ...(receiver !== undefined && { receiver }),
    });
    this.#window = new SourceWindow(resumeAt);
    this.#window.pin(resumeAt);
    this.#runs = new FaultRuns(live);
  }

  push(chunk: Uint8Array): Decoded {
    const bytes = plainBytes(chunk);
    this.#window.push(bytes);
    for (const event of this.#receiver.push(bytes)) this.#take(event);
    const clean = this.#receiver.through;
    this.#window.pin(clean);
    if (this.#live) this.#tellLongGarbage(clean);
    if ((this.#runs.openEnd ?? clean) < clean) this.#runs.close();
    const through = Math.min(this.#receiver.settled, this.#runs.openSince ?? Infinity);
    return this.#give(this.#live ? Infinity : through, through);
  }

  end(): Decoded {
    for (const event of this.#receiver.end()) this.#take(event);
    this.#runs.close();
    return this.#give(Infinity, this.#window.end);
  }

  #give(readyTo: number, through: number): Decoded {
    this.#window.release();
    return { items: this.#held.take(readyTo), quarantined: this.#runs.take(), through };
  }

  #take(event: ReceiverEvent): void {
    switch (event.event) {
      case 'epoch': {
        const point = this.#points.get(event.station);
        this.#held.add(observationItem(event.set, Math.round(utcFromGpst(event.gpst)), point), event.through);
        return;
      }
      case 'ephemeris':
        this.#held.add(ephemerisItem(event.ephemeris), event.offset + event.length);
        return;
      case 'station': {
        const point = referencePoint(event.station);
        if (point !== undefined) this.#points.set(event.station.station, point);
        return;
      }
      case 'unsupported':
        if (this.#mentioned.has(event.type)) return;
        this.#mentioned.add(event.type);
        this.#fault('unsupported', `message type ${event.type} is not read; mentioned once`, event);
        return;
      case 'discarded':
        this.#fault(event.reason, event.detail, event);
    }
  }

  #fault(code: string, message: string, { offset, length }: { offset: number; length: number }): void {
    const byte = Math.max(offset, Math.min(this.#toldTo, offset + length));
    const rest = offset + length - byte;
    if (rest === 0) return;
    this.#runs.add({ code, message, byte, length: rest, bytes: this.#window.sample(byte, rest) });
  }

  #tellLongGarbage(clean: number): void {
    const end = this.#window.end;
    if (end - clean < LONG_GARBAGE || this.#toldTo > clean) return;
    const message = 'no RTCM 3 frame in these bytes, and none yet behind them';
    const bytes = this.#window.sample(clean);
    // What may still become a frame is left to be told later.
    this.#toldTo = end - 1029;
    this.#runs.add({ code: 'not-rtcm3', message, byte: clean, length: this.#toldTo - clean, bytes });
  }
}
