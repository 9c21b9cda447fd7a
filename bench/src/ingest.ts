import { once } from 'node:events';
import type { PartyId } from '@concord/label';
import { from as copyFrom } from 'pg-copy-streams';
import { benchNode } from './bench-node.ts';
import { type Figure, figure, median, pairs, timed } from './figure.ts';
import { LABEL, positions } from './world.ts';

const ROWS = 20_000;
/** Items that a source gives at a time; it awaits their commit before it gives more. */
const PORTION = 500;
const SOURCES = 10;
const PAIRS = 20;

/** Decoded items to durable, beside a raw COPY of the same rows into the same table, indexes and fsync. */
export async function ingest(): Promise<Figure[]> {
  const bench = await benchNode();
  try {
    const feed = bench.node.intake.open({
      party: 'alder' as PartyId,
      feed: 'bench',
      source: 'bench',
      format: 'bench',
      label: LABEL,
    });
    await feed.accept(positions(1000));
    const writer = await bench.login('writer');
    const owner = await bench.login('owner');
    const { rows } = await owner.query<{
      leaf: string;
      stream: number;
      release_class: number;
      label: number;
    }>(
      'select tableoid::regclass::text as leaf, stream, release_class, label from concord.observation limit 1',
    );
    await owner.end();
    const sample = rows[0];
    if (!sample) throw new Error('nothing was stored');
    const { leaf, stream, release_class: releaseClass, label } = sample;
    let seq = 1e12;
    const lines = (from: number) => {
      const at = new Date().toISOString();
      return Buffer.from(
        `${positions(ROWS, from)
          .map(({ time, series, place, record }) =>
            [
              seq++,
              at,
              new Date(time).toISOString(),
              place.point.lat,
              place.point.lon,
              stream,
              releaseClass,
              label,
              series,
              JSON.stringify(record),
            ].join('\t'),
          )
          .join('\n')}\n`,
      );
    };
    const columns = 'seq, ingested, time, lat, lon, stream, release_class, label, series, record';
    const copy = async (bytes: Buffer) => {
      const into = writer.query(copyFrom(`copy ${leaf} (${columns}) from stdin`));
      into.end(bytes);
      await once(into, 'finish');
    };
    const portions = (i: number) => {
      const items = positions(ROWS, i * ROWS);
      return Array.from({ length: ROWS / PORTION }, (_, n) => items.slice(n * PORTION, (n + 1) * PORTION));
    };
    const raw = async (i: number) => {
      const bytes = lines(i * ROWS);
      return await timed(() => copy(bytes));
    };
    const together = await pairs(
      PAIRS,
      async (i) => {
        const all = portions(i);
        return await timed(() =>
          Promise.all(
            Array.from({ length: SOURCES }, async (_, source) => {
              for (let n = source; n < all.length; n += SOURCES) await feed.accept(all[n]!);
            }),
          ),
        );
      },
      raw,
    );
    const alone = await pairs(
      PAIRS,
      async (i) => {
        const all = portions(i);
        return await timed(async () => {
          for (const some of all) await feed.accept(some);
        });
      },
      raw,
    );
    await writer.end();
    const rate = (values: readonly number[]) => Math.round((ROWS / median(values)) * 1000);
    const share = (of: { a: number[]; b: number[] }) => of.a.map((ms, i) => of.b[i]! / ms);
    return [
      figure({
        bench: 'ingest',
        figure: 'decoded items of ten sources at once to durable, rate as a share of raw COPY',
        unit: 'ratio',
        values: share(together),
        beside: 'raw COPY of the same rows into the same table, indexes and fsync, encoded beforehand',
        budget: '>= 0.8',
        keeps: (ratio) => ratio >= 0.8,
        detail: {
          rowsPerSecond: rate(together.a),
          rawRowsPerSecond: rate(together.b),
          oneSourceThatAwaitsEachCommit: Number(median(share(alone)).toFixed(3)),
        },
      }),
    ];
  } finally {
    await bench.close();
  }
}
