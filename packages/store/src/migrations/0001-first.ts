import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import { DELAYS_MS } from '../ladder.ts';
import type { Roles } from './roles.ts';

const TABLES = `
create table concord.stream (
  id int generated always as identity primary key,
  name text not null unique,
  party text not null,
  kind text not null,
  created timestamptz not null default now());

-- Exclusion by hash: unique texts of any length, where a unique index ends at 2.7 kB.
create table concord.label (
  id int generated always as identity primary key,
  text text not null, exclude using hash (text with =));
create table concord.release_class (
  id int generated always as identity primary key,
  key text not null, facts jsonb not null, exclude using hash (key with =));
create table concord.subject_class (
  id int generated always as identity primary key,
  key text not null, facts jsonb not null, exclude using hash (key with =));

create table concord.allowed (
  subject_class int not null,
  release_class int not null,
  delay smallint not null check (delay between 0 and ${DELAYS_MS.length - 1}),
  primary key (subject_class, release_class));
create index on concord.allowed (subject_class, delay, release_class);

create table concord.observation (
  -- What filters and row security look at for each row stands first, where it is found without walking over the rest.
  seq bigint not null,
  ingested timestamptz(3) not null,
  counted timestamptz(3) not null generated always as (coalesce(since, ingested)) stored,
  time timestamptz(3) not null,
  since timestamptz(3),
  lat float8,
  lon float8,
  stream int not null,
  release_class int not null,
  label int not null,
  series text not null,
  record json not null) partition by range (ingested);
-- What a reader may not see is not even looked at: both indexes are narrowed by class before anything else.
create index on concord.observation (stream, release_class, ingested, seq);
create index on concord.observation (stream, release_class, series, ingested, seq);
create index on concord.observation using brin (time) with (pages_per_range = 32);

create table concord.stream_class (
  stream int not null,
  release_class int not null,
  first_ingested timestamptz not null,
  last_ingested timestamptz,
  primary key (stream, release_class));

create table concord.batch (
  id bigint primary key,
  first_seq bigint not null,
  last_seq bigint not null,
  ingested timestamptz not null,
  count int not null);
create table concord.feed_run (
  run text primary key,
  feed text not null,
  officer text not null,
  source text not null,
  through bigint not null,
  acknowledged bigint not null,
  updated timestamptz not null);

create table concord.quarantine (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  party text not null,
  feed text not null,
  stream text,
  code text not null,
  message text not null,
  place jsonb not null,
  bytes bytea not null check (octet_length(bytes) <= 4096));
create index on concord.quarantine (party, id);

create table concord.agreement (
  id text not null,
  version int not null,
  text text not null,
  digest text not null,
  state text not null,
  at timestamptz not null,
  primary key (id, version));
create table concord.grant_ (
  id text primary key,
  officer text not null,
  agreement text not null,
  facts jsonb not null,
  state text not null,
  valid_from timestamptz not null,
  valid_until timestamptz not null,
  sponsor text not null,
  approved_by text[] not null,
  revoked_at timestamptz,
  revoked_by text);
create table concord.epoch (n bigint primary key, at timestamptz not null, change jsonb not null);

create table concord.receipt (
  log text not null,
  index bigint not null,
  leaf bytea not null,
  salt bytea not null,
  opening jsonb not null,
  parties text[] not null,
  at timestamptz not null,
  primary key (log, index));

create table concord.web_session (
  kind text not null,
  id text not null,
  officer text,
  reference text,
  facts jsonb not null,
  expires timestamptz not null,
  primary key (kind, id));
create index on concord.web_session (officer) where officer is not null;
create index on concord.web_session (reference) where reference is not null;
create index on concord.web_session (expires);
create table concord.token_revocation (id text primary key, expires timestamptz not null);
create table concord.setting (key text primary key, value jsonb not null);

-- All that a commit writes beside its rows, in the same transaction and without a right to read anything. The key of
-- batch is what keeps a batch that is sent again, after a lost connection, from being stored twice.
create procedure concord.commit_batch(
  batch_id bigint, first bigint, last bigint, at timestamptz, n int, runs jsonb, classes jsonb)
language plpgsql security definer set search_path = concord, pg_temp as $$
begin
  insert into concord.batch values (batch_id, first, last, at, n);
  delete from concord.batch where id <= batch_id - 4096;
  if classes is not null then
    insert into concord.stream_class (stream, release_class, first_ingested)
    select c.stream, c.release_class, commit_batch.at
    from jsonb_to_recordset(classes) as c(stream int, release_class int)
    on conflict do nothing;
  end if;
  if runs is not null then
    insert into concord.feed_run as f
    select r.run, r.feed, r.officer, r.source, r.through, r.acknowledged, commit_batch.at
    from jsonb_to_recordset(runs)
      as r(run text, feed text, officer text, source text, through bigint, acknowledged bigint)
    on conflict (run) do update
    set through = excluded.through, acknowledged = excluded.acknowledged, updated = excluded.updated;
  end if;
end $$;
revoke all on procedure concord.commit_batch from public;
`;

/** A connection without a subject has no such setting, or an empty one, which is no integer: an error either way. */
const SUBJECT = `(select current_setting('concord.subject')::int)`;
const PARTY = `(select current_setting('concord.party'))`;

/**
 * Up to which instant of ingest the subject may see each release class, at the class's place in an array: for ever
 * where it is allowed at once, up to the delay of its rung before now, or never. Row security asks for it in a scalar
 * sub-select, so it is made once a query; a row then costs one look at its place (out of the array: null, never).
 * Against a hashed sub-select a rung this took an aggregate over 100,000 rows from 1.39 to 1.15 of the time without
 * row security.
 */
const VISIBLE_UNTIL = `
create function concord.visible_until() returns timestamptz[] language plpgsql stable as $$
declare
  cell record;
  instants timestamptz[] := array['infinity'::timestamptz, ${DELAYS_MS.slice(1)
    .map((delay) => `now() - interval '${delay} ms'`)
    .join(', ')}];
  last int := (select max(release_class) from concord.allowed where subject_class = ${SUBJECT});
  until timestamptz[] := array_fill('-infinity'::timestamptz, array[coalesce(last, 0)]);
begin
  for cell in select release_class, delay from concord.allowed where subject_class = ${SUBJECT} loop
    until[cell.release_class] := instants[cell.delay + 1];
  end loop;
  return until;
end $$;
revoke all on function concord.visible_until from public;
`;

const security = ({ writer, policy, reader }: { [role in keyof Roles]: string }): string => `
grant usage on schema concord to ${writer}, ${policy}, ${reader};
grant execute on procedure concord.commit_batch to ${writer};
grant execute on function concord.visible_until to ${reader};

grant select, insert, update on concord.stream, concord.label, concord.release_class, concord.subject_class,
  concord.agreement, concord.grant_ to ${policy};
grant select, insert, update, delete on concord.allowed, concord.quarantine, concord.web_session,
  concord.token_revocation, concord.setting to ${policy};
grant select, insert on concord.epoch, concord.receipt to ${policy};
grant select on concord.batch, concord.feed_run, concord.stream_class to ${policy};

grant select on concord.observation, concord.allowed, concord.quarantine, concord.receipt to ${reader};

alter table concord.observation enable row level security;
create policy released on concord.observation for select to ${reader}
  using (ingested <= (select concord.visible_until())[release_class]);

alter table concord.allowed enable row level security;
create policy own on concord.allowed for select to ${reader} using (subject_class = ${SUBJECT});
create policy every on concord.allowed to ${policy} using (true) with check (true);
alter table concord.quarantine enable row level security;
create policy own on concord.quarantine for select to ${reader} using (party = ${PARTY});
create policy every on concord.quarantine to ${policy} using (true) with check (true);
alter table concord.receipt enable row level security;
create policy own on concord.receipt for select to ${reader} using (${PARTY} = any(parties));
create policy every on concord.receipt to ${policy} using (true) with check (true);
`;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

/** The whole first schema; one statement string a step, so that a fresh database takes two round trips. */
export const first = (roles: Roles): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    await sql.raw(TABLES + VISIBLE_UNTIL).execute(db);
    const names = {
      writer: quoted(roles.writer),
      policy: quoted(roles.policy),
      reader: quoted(roles.reader),
    };
    await sql.raw(security(names)).execute(db);
  },
});
