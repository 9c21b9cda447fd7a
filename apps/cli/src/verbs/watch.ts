import type { Address } from '../address.ts';
import { Refused, Unreachable } from '../api.ts';
import { BackOff } from '../back-off.ts';
import { actingClient, clientOptions, clientUsage } from '../client-options.ts';
import type { Credential } from '../credential.ts';
import { LiveConnection, type LiveNotice } from '../live.ts';
import { options, printText, say, UsageError } from '../verb.ts';

export const usage = `watch STREAM… --as OFFICER [--from-latest] [--cursor C] [--count N] [--once]

Prints the items of live streams as they are released, a line each, as the server sends them: {type:"item", cursor,
id, stream, kind, time, label, …, item}. A stream is called party/feed/kind, such as alder/exercise/gnss.position; '*'
stands for all that the officer may have, also later ones. What else the server says goes to standard error. After a
lost connection it goes on behind the last item, as often as needed.

  --from-latest   begins with the newest item of each series
  --cursor C      goes on behind an item that was seen before
  --count N       ends after N items
  --once          ends with the connection
${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    ...clientOptions,
    'from-latest': { type: 'boolean' },
    cursor: { type: 'string' },
    count: { type: 'string' },
    once: { type: 'boolean' },
  });
  if (positionals.length === 0) throw new UsageError("say which streams, or '*' for all");
  if (values.cursor !== undefined && values['from-latest'])
    throw new UsageError('--cursor and --from-latest are two ways to begin: give one');
  const count = values.count === undefined ? Number.POSITIVE_INFINITY : Number(values.count);
  if (!(count >= 1) || (values.count !== undefined && !Number.isInteger(count)))
    throw new UsageError('--count is a number from 1');
  const { address, credential } = actingClient(values);
  const watch = new Watch(address, credential, {
    streams: positionals,
    cursor: values.cursor,
    latest: values['from-latest'] === true,
    count,
    once: values.once === true,
  });
  const stop = () => watch.stop();
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    return await watch.run();
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

interface Wanted {
  readonly streams: readonly string[];
  readonly cursor: string | undefined;
  readonly latest: boolean;
  readonly count: number;
  readonly once: boolean;
}

class Watch {
  readonly #address: Address;
  readonly #credential: Credential;
  readonly #wanted: Wanted;
  readonly #backOff = new BackOff();
  readonly #stopped = new AbortController();
  /** Streams that are still asked for: not those that were cut off or are not there. */
  readonly #streams: Set<string>;
  #cursor: string | undefined;
  #left: number;
  #connection: LiveConnection | undefined;
  #wasConnected = false;
  /** The newest of each series has been given: all of these have one cursor, which does not say how many came. */
  #latestGiven: boolean;
  /** Why going on is of no use. */
  #fatal: string | undefined;

  constructor(address: Address, credential: Credential, wanted: Wanted) {
    this.#address = address;
    this.#credential = credential;
    this.#wanted = wanted;
    this.#streams = new Set(wanted.streams);
    this.#cursor = wanted.cursor;
    this.#latestGiven = !wanted.latest;
    this.#left = wanted.count;
  }

  stop(): void {
    this.#stopped.abort();
    this.#connection?.close();
  }

  async run(): Promise<number> {
    let refusals = 0;
    while (!this.#stopped.signal.aborted) {
      try {
        await this.#connect(refusals > 0);
        refusals = 0;
      } catch (cause) {
        if (this.#stopped.signal.aborted) break;
        // A token may have run out or been revoked: a new one tells whether it was that.
        const renew = cause instanceof Refused && cause.status === 401 && this.#credential.renews;
        if (renew && refusals++ === 0) continue;
        const maybeLater = cause instanceof Unreachable || (cause instanceof Refused && cause.status >= 500);
        if (!maybeLater || !this.#wasConnected || this.#wanted.once) throw cause;
        say(`concord: ${cause.message}; trying again`);
      }
      if (this.#fatal !== undefined) throw new Error(this.#fatal);
      if (this.#stopped.signal.aborted || this.#wanted.once) break;
      await this.#backOff.wait(this.#stopped.signal);
    }
    return 0;
  }

  async #connect(fresh: boolean): Promise<void> {
    const token = await this.#credential.token({ fresh });
    const connection = await LiveConnection.open(this.#address, token, {
      items: (lines) => this.#items(lines),
      notice: (notice) => this.#notice(notice),
    });
    this.#connection = connection;
    if (this.#stopped.signal.aborted) connection.close();
    const again = this.#wasConnected;
    this.#wasConnected = true;
    const cursor = this.#cursor;
    connection.subscribe({
      streams: [...this.#streams],
      ...(cursor !== undefined && this.#latestGiven && { cursor }),
      ...(!this.#latestGiven && { from: 'latest' as const }),
    });
    if (again) say('concord: connected again');
    await connection.ended;
    this.#connection = undefined;
    if (!this.#stopped.signal.aborted && this.#fatal === undefined) say('concord: the connection ended');
  }

  async #items(lines: readonly string[]): Promise<void> {
    const shown = lines.slice(0, this.#left);
    const last = shown.at(-1);
    if (last === undefined) return;
    this.#backOff.succeeded();
    this.#left -= shown.length;
    this.#cursor = (JSON.parse(last) as { cursor?: string }).cursor ?? this.#cursor;
    await printText(`${shown.join('\n')}\n`);
    if (this.#left === 0) this.stop();
  }

  #notice(notice: LiveNotice): void {
    say(JSON.stringify(notice));
    if (notice.type === 'phase') this.#latestGiven = true;
    if (notice.type === 'cut' && notice.stream !== undefined) this.#without(notice.stream);
    if (notice.type !== 'error') return;
    if (notice.code === 'no-such-stream' && notice.stream !== undefined) this.#without(notice.stream);
    if (notice.code === 'bad-cursor') this.#fail('the cursor is none of this reader’s');
    if (notice.code === 'slow-reader') this.#cursor ??= notice.cursor;
  }

  /** The server goes on with the streams that are left, as long as there are any. */
  #without(stream: string): void {
    this.#streams.delete(stream);
    if (this.#streams.size === 0) this.#fail('there is no stream left to watch');
  }

  #fail(why: string): void {
    this.#fatal ??= why;
    this.#connection?.close();
  }
}
