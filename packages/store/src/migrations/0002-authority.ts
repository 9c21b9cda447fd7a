import { type Kysely, sql } from 'kysely';
import type { Migration } from 'kysely/migration';
import type { Roles } from './roles.ts';

/** Versions never change and what was recorded is never taken back: nobody may update or delete either. */
const TABLES = `
create table concord.agreement_version (
  doc text primary key,
  agreement text not null,
  version int not null,
  text text not null,
  files jsonb not null,
  digest text not null,
  drafter text not null,
  by text not null,
  at timestamptz(3) not null);
create table concord.decision (
  seq bigint generated always as identity primary key,
  id text not null unique,
  subject text not null,
  at timestamptz(3) not null,
  by text not null,
  kind text not null,
  facts jsonb not null);
create index on concord.decision (subject, seq);
-- Versions, with all that has happened to them, take its place.
drop table concord.agreement;
`;

export const authority = ({ policy }: Roles): Migration => ({
  async up(db: Kysely<unknown>): Promise<void> {
    const name = `"${policy.replaceAll('"', '""')}"`;
    await sql
      .raw(`${TABLES} grant select, insert on concord.agreement_version, concord.decision to ${name};`)
      .execute(db);
  },
});
