import { escapeLiteral, type Pool, type PoolClient } from 'pg';
import { from as copyFrom } from 'pg-copy-streams';
import { dayOf, partitionName } from '../migrations/partitions.ts';
import { instantText } from '../values.ts';
import { COPY_COLUMNS } from './copy-text.ts';
import type { Pending } from './pending.ts';
import type { Progress } from './row.ts';

export interface Batch {
  readonly id: number;
  readonly group: readonly Pending[];
  /** Pairs of stream and release class that no earlier commit had. */
  readonly classes: readonly { readonly stream: number; readonly releaseClass: number }[];
}

const jsonOrNull = (values: readonly unknown[]): string =>
  values.length === 0 ? 'null' : escapeLiteral(JSON.stringify(values));

function commitCall(batch: Batch): string {
  const first = batch.group[0];
  const last = batch.group.at(-1);
  const count = batch.group.reduce((sum, { rows }) => sum + rows.length, 0);
  const runs = new Map<string, Progress>();
  for (const { progress } of batch.group) if (progress !== undefined) runs.set(progress.run, progress);
  const classes = batch.classes.map(({ stream, releaseClass }) => ({ stream, release_class: releaseClass }));
  const at = instantText(last?.ingested ?? 0);
  const numbers = `${batch.id}, ${first?.firstSeq ?? 0}, ${last?.lastSeq ?? 0}, '${at}', ${count}`;
  return `call concord.commit_batch(${numbers}, ${jsonOrNull([...runs.values()])}, ${jsonOrNull(classes)})`;
}

/**
 * Copies a batch and commits it: one query string is one transaction (PostgreSQL's protocol, "Multiple Statements in
 * a Simple Query"), so rows, progress and the mark of the batch are there together or not at all, in one round trip
 * besides the copying.
 */
export async function send(writer: Pool, batch: Batch): Promise<void> {
  const client = await writer.connect();
  let failure: Error | undefined;
  try {
    await (batch.group.some(({ rows }) => rows.length > 0)
      ? copyAndCommit(client, batch)
      : client.query(commitCall(batch)));
  } catch (error) {
    failure = error instanceof Error ? error : new Error(String(error));
    throw error;
  } finally {
    client.release(failure);
  }
}

function copyAndCommit(client: PoolClient, batch: Batch): Promise<void> {
  const leaf = `concord.${partitionName(dayOf(batch.group[0]?.ingested ?? 0))}`;
  const copy = client.query(copyFrom(`copy ${leaf} (${COPY_COLUMNS}) from stdin; ${commitCall(batch)}`));
  return new Promise((resolve, reject) => {
    copy.once('finish', resolve);
    copy.on('error', reject);
    for (const { bytes } of batch.group) if (bytes.length > 0) copy.write(bytes);
    copy.end();
  });
}
