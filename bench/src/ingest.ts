import { once } from 'node:events';
import type { PartyId } from '@concord/label';
import { from as copyFrom } from 'pg-copy-streams';
import { benchNode } from './bench-node.ts';
import { type Figure, figure, median, pairs, timed } from './figure.ts';
import { LABEL, positions } from './world.ts';

const ROWS = 20_000;
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
    const found = await pairs(
      PAIRS,
      async (i) => {
        const items = positions(ROWS, i * ROWS);
        return await timed(async () => {
          for (let at = 0; at < ROWS; at += 2000) await feed.accept(items.slice(at, at + 2000));
        });
      },
      async (i) => {
        const bytes = lines(i * ROWS);
        return await timed(() => copy(bytes));
      },
    );
    await writer.end();
    return [
      figure({
        bench: 'ingest',
        figure: 'decoded items to durable, rate as a share of raw COPY',
        unit: 'ratio',
        values: found.a.map((ms, i) => found.b[i]! / ms),
        beside: 'raw COPY of the same rows into the same table, indexes and fsync, encoded beforehand',
        budget: '>= 0.8',
        keeps: (ratio) => ratio >= 0.8,
        detail: {
          rowsPerSecond: Math.round((ROWS / median(found.a)) * 1000),
          rawRowsPerSecond: Math.round((ROWS / median(found.b)) * 1000),
        },
      }),
    ];
  } finally {
    await bench.close();
  }
}
