import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

/** Readers in a process of their own. */
export interface Clients {
  readonly child: ChildProcess;
  /** Resolves with the instant (Unix milliseconds) at which all lines have been received. */
  expect(lines: number): Promise<() => Promise<number>>;
}

/** Connects as many readers as an order says. */
export async function clients(order: object): Promise<Clients> {
  const child = fork(fileURLToPath(new URL('./live-clients.ts', import.meta.url)), { stdio: 'inherit' });
  const told = async (type: string) => {
    for (;;) {
      const [message] = (await once(child, 'message')) as [{ type: string; at?: number }];
      if (message.type === type) return message;
    }
  };
  child.send({ type: 'open', ...order });
  await told('open');
  return {
    child,
    expect: async (lines) => {
      const ready = told('ready');
      child.send({ type: 'expect', lines });
      await ready;
      const all = told('all');
      return async () => (await all).at ?? Number.NaN;
    },
  };
}
