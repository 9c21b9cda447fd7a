import { get } from '../api/client.ts';
import type { Label, Me, Released, Stream } from '../api/contract.ts';
import { parseTime } from '../format/time.ts';
import { idle, type LiveState } from '../live/connection.ts';
import { LiveSocket, type Told } from '../live/socket.ts';
import { count, newTally, type Tally } from '../live/tally.ts';
import { Picture } from '../picture/objects/picture.ts';
import { type Notice, withNotice } from './notice.ts';

/** What arrived of a stream on this page. */
export interface StreamNews {
  readonly tally: Tally;
  /** Labels seen, by banner. */
  readonly labels: Map<string, Label>;
  lastTime: number;
  lastReceived: number;
}

const NOTIFY_MS = 400;

const second = (): number => Math.floor(Date.now() / 1000);

/**
 * The officer's watch: the live connection, the picture that it feeds, and which streams there are. Lives from log-in to
 * log-out. Readers subscribe to `version`: items are told in batches, a cut at once.
 */
export class Watch {
  readonly picture = new Picture();
  readonly news = new Map<string, StreamNews>();
  readonly me: Me;
  live: LiveState = idle;
  streams: readonly Stream[] | undefined;
  notices: readonly Notice[] = [];
  hidden: ReadonlySet<string> = new Set();
  version = 0;
  readonly #listeners = new Set<() => void>();
  readonly #socket: LiveSocket;
  #timer: number | undefined;
  #reading = 0;

  constructor(me: Me) {
    this.me = me;
    const url = new URL('/live', window.location.href);
    url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
    this.#socket = new LiveSocket(
      url.href,
      (told) => this.#told(told),
      (state) => {
        this.live = state;
        this.#changed();
      },
    );
  }

  start(): void {
    void this.#readStreams();
    this.#socket.start();
  }

  stop(): void {
    this.#socket.stop();
    window.clearTimeout(this.#timer);
  }

  retryNow = (): void => this.#socket.retryNow();

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  setHidden(streams: readonly string[], hide: boolean): void {
    const next = new Set(this.hidden);
    for (const stream of streams) {
      if (hide) next.add(stream);
      else next.delete(stream);
    }
    this.hidden = next;
    this.#changed();
  }

  dismiss(id: number): void {
    this.notices = this.notices.filter((it) => it.id !== id);
    this.#changed();
  }

  /** Labels of what is on the picture now, hidden streams left out. */
  shownLabels(): Label[] {
    const labels: Label[] = [];
    for (const [stream, news] of this.news) {
      if (!this.hidden.has(stream)) labels.push(...news.labels.values());
    }
    return labels;
  }

  #told(told: Told): void {
    switch (told.type) {
      case 'items':
        for (const item of told.items) this.#take(item);
        this.#soon();
        break;
      case 'cut':
        this.#remove(told.stream);
        this.#notice('cut', told.stream);
        break;
      case 'streamsChanged':
        void this.#readStreams();
        break;
      case 'problem':
        if (told.code !== 'unread') this.#notice('problem', told.message || told.code);
        break;
    }
  }

  #take(released: Released): void {
    const now = Date.now();
    let news = this.news.get(released.stream);
    if (news === undefined) {
      news = { tally: newTally(second()), labels: new Map(), lastTime: 0, lastReceived: 0 };
      this.news.set(released.stream, news);
    }
    count(news.tally, second());
    news.labels.set(released.label.banner, released.label);
    news.lastTime = Math.max(news.lastTime, parseTime(released.time) || 0);
    news.lastReceived = now;
    this.picture.apply(released, now);
  }

  #remove(stream: string): void {
    this.picture.dropStream(stream);
    this.news.delete(stream);
    this.streams = this.streams?.filter((it) => it.stream !== stream);
    this.#changed();
  }

  async #readStreams(): Promise<void> {
    this.#reading += 1;
    const turn = this.#reading;
    const answer = await get<{ streams: Stream[] }>('/api/streams').catch(() => undefined);
    if (answer === undefined || turn !== this.#reading) return;
    const now = new Set(answer.streams.map((it) => it.stream));
    for (const { stream } of this.streams ?? []) {
      // Gone without a cut (nothing was being sent): what was drawn of it goes as well.
      if (!now.has(stream)) {
        this.#remove(stream);
        this.#notice('cut', stream);
      }
    }
    const before = this.streams?.map((it) => it.stream);
    this.streams = [...answer.streams].sort((a, b) => (a.stream < b.stream ? -1 : 1));
    this.#changed();
    const added = before === undefined ? [] : [...now].filter((it) => !before.includes(it));
    if (added.length > 0) await this.#readLatest(added);
  }

  /** The live connection goes on from where it stood: what a stream that is new to us said before is asked for. */
  async #readLatest(streams: readonly string[]): Promise<void> {
    const query = streams.map((it) => `stream=${encodeURIComponent(it)}`).join('&');
    const answer = await get<{ items: Released[] }>(`/api/latest?${query}`).catch(() => undefined);
    const now = new Set(this.streams?.map((it) => it.stream));
    for (const item of answer?.items ?? []) if (now.has(item.stream)) this.#take(item);
    this.#changed();
  }

  #notice(tone: Notice['tone'], subject: string): void {
    this.notices = withNotice(this.notices, tone, subject, Date.now());
    this.#changed();
  }

  #soon(): void {
    this.#timer ??= window.setTimeout(() => this.#changed(), NOTIFY_MS);
  }

  #changed(): void {
    window.clearTimeout(this.#timer);
    this.#timer = undefined;
    this.version += 1;
    for (const listener of this.#listeners) listener();
  }
}
