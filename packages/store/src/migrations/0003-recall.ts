import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Roles } from './roles.ts';

/**
 * `since` is set where an item has changed its class after it came in: for its readers it is released then, late, at
 * the place in their order that is still ahead of every cursor. `delivery` is what a receipt says in numbers, beside
 * it and in the same transaction; it outlives the items.
 */
const TABLES = `
-- A new database has both columns from the beginning, in front.
alter table concord.observation add column if not exists since timestamptz(3);
alter table concord.observation add column if not exists counted timestamptz(3) not null
  generated always as (coalesce(since, ingested)) stored;
create index on concord.observation (stream, release_class, since, seq) where since is not null;

create table concord.delivery (
  log text not null,
  index bigint not null,
  at timestamptz not null,
  party text not null,
  originators text[] not null,
  stream int not null,
  kind text not null,
  level text not null,
  clauses text[] not null,
  door text not null,
  seqs int8multirange not null,
  recipients int not null,
  delays jsonb not null,
  primary key (log, index));
create index on concord.delivery (stream, at);
create index on concord.delivery (party, at);

create table concord.recall (
  id text primary key,
  party text not null,
  officer text not null,
  stream int not null,
  seqs int8multirange not null,
  item bigint,
  from_time timestamptz not null,
  to_time timestamptz not null,
  last_seq bigint not null,
  reason text not null,
  epoch bigint not null,
  at timestamptz not null,
  due timestamptz not null,
  applied boolean not null default false);
create table concord.recall_case (
  recall text not null references concord.recall,
  party text not null,
  seqs int8multirange not null,
  -- Numbers and instants of ingest (milliseconds) of the items, where they are few: by them their names are made.
  places jsonb,
  asked timestamptz not null,
  acknowledged timestamptz,
  acknowledged_by text,
  destroyed timestamptz,
  destroyed_by text,
  certificate text,
  signature text,
  primary key (recall, party));

create table concord.destruction (
  id bigint generated always as identity primary key,
  at timestamptz not null,
  stream int not null,
  from_ingested timestamptz not null,
  to_ingested timestamptz not null,
  count bigint not null,
  digest bytea not null,
  receipted boolean not null default false);
`;

const PARTY = `(select current_setting('concord.party'))`;

const security = ({ policy, reader }: { [role in keyof Roles]: string }): string => `
grant select, insert on concord.delivery to ${policy};
grant select on concord.delivery to ${reader};
grant select, insert, update on concord.recall, concord.recall_case, concord.destruction to ${policy};
alter table concord.delivery enable row level security;
create policy own on concord.delivery for select to ${reader}
  using (party = ${PARTY} or ${PARTY} = any(originators));
create policy every on concord.delivery to ${policy} using (true) with check (true);
alter policy released on concord.observation
  using (counted <= (select concord.visible_until())[release_class]);
`;

const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;

export const recall = (roles: Roles): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    const names = {
      writer: quoted(roles.writer),
      policy: quoted(roles.policy),
      reader: quoted(roles.reader),
    };
    await sql.raw(TABLES + security(names)).execute(db);
  },
});
