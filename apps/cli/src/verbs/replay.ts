import { DETECTION_BYTES, detectFormat, FORMATS, isFormat } from '@concord/feeds';
import { DATA_MODES } from '@concord/label';
import { Api, Refused } from '../api.ts';
import { actingClient, clientOptions, clientUsage } from '../client-options.ts';
import { fullSpeed, Paced } from '../replay/chunks.ts';
import { readPositions, stationPoint, streamEnd } from '../replay/positions.ts';
import { Recording } from '../replay/recording.ts';
import { recordingClock } from '../replay/recording-clock.ts';
import { upload } from '../replay/upload.ts';
import { options, print, say, UsageError } from '../verb.ts';

export const usage = `replay FILE… --as OFFICER [--feed NAME] [--speed N|max] [--label JSON] [--mode TEST] [--format F]

Feeds recordings into a running server, one after the other, as an officer who is an engineer. Prints
{feed, acknowledged, through} after each commit: items and bytes that are durable. After a lost connection or a restart
of the server it goes on where the run is durable, for up to a minute.

The last line of a recording is {feed, done:true, acknowledged, quarantined?}; of RTCM 3 it is {feed,
kind:"gnss.position", positions, rms3d_m, reference}: the positions that the feed's stream has gained once all are derived,
and their distance from the point that the station tells of itself, in metres.

  --feed NAME     the feed, a short name; default is made from the file's name
  --speed N|max   N times as fast as it was recorded (rtcm3, ais); default max
  --label JSON    the label of every item; default is the party's own for what its officers feed in
  --mode MODE     ${DATA_MODES.join(', ')}; default is the label's, then TEST
  --format F      ${FORMATS.join(', ')}; default is what the content says
${clientUsage}`;

interface Wanted {
  readonly feed: string | undefined;
  readonly format: string | undefined;
  readonly speed: number | undefined;
  readonly mode: string;
  readonly label: unknown;
}

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    ...clientOptions,
    feed: { type: 'string' },
    speed: { type: 'string' },
    label: { type: 'string' },
    mode: { type: 'string' },
    format: { type: 'string' },
  });
  if (positionals.length === 0) throw new UsageError('say which recordings');
  if (values.format !== undefined && !isFormat(values.format))
    throw new UsageError(`--format is one of ${FORMATS.join(', ')}, not "${values.format}"`);
  const label = labelOf(values.label);
  const mode = values.mode ?? label?.['dataMode'] ?? 'TEST';
  if (!(DATA_MODES as readonly unknown[]).includes(mode))
    throw new UsageError(`--mode is one of ${DATA_MODES.join(', ')}`);
  const wanted: Wanted = {
    feed: values.feed,
    format: values.format,
    speed: speedOf(values.speed),
    mode: mode as string,
    label: label && { dataMode: mode, ...label },
  };
  const { address, credential } = actingClient(values);
  const api = new Api(address, credential);
  // All are opened before the first is fed in: a name that is wrong is told at once.
  const recordings = positionals.map((path) => new Recording(path));
  try {
    const { party } = await api.json<{ party: string }>('/api/me');
    for (const recording of recordings) await replay(api, party, recording, wanted);
    return 0;
  } catch (cause) {
    if (!(cause instanceof Refused) || cause.status !== 400) throw cause;
    say(`concord: ${cause.message}`);
    return 2;
  }
}

function labelOf(text: string | undefined): Record<string, unknown> | undefined {
  if (text === undefined) return undefined;
  try {
    const label: unknown = JSON.parse(text);
    if (typeof label === 'object' && label !== null && !Array.isArray(label))
      return label as Record<string, unknown>;
  } catch {
    // Said below, as for JSON that is no object.
  }
  throw new UsageError('--label is a JSON object, such as {"policy":"ALDER","classification":"RESTRICTED"}');
}

function speedOf(text: string | undefined): number | undefined {
  if (text === undefined || text === 'max') return undefined;
  const speed = Number(text);
  if (!(speed > 0 && speed < 1e9)) throw new UsageError('--speed is a number above 0, or max');
  return speed;
}

/** A feed's name from a file's: lower case letters, digits, dots and hyphens. */
function feedNameOf(name: string): string {
  const short = name
    .toLowerCase()
    .replace(/\.[a-z0-9]{1,6}$/, '')
    .replace(/[^a-z0-9.-]+/g, '-')
    .replace(/^[^a-z0-9]+/, '')
    .slice(0, 63);
  return short === '' ? 'recording' : short;
}

async function replay(api: Api, party: string, recording: Recording, wanted: Wanted): Promise<void> {
  using file = recording;
  const feed = wanted.feed ?? feedNameOf(file.name);
  const format = wanted.format ?? detectFormat(file.name, file.read(0, DETECTION_BYTES));
  const clock = wanted.speed === undefined ? undefined : recordingClock(format);
  if (wanted.speed !== undefined && !clock) say(`concord: ${file.name} has no times to go by: at full speed`);
  const chunks = clock && wanted.speed ? new Paced(file, clock, wanted.speed) : fullSpeed(file);
  const before = await quarantined(api, feed);
  const positions = `${party}/${feed}/gnss.position`;
  const end = format === 'rtcm3' ? await streamEnd(api, positions) : undefined;
  const { acknowledged } = await upload(api, file, chunks, {
    feed,
    format,
    mode: wanted.mode,
    label: wanted.label,
    onProgress: ({ acknowledged, through }) => print({ feed, acknowledged, through }),
    onTrouble: (why) => say(`concord: ${why}; trying again for a minute`),
  });
  if (end) {
    const reference = stationPoint(file);
    const found = await readPositions(api, positions, end, reference);
    await print({ feed, kind: 'gnss.position', ...found, reference: reference ?? null });
    return;
  }
  const now = await quarantined(api, feed);
  // After a restart of the server its count began anew.
  const added = now === undefined ? undefined : now - (now < (before ?? 0) ? 0 : (before ?? 0));
  await print({ feed, done: true, acknowledged, ...(added !== undefined && { quarantined: added }) });
}

/** What of a feed could not be used since the server started; undefined where there is no such feed. */
async function quarantined(api: Api, feed: string): Promise<number | undefined> {
  try {
    const { feeds } = await api.json<{ feeds: { feed: string; quarantined: number }[] }>('/api/feeds');
    const own = feeds.filter((one) => one.feed === feed).map((one) => one.quarantined);
    return own.length === 0 ? undefined : own.reduce((sum, one) => sum + one, 0);
  } catch (cause) {
    if (cause instanceof Refused) return undefined;
    throw cause;
  }
}
