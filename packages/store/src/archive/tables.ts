import type { ClientBase } from 'pg';
import { DAY_MS } from '../migrations/partitions.ts';

/** A table that is kept whole, with its columns in order. */
export interface Table {
  readonly name: string;
  readonly columns: readonly string[];
  /** Its column that numbers itself, where it has one. */
  readonly identity: string | undefined;
}

/** Who is signed in is not kept: after a restore everybody signs in anew. */
const LEFT_OUT = ['web_session', 'kysely_migration', 'kysely_migration_lock'];

/** The tables of the schema, each after those that it refers to; partitions go with their parent. */
export async function tablesOf(client: ClientBase): Promise<Table[]> {
  const { rows } = await client.query<{
    name: string;
    columns: string[];
    identity: string | null;
    refers: string[];
  }>(
    `select c.relname as name,
       array(select a.attname::text from pg_attribute a
         where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
         order by a.attnum) as columns,
       (select a.attname from pg_attribute a where a.attrelid = c.oid and a.attidentity <> '' limit 1) as identity,
       array(select r.relname::text from pg_constraint k join pg_class r on r.oid = k.confrelid
         where k.conrelid = c.oid and k.contype = 'f' and r.oid <> c.oid) as refers
     from pg_class c
     where c.relnamespace = 'concord'::regnamespace and c.relkind in ('r', 'p') and not c.relispartition
       and c.relname <> all($1) order by 1`,
    [LEFT_OUT],
  );
  const ordered: Table[] = [];
  const placed = new Set<string>();
  while (ordered.length < rows.length) {
    const next = rows.find(({ name, refers }) => !placed.has(name) && refers.every((one) => placed.has(one)));
    if (!next) throw new Error('tables refer to each other in a circle');
    placed.add(next.name);
    ordered.push({ name: next.name, columns: next.columns, identity: next.identity ?? undefined });
  }
  return ordered;
}

/** The days that have a partition: days since 1970-01-01 UTC. */
export async function partitionDays(client: ClientBase): Promise<number[]> {
  const { rows } = await client.query<{ leaf: string }>(
    `select c.relname as leaf from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = 'concord.observation'::regclass order by 1`,
  );
  return rows.flatMap(({ leaf }) => {
    const [, y, m, d] = /^observation_(\d{4})(\d\d)(\d\d)$/.exec(leaf) ?? [];
    return d === undefined ? [] : [Date.UTC(Number(y), Number(m) - 1, Number(d)) / DAY_MS];
  });
}

/** The steps by which the schema has become what it is. */
export async function migrationsOf(client: ClientBase): Promise<string[]> {
  const { rows } = await client.query<{ name: string }>(
    'select name from concord.kysely_migration order by name',
  );
  return rows.map(({ name }) => name);
}
