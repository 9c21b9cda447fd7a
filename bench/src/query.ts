import type { PartyId } from '@concord/label';
import type { Client } from 'pg';
import { benchNode } from './bench-node.ts';
import { type Figure, figure, median, pairs, timed } from './figure.ts';
import { LABEL, positions } from './world.ts';

const ROWS = 100_000;
const PAIRS = 25;

/** Count and mean over 100,000 rows, and the first page of them, under row security beside a role without it. */
export async function query(): Promise<Figure[]> {
  const bench = await benchNode();
  try {
    const { node } = bench;
    const open = (feed: string, classification: string) =>
      node.intake.open({
        party: 'alder' as PartyId,
        feed,
        source: feed,
        format: 'bench',
        label: { ...LABEL, classification },
      });
    const officer = 'officer-0@birch';
    const [seen, hidden] = [open('seen', 'RESTRICTED'), open('hidden', 'SECRET')];
    for (let at = 0; at < ROWS; at += 5000) {
      await seen.accept(positions(4000, at));
      await hidden.accept(positions(1000, at + 4000));
    }
    const principal = {
      officer: officer as never,
      party: 'birch' as PartyId,
      door: 'api' as const,
      purposes: [],
    };
    const reader = await node.release.admit(principal);
    const { subjectClass } = reader;
    reader.close();
    const [secured, bare] = [await bench.login('reader'), await bench.login('owner')];
    await bare.query('analyze concord.observation');
    const subject = (client: Client) =>
      client.query(
        "select set_config('concord.subject', $1, true), set_config('concord.party', 'birch', true)",
        [String(subjectClass)],
      );
    const run = (client: Client, text: string) =>
      timed(async () => {
        await client.query('begin read only');
        await subject(client);
        await client.query(text);
        await client.query('commit');
      });
    const { rows } = await bare.query<{ stream: number; release_class: number }>(
      'select stream, release_class from concord.stream_class order by 1',
    );
    const streams = rows.map((one) => one.stream).join();
    // As the point of release asks: narrowed by what the reader may have, before row security looks at any row.
    const mine = [...node.release.standing.matrix.released(subjectClass)]
      .map((one) => one.releaseClass)
      .join();
    const from = `from concord.observation where stream in (${streams}) and release_class in (${mine})`;
    const queries = {
      'count and mean over 80,000 of 100,000 rows': `select count(*), avg(lat) ${from}`,
      'first page of 500 rows': `select seq, ingested, series, record ${from} order by ingested, seq limit 500`,
    };
    const figures: Figure[] = [];
    for (const [name, text] of Object.entries(queries)) {
      for (let i = 0; i < 3; i++) for (const client of [secured, bare]) await run(client, text);
      const found = await pairs(
        PAIRS,
        () => run(secured, text),
        () => run(bare, text),
      );
      figures.push(
        figure({
          bench: 'query',
          figure: name,
          unit: 'ratio',
          values: found.a.map((ms, i) => ms / found.b[i]!),
          beside: 'the same query as a role without row security',
          budget: '<= 1.3',
          keeps: (ratio) => ratio <= 1.3,
          detail: { ms: Number(median(found.a).toFixed(2)), bareMs: Number(median(found.b).toFixed(2)) },
        }),
      );
    }
    await secured.end();
    await bare.end();
    return figures;
  } finally {
    await bench.close();
  }
}
