import {
  createReceiver,
  decodeMessage,
  type ReceiverEvent,
  RtcmFramer,
  type RtcmMessage,
} from '@concord/gnss';
import { Findings } from '../findings.ts';
import { formOf, HEAD_BYTES } from '../gnss/form.ts';
import { ephemerisLine, readRinexFile } from '../gnss/navigation.ts';
import { casterName, ntripBytes } from '../gnss/ntrip.ts';
import { instantNear } from '../gnss/observations.ts';
import { rinexEpochs } from '../gnss/rinex-epochs.ts';
import { inputName, peek } from '../input.ts';
import { instant } from '../instant.ts';
import { Lines } from '../ndjson.ts';
import { options, say, UsageError } from '../verb.ts';

export const usage = `gnss decode FILE|ntrip://[USER:PASSWORD@]HOST[:PORT]/MOUNT [--format rtcm3|rinex|nmea|ubx] [--messages]

GNSS data to lines; FILE may be - for standard input. Each has kind, and offset (byte) or line where it stood:
  epoch        {ts, receiver, gnssObservationList:[{gnssSatId, obsCodeSet, ob}]}: all that a receiver observed at an
               instant (UTC), under RINEX codes, in metres, cycles, Hz and dB-Hz
  ephemeris    {gnssSatId, toe, toc, toeGpst, tocGpst, sqrtA, e, i0, …, health}: radians, metres, seconds
  station      {type, station, ecef, antennaHeight}: 1005 and 1006
  unsupported  {type}: an RTCM message that this version does not read

  --format F   what it is, where the content does not say; nmea and ubx are not read by this version
  --messages   RTCM 3 message by message as sent, instead of epochs
  --near UTC   an instant within three days of an RTCM recording that does not tell its week

What is damaged is told on standard error with its place; the exit status is then 1. Bytes of other protocols between
RTCM messages are no damage.`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    format: { type: 'string' },
    messages: { type: 'boolean', default: false },
    near: { type: 'string' },
  });
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw new UsageError('say which file, one');
  const lines = new Lines();
  if (/^ntrips?:/i.test(path)) {
    if (values.format !== undefined && values.format !== 'rtcm3')
      throw new UsageError('a caster is read as rtcm3');
    const findings = new Findings(casterName(path));
    const decoder = values.messages ? messageLines() : eventLines(createReceiver({ reference: Date.now() }));
    return await decodeRtcm(ntripBytes(path), decoder, lines, findings, { live: true });
  }
  const name = inputName(path);
  const findings = new Findings(name);
  const { head, bytes } = await peek(path, HEAD_BYTES);
  const form = formOf(name, head, values.format);
  if (values.messages && form !== 'rtcm3') throw new UsageError('--messages is for RTCM 3');
  if (form === 'rinex-obs') return await decodeRinex(name, bytes, lines, findings);
  if (form === 'rinex-nav') {
    const { ephemerides } = await readRinexFile(name, bytes, findings);
    for (const ephemeris of ephemerides) {
      lines.add(ephemerisLine(ephemeris));
      await lines.pace();
    }
    await lines.end();
    return findings.end();
  }
  const near = values.near === undefined ? await instantNear(path) : instant('--near', values.near);
  const reference = near === undefined ? {} : { reference: near };
  const receiver = createReceiver({ rollover: Date.now(), ...reference });
  const decoder = values.messages ? messageLines() : eventLines(receiver);
  return await decodeRtcm(bytes, decoder, lines, findings, { live: false });
}

async function decodeRinex(
  name: string,
  bytes: AsyncGenerator<Uint8Array, void, undefined>,
  lines: Lines,
  findings: Findings,
): Promise<number> {
  const { epochs } = await rinexEpochs(name, bytes, findings);
  for await (const { set, line } of epochs) {
    lines.add({ kind: 'epoch', line, ...set });
    await lines.pace();
  }
  await lines.end();
  return findings.end();
}

/** What a piece of an RTCM stream gave: lines, and what was wrong. */
interface Given {
  readonly lines: readonly unknown[];
  readonly faults: readonly { readonly offset: number; readonly reason: string; readonly detail: string }[];
}

interface RtcmLines {
  push(bytes: Uint8Array): Given;
  end(): Given;
}

async function decodeRtcm(
  bytes: AsyncIterable<Uint8Array>,
  decoder: RtcmLines,
  lines: Lines,
  findings: Findings,
  { live }: { live: boolean },
): Promise<number> {
  const others: number[] = [];
  const take = async ({ lines: given, faults }: Given): Promise<void> => {
    for (const line of given) lines.add(line);
    for (const { offset, reason, detail } of faults) {
      // Other protocols share the line of many receivers: that is no damage.
      if (reason === 'not-rtcm3') others.push(offset);
      else findings.add(`byte ${offset}`, `${reason}: ${detail}`);
    }
    await (live ? lines.end() : lines.pace());
  };
  for await (const piece of bytes) await take(decoder.push(piece));
  await take(decoder.end());
  await lines.end();
  if (others.length > 0)
    say(
      `${findings.input}: bytes that are not RTCM 3 in ${others.length} places, first at byte ${others[0]}`,
    );
  if (lines.count === 0 && findings.count === 0) findings.add('byte 0', 'there is no RTCM 3 message in it');
  return findings.end();
}

/** Epochs, ephemerides, stations and what is not read. */
function eventLines(receiver: ReturnType<typeof createReceiver>): RtcmLines {
  const given = (events: readonly ReceiverEvent[]): Given => ({
    lines: events.filter((event) => event.event !== 'discarded').map(lineOf),
    faults: events.filter((event) => event.event === 'discarded'),
  });
  return { push: (bytes) => given(receiver.push(bytes)), end: () => given(receiver.end()) };
}

function lineOf(event: Exclude<ReceiverEvent, { event: 'discarded' }>): unknown {
  const { offset } = event;
  switch (event.event) {
    case 'epoch':
      return { kind: 'epoch', offset, station: event.station, complete: event.complete, ...event.set };
    case 'ephemeris':
      return { ...ephemerisLine(event.ephemeris), offset };
    case 'station':
      return { offset, ...event.station };
    case 'unsupported':
      return { kind: 'unsupported', offset, type: event.type };
  }
}

/** Every message by itself, as sent. */
function messageLines(): RtcmLines {
  const framer = new RtcmFramer();
  const given = (events: ReturnType<typeof framer.push>): Given => {
    const lines: unknown[] = [];
    const faults: { offset: number; reason: string; detail: string }[] = [];
    for (const event of events) {
      if (event.event === 'discarded') {
        const { offset, reason, length } = event.range;
        faults.push({ offset, reason, detail: `${length} bytes passed over` });
        continue;
      }
      const { offset, length, payload } = event.frame;
      const message: RtcmMessage = decodeMessage(payload);
      if (message.kind === 'malformed') {
        faults.push({ offset, reason: 'malformed', detail: `${message.type}: ${message.why}` });
      } else if (message.kind === 'unsupported') {
        lines.push({ kind: message.kind, type: message.type, offset, length });
      } else lines.push({ ...message, offset, length });
    }
    return { lines, faults };
  };
  return { push: (bytes) => given(framer.push(bytes)), end: () => given(framer.end()) };
}
