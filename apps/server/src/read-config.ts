import { readFileSync } from 'node:fs';
import { dirname, isAbsolute, join, resolve } from 'node:path';
import { durationMs } from '@concord/agreement';
import { AuthorityError, readPublicKey } from '@concord/authority';
import { ROLES } from '@concord/gate';
import type { Account } from '@concord/identity';
import {
  type AgreementId,
  DATA_MODES,
  type GrantId,
  isAgreementId,
  isItemKind,
  isOfficerId,
  isPartyId,
  LabelError,
  type OfficerId,
  type PartyId,
  partyOf,
  policyOf,
  readLabel,
  readPolicy,
  readSpif,
} from '@concord/label';
import { LineCounter, parseDocument } from 'yaml';
import { z } from 'zod';
import type { AgreementFile, NodeConfig } from './config.ts';
import { ServerError } from './error.ts';

const party = z.string().refine(isPartyId, 'is no name of a party: lower case, digits, hyphens');
const officer = z.string().refine(isOfficerId, 'is no officer: name@party');
const instant = z.iso.datetime().transform((text) => Date.parse(text));
const words = z.array(z.string().min(1)).default([]);
const feedName = z
  .string()
  .regex(/^[a-z0-9][a-z0-9.-]{0,62}$/, 'is a short name of lower case letters, digits, dots and hyphens');

const schema = z.strictObject({
  name: z.string().regex(/^[^\s+]{1,100}$/, 'has no spaces and no plus: it names the node in its logs'),
  dataMode: z.enum(DATA_MODES),
  data: z.string(),
  listen: z.strictObject({ host: z.string().default('127.0.0.1'), port: z.number().int().min(0).max(65535) }),
  operatorPort: z.number().int().min(0).max(65535).default(0),
  origin: z.url().optional(),
  database: z
    .strictObject({ owner: z.string(), writer: z.string(), policy: z.string(), reader: z.string() })
    .optional(),
  oidc: z
    .strictObject({ issuer: z.url(), clientId: z.string(), claim: z.string().default('email') })
    .optional(),
  accounts: z.string().optional(),
  parties: z
    .array(
      z.strictObject({
        id: party,
        name: z.string(),
        policy: z.string(),
        defaultClassification: z.string().optional(),
        keys: z.array(z.unknown()).default([]),
      }),
    )
    .min(2),
  policies: z.array(z.unknown()),
  officers: z.array(
    z.strictObject({
      id: officer,
      name: z.string(),
      roles: z.array(z.enum(ROLES)).min(1),
      nationality: z.string().optional(),
      clearance: z.string(),
      compartments: words,
    }),
  ),
  agreements: z.array(
    z.union([
      z.string().transform((file) => ({ file, signatures: [] as { party: string; file: string }[] })),
      z.strictObject({
        file: z.string(),
        signatures: z.array(z.strictObject({ party, file: z.string() })).default([]),
      }),
    ]),
  ),
  grants: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(100),
        officer,
        agreement: z.string().refine(isAgreementId, 'is no name of an agreement'),
        level: z.string(),
        compartments: words,
        purposes: words,
        from: instant,
        until: instant,
        sponsor: officer,
        approvedBy: z.array(officer).min(2, 'a grant takes two persons, one from each side'),
      }),
    )
    .default([]),
  feeds: z
    .array(
      z.discriminatedUnion('type', [
        z.strictObject({
          type: z.literal('ntrip'),
          party,
          feed: feedName,
          url: z.string(),
          label: z.unknown(),
        }),
        z.strictObject({
          type: z.literal('omm'),
          party,
          feed: feedName,
          source: z.string(),
          everySeconds: z.number().int().min(10).default(7200),
          label: z.unknown(),
        }),
      ]),
    )
    .default([]),
  retention: z
    .array(
      z.strictObject({
        stream: z.string().optional(),
        kind: z.string().refine(isItemKind, 'is no item kind').optional(),
        hold: z.string().refine((text) => (durationMs(text) ?? 0) > 0, 'is a duration such as P30D'),
      }),
    )
    .default([]),
});

/**
 * Reads a node's configuration. Paths in it are relative to its folder. Secrets stand in the environment and never in
 * the file: `CONCORD_OIDC_SECRET`, and `CONCORD_NTRIP_<FEED>` as `user:password`.
 *
 * @throws ServerError `bad-config` with file, line and field
 */
export function readConfig(path: string, env: Readonly<Record<string, string | undefined>>): NodeConfig {
  const file = resolve(path);
  const fail = (why: string): never => {
    throw new ServerError('bad-config', `${path}: ${why}`);
  };
  let text = '';
  try {
    text = readFileSync(file, 'utf8');
  } catch (cause) {
    fail((cause as Error).message);
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  const broken = document.errors[0];
  if (broken) fail(broken.message.split('\n')[0] ?? 'is no YAML');
  const lineOf = (where: readonly PropertyKey[]): string => {
    for (let depth = where.length; depth > 0; depth--) {
      const node = document.getIn(where.slice(0, depth), true) as
        | { range?: [number, number, number] }
        | undefined;
      if (node?.range) return `${lines.linePos(node.range[0]).line}: `;
    }
    return '';
  };
  const read = schema.safeParse(document.toJS());
  if (!read.success) {
    const issue = read.error.issues[0];
    return fail(`${lineOf(issue?.path ?? [])}${issue?.path.join('.')}: ${issue?.message}`);
  }
  const c = read.data;
  if ((c.oidc === undefined) === (c.accounts === undefined))
    fail('name an issuer under oidc, or a file of accounts under accounts: one of them');
  const inside = <T>(where: readonly PropertyKey[], work: () => T): T => {
    try {
      return work();
    } catch (cause) {
      if (cause instanceof LabelError || cause instanceof ServerError || cause instanceof AuthorityError)
        return fail(`${lineOf(where)}${where.join('.')}: ${cause.message}`);
      throw cause;
    }
  };
  const folder = dirname(file);
  const at = (one: string) => (isAbsolute(one) ? one : join(folder, one));
  const secret = env['CONCORD_OIDC_SECRET'];
  return {
    name: c.name,
    dataMode: c.dataMode,
    dataDir: at(c.data),
    host: c.listen.host,
    port: c.listen.port,
    operatorPort: c.operatorPort,
    ...(c.origin !== undefined && { origin: c.origin.replace(/\/$/, '') }),
    ...(c.database && { database: c.database }),
    ...(c.oidc && { oidc: { ...c.oidc, ...(secret !== undefined && { clientSecret: secret }) } }),
    ...(c.accounts !== undefined && { accounts: inside(['accounts'], () => readAccounts(at(c.accounts!))) }),
    parties: c.parties.map(({ id, name, policy, defaultClassification }) => ({
      id: id as PartyId,
      name,
      policy,
      ...(defaultClassification !== undefined && { defaultClassification }),
    })),
    keys: new Map(
      c.parties.map(({ id, keys }, i) => [
        id as PartyId,
        keys.map((one) => inside(['parties', i, 'keys'], () => readPublicKey(one))),
      ]),
    ),
    policies: c.policies.map((one, i) =>
      inside(['policies', i], () =>
        typeof one === 'string' ? policyOf(readSpif(readText(at(one))).spif) : readPolicy(one),
      ),
    ),
    officers: c.officers.map(({ id, name, roles, nationality, clearance, compartments }) => ({
      id: id as OfficerId,
      name,
      party: partyOf(id as OfficerId),
      roles,
      ...(nationality !== undefined && { nationality }),
      home: { level: clearance, compartments },
    })),
    agreements: c.agreements.map(({ file: one, signatures }) => ({
      ...agreementFile(at(one)),
      signatures: signatures.map(({ party: of, file: jws }) => ({
        party: of as PartyId,
        jws: readText(at(jws)).trim(),
      })),
      approvedBy: [],
    })),
    grants: c.grants.map((one) => ({
      ...one,
      id: one.id as GrantId,
      officer: one.officer as OfficerId,
      agreement: one.agreement as AgreementId,
      sponsor: one.sponsor as OfficerId,
      approvedBy: one.approvedBy as OfficerId[],
    })),
    feeds: c.feeds.map((one, i) => {
      const label = inside(['feeds', i, 'label'], () => readLabel(one.label));
      if (one.type === 'omm') return { ...one, party: one.party as PartyId, label };
      const [username, ...rest] = (
        env[`CONCORD_NTRIP_${one.feed.toUpperCase().replace(/[^A-Z0-9]/g, '_')}`] ?? ''
      ).split(':');
      return {
        ...one,
        party: one.party as PartyId,
        label,
        ...(username && { username, password: rest.join(':') }),
      };
    }),
    retention: c.retention.map(({ stream, kind, hold }) => ({
      ...(stream !== undefined && { stream }),
      ...(kind !== undefined && { kind }),
      hold: durationMs(hold) ?? 0,
    })),
  };
}

const accountList = z.array(z.strictObject({ officer, passwordHash: z.string().startsWith('$scrypt$') }));

/** Accounts of the embedded issuer, with hashes of their passwords, as `concord init` writes them. */
function readAccounts(path: string): Account[] {
  let value: unknown;
  try {
    value = JSON.parse(readText(path));
  } catch (cause) {
    throw new ServerError('bad-config', (cause as Error).message);
  }
  const read = accountList.safeParse(value);
  if (read.success) return read.data as Account[];
  const issue = read.error.issues[0];
  throw new ServerError('bad-config', `${path}: ${issue?.path.join('.')}: ${issue?.message}`);
}

function readText(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (cause) {
    throw new ServerError('bad-config', (cause as Error).message);
  }
}

/** An agreement with whatever files its text may name, read when the reader asks for them. */
function agreementFile(path: string): Pick<AgreementFile, 'text' | 'file'> {
  const text = readText(path);
  const folder = dirname(path);
  return {
    text,
    file: (name) => {
      try {
        return readFileSync(join(folder, name), 'utf8');
      } catch {
        return undefined;
      }
    },
  };
}
