import { randomBytes } from 'node:crypto';
import { Agent, get } from 'node:http';
import type { PartyId } from '@concord/label';
import { benchNode } from './bench-node.ts';
import { advantage } from './classifier.ts';
import { type Figure, figure, median } from './figure.ts';
import { LABEL, positions, tokensOf } from './world.ts';

const PAIRS = 10_000;
const ITEMS = 5000;
const OFFICER = 'officer-0@birch';

interface Look {
  readonly ms: number;
  /** Status, headers but the date, and body. */
  readonly answer: string;
}

function asker(url: string, token: string) {
  const agent = new Agent({ keepAlive: true, maxSockets: 1 });
  const look = (path: string): Promise<Look & { readonly body: string }> =>
    new Promise((resolve, reject) => {
      const start = performance.now();
      get(`${url}${path}`, { agent, headers: { authorization: `Bearer ${token}` } }, (response) => {
        let body = '';
        response.setEncoding('latin1');
        response.on('data', (text: string) => {
          body += text;
        });
        response.on('end', () => {
          const { date, 'content-security-policy': nonce, ...headers } = response.headers;
          const answer = JSON.stringify([response.statusCode, headers, body]);
          resolve({ ms: performance.now() - start, answer, body });
        });
      }).on('error', reject);
    });
  return { look, close: () => agent.destroy() };
}

/**
 * Looks items up by identifier: some that exist and are hidden since a grant was revoked, some that never were, in
 * turn. Whoever watches the clock should do no better than by tossing a coin.
 */
export async function secrecy(): Promise<Figure[]> {
  const bench = await benchNode();
  try {
    const { node } = bench;
    for (const party of ['alder', 'birch']) {
      const feed = node.intake.open({
        party: party as PartyId,
        feed: 'secret',
        source: 'bench',
        format: 'bench',
        label: LABEL,
      });
      await feed.accept(positions(ITEMS));
    }
    const [token] = await tokensOf(node, [OFFICER]);
    const { look, close } = asker(node.url, token!);
    const hidden: string[] = [];
    for (let cursor = ''; hidden.length < ITEMS; ) {
      const { body } = await look(`/api/items?stream=alder/secret/ais.position&limit=1000${cursor}`);
      const page = JSON.parse(body) as { items: { id: string }[]; next: string | null };
      hidden.push(...page.items.map(({ id }) => id));
      if (page.next === null || page.items.length === 0) break;
      cursor = `&cursor=${page.next}`;
    }
    await node.authority.revoke('chair@authority' as never, 'grant-0', 'bench');
    const times: { hidden: number[]; absent: number[] } = { hidden: [], absent: [] };
    const answers = new Set<string>();
    const ask = async (kind: 'hidden' | 'absent', i: number) => {
      const id = kind === 'hidden' ? hidden[i % hidden.length]! : randomBytes(16).toString('base64url');
      const { ms, answer } = await look(`/api/items/${id}`);
      answers.add(answer);
      times[kind].push(ms);
    };
    for (let i = 0; i < 500; i++) await ask(i % 2 === 0 ? 'hidden' : 'absent', i);
    times.hidden.length = 0;
    times.absent.length = 0;
    for (let i = 0; i < PAIRS; i++) {
      // Which comes first is a toss: the second finds a warmer machine.
      const first = Math.random() < 0.5 ? 'hidden' : 'absent';
      await ask(first, i);
      await ask(first === 'hidden' ? 'absent' : 'hidden', i);
    }
    close();
    const found = Array.from({ length: 20 }, (_, i) => advantage(times.hidden, times.absent, i));
    return [
      figure({
        bench: 'secrecy',
        figure: `what a classifier gains by the time that ${PAIRS} pairs of answers took, hidden against absent`,
        unit: 'advantage (0 a tossed coin, 1 always right)',
        values: found,
        beside: 'the same identifiers, of which none exists',
        budget: '< 0.05',
        keeps: (one) => one < 0.05,
        detail: {
          differentAnswers: answers.size,
          hiddenIds: hidden.length,
          hiddenMs: Number(median(times.hidden).toFixed(4)),
          absentMs: Number(median(times.absent).toFixed(4)),
        },
      }),
    ];
  } finally {
    await bench.close();
  }
}
