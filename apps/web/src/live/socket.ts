import { idle, type LiveEffect, type LiveEvent, type LiveState, step } from './connection.ts';

export type Told = Exclude<LiveEffect, { type: 'open' | 'close' | 'send' | 'ackIn' | 'retryIn' }>;

/** Carries out what `connection.ts` decides, on one WebSocket at a time. */
export class LiveSocket {
  #state: LiveState = idle;
  #socket: WebSocket | undefined;
  #retry: number | undefined;
  readonly #url: string;
  readonly #tell: (told: Told) => void;
  readonly #changed: (state: LiveState) => void;

  constructor(url: string, tell: (told: Told) => void, changed: (state: LiveState) => void) {
    this.#url = url;
    this.#tell = tell;
    this.#changed = changed;
  }

  start(): void {
    this.#take({ type: 'start' });
  }

  stop(): void {
    window.clearTimeout(this.#retry);
    this.#take({ type: 'stop' });
  }

  /** Tries at once instead of waiting for the back-off. */
  retryNow(): void {
    window.clearTimeout(this.#retry);
    this.#take({ type: 'retry' });
  }

  #take(event: LiveEvent): void {
    const { state, effects } = step(this.#state, event);
    const changed = state.phase !== this.#state.phase || state.message !== this.#state.message;
    this.#state = state;
    for (const effect of effects) this.#carryOut(effect);
    if (changed) this.#changed(this.#state);
  }

  #carryOut(effect: LiveEffect): void {
    switch (effect.type) {
      case 'open':
        this.#open();
        break;
      case 'close':
        this.#socket?.close(1000);
        this.#socket = undefined;
        break;
      case 'send':
        if (this.#socket?.readyState === WebSocket.OPEN) this.#socket.send(JSON.stringify(effect.message));
        break;
      case 'ackIn':
        window.setTimeout(() => this.#take({ type: 'ackDue' }), effect.ms);
        break;
      case 'retryIn':
        this.#retry = window.setTimeout(() => this.#take({ type: 'retry' }), effect.ms);
        break;
      default:
        this.#tell(effect);
    }
  }

  #open(): void {
    const socket = new WebSocket(this.#url);
    this.#socket = socket;
    // An old socket's late events must not reach the state of the new one.
    const current = (): boolean => this.#socket === socket;
    socket.onopen = () => current() && this.#take({ type: 'opened' });
    socket.onmessage = (message: MessageEvent<unknown>) => {
      if (current() && typeof message.data === 'string') this.#take({ type: 'frame', text: message.data });
    };
    socket.onclose = ({ code, reason }) => {
      if (!current()) return;
      this.#socket = undefined;
      this.#take({ type: 'closed', code, reason, jitter: Math.random() });
    };
  }
}
