import type { ColumnType, Generated } from 'kysely';

/** Instants are written as ISO 8601 text and read as milliseconds since 1970 (UTC). */
type Instant = ColumnType<number, string, string>;
type MaybeInstant = ColumnType<number | null, string | null | undefined, string | null>;
/** JSON is written as text and read parsed. */
type Json = ColumnType<unknown, string, string>;

interface InternedTable {
  id: Generated<number>;
  key: string;
  facts: Json;
}

/** The tables of schema `concord` as Kysely sees them; `observation` is read and written by hand-made SQL only. */
export interface Schema {
  stream: { id: Generated<number>; name: string; party: string; kind: string; created: Generated<number> };
  label: { id: Generated<number>; text: string };
  release_class: InternedTable;
  subject_class: InternedTable;
  allowed: { subject_class: number; release_class: number; delay: number };
  stream_class: {
    stream: number;
    release_class: number;
    first_ingested: Instant;
    last_ingested: MaybeInstant;
  };
  batch: { id: number; first_seq: number; last_seq: number; ingested: Instant; count: number };
  feed_run: {
    run: string;
    feed: string;
    officer: string;
    source: string;
    through: number;
    acknowledged: number;
    updated: Instant;
  };
  quarantine: {
    id: Generated<number>;
    at: Instant;
    party: string;
    feed: string;
    stream: string | null;
    code: string;
    message: string;
    place: Json;
    bytes: Buffer;
  };
  grant_: {
    id: string;
    officer: string;
    agreement: string;
    facts: Json;
    state: string;
    valid_from: Instant;
    valid_until: Instant;
    sponsor: string;
    approved_by: string[];
    revoked_at: MaybeInstant;
    revoked_by: string | null;
  };
  agreement_version: {
    doc: string;
    agreement: string;
    version: number;
    text: string;
    files: Json;
    digest: string;
    drafter: string;
    by: string;
    at: Instant;
  };
  decision: {
    seq: Generated<number>;
    id: string;
    subject: string;
    at: Instant;
    by: string;
    kind: string;
    facts: Json;
  };
  epoch: { n: number; at: Instant; change: Json };
  receipt: {
    log: string;
    index: number;
    leaf: Buffer;
    salt: Buffer;
    opening: Json;
    parties: string[];
    at: Instant;
  };
  web_session: {
    kind: string;
    id: string;
    officer: string | null;
    reference: string | null;
    facts: Json;
    expires: Instant;
  };
  token_revocation: { id: string; expires: Instant };
  setting: { key: string; value: Json };
}
