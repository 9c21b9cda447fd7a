import {
  type BroadcastEphemeris,
  createReceiver,
  decodeMessage,
  type EphemerisStore,
  type GnssObservationSet,
  type Gpst,
  gpstFromUtc,
  messageType,
  RtcmFramer,
  resolveEphemeris,
  type StationMessage,
  utcFromGpst,
  utcMillis,
  type Vector3,
} from '@concord/gnss';
import type { Findings } from '../findings.ts';
import { inputName, peek } from '../input.ts';
import { UsageError } from '../verb.ts';
import { formOf, HEAD_BYTES } from './form.ts';
import { rinexEpochs } from './rinex-epochs.ts';

/** Stations and broadcast ephemerides. */
const FACTS = new Set([1005, 1006, 1019, 1042]);

/** One epoch of observations, wherever it came from. */
export interface ObservedEpoch {
  readonly gpst: Gpst;
  readonly set: GnssObservationSet;
  /** Where the antenna is, as its station tells; metres. */
  readonly reference: Vector3 | undefined;
}

/** What is known of a recording beforehand. */
export interface Known {
  /** An instant within three days of it, milliseconds UTC. */
  readonly near: number | undefined;
  /** Antenna reference points by station; those that are told go there, too. */
  readonly points?: Map<number, Vector3>;
}

/**
 * The epochs of an observation file, RINEX or RTCM 3. Ephemerides that an RTCM stream carries go to the store as they
 * come.
 *
 * @throws UsageError for a file that is neither
 */
export async function* observedEpochs(
  path: string,
  store: EphemerisStore,
  findings: Findings,
  { near, points = new Map() }: Known,
): AsyncGenerator<ObservedEpoch, void, undefined> {
  const name = inputName(path);
  const { head, bytes } = await peek(path, HEAD_BYTES);
  const form = formOf(name, head);
  if (form === 'rinex-nav') throw new UsageError(`${name} holds navigation data, not observations`);
  if (form === 'rinex-obs') {
    const { epochs } = await rinexEpochs(name, bytes, findings);
    for await (const { gpst, set } of epochs) yield { gpst, set, reference: undefined };
    return;
  }
  const receiver = createReceiver({
    rollover: Date.now(),
    ...(near !== undefined && { reference: near }),
  });
  function* take(events: ReturnType<typeof receiver.push>): Generator<ObservedEpoch, void, undefined> {
    for (const event of events) {
      if (event.event === 'ephemeris') store.add(event.ephemeris);
      else if (event.event === 'station') points.set(event.station.station, event.station.ecef);
      else if (event.event === 'epoch')
        yield { gpst: event.gpst, set: event.set, reference: points.get(event.station) };
      else if (event.event === 'discarded' && event.reason !== 'not-rtcm3')
        findings.add(`byte ${event.offset}`, `${event.reason}: ${event.detail}`);
    }
  }
  for await (const piece of bytes) yield* take(receiver.push(piece));
  yield* take(receiver.end());
}

/** What an RTCM recording tells now and then, and is good to know from its beginning. */
export type Fact =
  | { readonly kind: 'ephemeris'; readonly ephemeris: BroadcastEphemeris }
  | { readonly kind: 'station'; readonly station: StationMessage };

/** Ephemerides and stations of an RTCM recording, ahead of its observations; a RINEX observation file has none. */
export async function* factsAhead(path: string): AsyncGenerator<Fact, void, undefined> {
  const { head, bytes } = await peek(path, HEAD_BYTES);
  if (formOf(inputName(path), head) !== 'rtcm3') return;
  const now = gpstFromUtc(utcMillis(Date.now()));
  const framer = new RtcmFramer();
  for await (const piece of bytes) {
    for (const event of framer.push(piece)) {
      if (event.event !== 'frame' || !FACTS.has(messageType(event.frame.payload))) continue;
      const message = decodeMessage(event.frame.payload);
      if (message.kind === 'station') yield { kind: 'station', station: message };
      const ephemeris = message.kind === 'ephemeris' ? resolveEphemeris(message, now) : undefined;
      if (ephemeris) yield { kind: 'ephemeris', ephemeris };
    }
  }
}

/**
 * An instant near a recording, milliseconds UTC: observations are sent without their week, and the ephemerides that
 * tell it may come later. Undefined where none does, and for what can be read only once.
 */
export async function instantNear(path: string): Promise<number | undefined> {
  if (path === '-') return undefined;
  for await (const fact of factsAhead(path))
    if (fact.kind === 'ephemeris' && fact.ephemeris.health === 0) return utcFromGpst(fact.ephemeris.toe);
  return undefined;
}
