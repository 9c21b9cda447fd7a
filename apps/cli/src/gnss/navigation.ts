import {
  type BroadcastEphemeris,
  createReceiver,
  EphemerisStore,
  GnssError,
  isoFromGpst,
  type Klobuchar,
  type RinexNav,
  readRinexNav,
} from '@concord/gnss';
import { Findings } from '../findings.ts';
import { inputName, peek } from '../input.ts';
import { UsageError } from '../verb.ts';
import { formOf, HEAD_BYTES } from './form.ts';

/** Broadcast ephemerides of files, and what else a solution takes from them. */
export interface Navigation {
  readonly store: EphemerisStore;
  /** Which file an ephemeris is of. */
  readonly sources: ReadonlyMap<BroadcastEphemeris, string>;
  readonly klobuchar: Klobuchar | undefined;
  /** Whether there was damage. */
  readonly status: 0 | 1;
}

/** Kept of a satellite: a month of hourly ones. */
const PER_SATELLITE = 1024;

/**
 * Reads navigation data, RINEX or RTCM 3, of one or more files.
 *
 * @throws UsageError for a file that is neither
 */
export async function readNavigation(paths: readonly string[]): Promise<Navigation> {
  const store = new EphemerisStore([], PER_SATELLITE);
  const sources = new Map<BroadcastEphemeris, string>();
  let klobuchar: Klobuchar | undefined;
  let status: 0 | 1 = 0;
  for (const path of paths) {
    const name = inputName(path);
    const findings = new Findings(name);
    const { head, bytes } = await peek(path, HEAD_BYTES);
    const form = formOf(name, head);
    if (form === 'rinex-obs') throw new UsageError(`${name} holds observations, not navigation data`);
    const add = (ephemeris: BroadcastEphemeris) => {
      store.add(ephemeris);
      sources.set(ephemeris, path);
    };
    if (form === 'rtcm3') await readRtcm(bytes, findings, add);
    else {
      const nav = await readRinexFile(name, bytes, findings);
      for (const ephemeris of nav.ephemerides) add(ephemeris);
      klobuchar ??= nav.klobuchar;
    }
    status = findings.end() === 1 ? 1 : status;
  }
  return { store, sources, klobuchar, status };
}

async function readRtcm(
  bytes: AsyncIterable<Uint8Array>,
  findings: Findings,
  add: (ephemeris: BroadcastEphemeris) => void,
): Promise<void> {
  const receiver = createReceiver({ rollover: Date.now() });
  const take = (events: ReturnType<typeof receiver.push>) => {
    for (const event of events) {
      if (event.event === 'ephemeris') add(event.ephemeris);
      else if (event.event === 'discarded' && event.reason !== 'not-rtcm3')
        findings.add(`byte ${event.offset}`, `${event.reason}: ${event.detail}`);
    }
  };
  for await (const piece of bytes) take(receiver.push(piece));
  take(receiver.end());
}

/** Reads RINEX navigation data whole; records that are passed over for damage go to the findings. */
export async function readRinexFile(
  name: string,
  bytes: AsyncIterable<Uint8Array>,
  findings: Findings,
): Promise<RinexNav> {
  const pieces: Uint8Array[] = [];
  for await (const piece of bytes) pieces.push(piece);
  try {
    const nav = readRinexNav(Buffer.concat(pieces).toString('latin1'));
    for (const { line, reason, sat } of nav.skipped) {
      if (reason === 'malformed') findings.add(`line ${line}`, `${reason}: ${sat || 'no record'}`);
    }
    return nav;
  } catch (cause) {
    if (cause instanceof GnssError) throw new UsageError(`${name}: ${cause.code}: ${cause.message}`);
    throw cause;
  }
}

/**
 * An ephemeris as a line of output: its parameters under their names in radians, metres and seconds, `toe` and `toc`
 * in UTC and, to the last digit, as seconds of GPST since 1980-01-06.
 */
export function ephemerisLine(ephemeris: BroadcastEphemeris): Record<string, unknown> {
  const { sat, toe, toc, accuracy, ...parameters } = ephemeris;
  return {
    kind: 'ephemeris',
    gnssSatId: sat,
    toe: isoFromGpst(toe),
    toc: isoFromGpst(toc),
    toeGpst: toe,
    tocGpst: toc,
    accuracy: accuracy ?? null,
    ...parameters,
  };
}
