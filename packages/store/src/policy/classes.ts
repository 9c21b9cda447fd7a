import { type Database, insideOf } from '../database.ts';
import { attempt } from '../error.ts';
import { type Allowed, allowedOf } from './allowed.ts';

export interface Interned {
  readonly id: number;
  readonly key: string;
  readonly facts: unknown;
}

/** Numbers for streams, labels and classes, and what is allowed: the side of the login that alone decides. */
export interface Classes extends Allowed {
  internStream(name: string, party: string, kind: string): Promise<number>;
  internLabel(text: string): Promise<number>;
  internReleaseClass(key: string, facts: unknown): Promise<number>;
  internSubjectClass(key: string, facts: unknown): Promise<number>;
  streams(): Promise<{ id: number; name: string; party: string; kind: string }[]>;
  labels(): Promise<{ id: number; text: string }[]>;
  releaseClasses(): Promise<Interned[]>;
  subjectClasses(): Promise<Interned[]>;
  /** Which classes have occurred in which streams, since when (milliseconds UTC). */
  occurrences(): Promise<{ stream: number; releaseClass: number; since: number }[]>;
}

type Table = 'release_class' | 'subject_class';

export function createClasses(database: Database): Classes {
  const { policies, policy } = insideOf(database).connections;

  /** Two that ask at once get one number: an exclusion constraint knows no upsert, so it is asked again. */
  const intern = (find: string, insert: string, findBy: unknown[], values: unknown[]): Promise<number> =>
    attempt(async () => {
      for (;;) {
        const known = await policy.query<{ id: number }>(find, findBy);
        if (known.rows[0]) return known.rows[0].id;
        const made = await policy.query<{ id: number }>(
          `${insert} on conflict do nothing returning id`,
          values,
        );
        if (made.rows[0]) return made.rows[0].id;
      }
    });

  const internFacts = (table: Table, key: string, facts: unknown) =>
    intern(
      `select id from concord.${table} where key = $1`,
      `insert into concord.${table} (key, facts) values ($1, $2)`,
      [key],
      [key, JSON.stringify(facts)],
    );

  const interned = (table: Table): Promise<Interned[]> =>
    attempt(() => policies.selectFrom(table).select(['id', 'key', 'facts']).orderBy('id').execute());

  return {
    internStream: (name, party, kind) =>
      intern(
        'select id from concord.stream where name = $1',
        'insert into concord.stream (name, party, kind) values ($1, $2, $3)',
        [name],
        [name, party, kind],
      ),
    internLabel: (text) =>
      intern(
        'select id from concord.label where text = $1',
        'insert into concord.label (text) values ($1)',
        [text],
        [text],
      ),
    internReleaseClass: (key, facts) => internFacts('release_class', key, facts),
    internSubjectClass: (key, facts) => internFacts('subject_class', key, facts),
    streams: () =>
      attempt(() =>
        policies.selectFrom('stream').select(['id', 'name', 'party', 'kind']).orderBy('id').execute(),
      ),
    labels: () => attempt(() => policies.selectFrom('label').select(['id', 'text']).orderBy('id').execute()),
    releaseClasses: () => interned('release_class'),
    subjectClasses: () => interned('subject_class'),
    occurrences: () =>
      attempt(async () => {
        const rows = await policies
          .selectFrom('stream_class')
          .select(['stream', 'release_class', 'first_ingested'])
          .execute();
        return rows.map((row) => ({
          stream: row.stream,
          releaseClass: row.release_class,
          since: row.first_ingested,
        }));
      }),
    ...allowedOf(database),
  };
}
