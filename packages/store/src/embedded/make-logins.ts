import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client, escapeIdentifier, escapeLiteral } from 'pg';
import type { Target } from '../connections.ts';
import { LOGINS, type Login, secretOf } from './secrets.ts';

export const DATABASE = 'concord';

export const targetOf = (folder: string, login: Login, port: number): Target => ({
  host: '127.0.0.1',
  port,
  user: login,
  password: secretOf(folder, login),
  database: DATABASE,
});

const noteOf = (folder: string): string => join(folder, 'logins');

/** For a cluster that is new: its logins are still to be made. */
export const forgetLogins = (folder: string): void => rmSync(noteOf(folder), { force: true });

/**
 * The database and its logins, made by the superuser, who is not used again. Safe to repeat when it was cut short: a
 * note in the folder says that it is done.
 */
export async function makeLogins(folder: string, port: number): Promise<void> {
  const done = noteOf(folder);
  if (existsSync(done)) return;
  const superuser = new Client({
    host: '127.0.0.1',
    port,
    user: 'postgres',
    password: secretOf(folder, 'superuser'),
    database: 'template1',
  });
  await superuser.connect();
  try {
    const { rows } = await superuser.query<{ rolname: string }>('select rolname from pg_roles');
    const roles = new Set(rows.map((row) => row.rolname));
    const statements = LOGINS.map((login) => {
      const verb = roles.has(login) ? 'alter' : 'create';
      return `${verb} role ${escapeIdentifier(login)} login password ${escapeLiteral(secretOf(folder, login))}`;
    });
    await superuser.query(statements.join(';'));
    // The database that initdb made, under our name: quicker than making another.
    const found = await superuser.query('select 1 from pg_database where datname = $1', [DATABASE]);
    if (found.rowCount === 0) await superuser.query(`alter database postgres rename to ${DATABASE}`);
    const others = LOGINS.filter((login) => login !== 'owner').join(', ');
    await superuser.query(
      `alter database ${DATABASE} owner to owner;
       revoke all on database ${DATABASE}, template1 from public;
       grant connect on database ${DATABASE} to ${others}`,
    );
  } finally {
    await superuser.end();
  }
  writeFileSync(done, `${LOGINS.join('\n')}\n`, { mode: 0o600 });
}
