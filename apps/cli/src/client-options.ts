import { type Address, serverAddress } from './address.ts';
import { Credential } from './credential.ts';
import { dataFolder } from './data-folder.ts';
import { duration } from './duration.ts';
import { UsageError } from './verb.ts';

/** The options that verbs with a server have in common, for `util.parseArgs`. */
export const clientOptions = {
  url: { type: 'string' },
  data: { type: 'string' },
  as: { type: 'string' },
  token: { type: 'string' },
  purpose: { type: 'string', multiple: true },
  ttl: { type: 'string' },
} as const;

export const clientUsage = `  --as OFFICER    who acts, such as ada@alder; mints a token: for the operator of the node
  --token T       a bearer token instead
  --purpose P     a purpose of the token; may be repeated (with --as)
  --ttl TIME      how long the token lives, such as 15m; 1h unless told (with --as)
  --data DIR      the node's data folder; default $CONCORD_DATA, then the demonstration's
  --url URL       the server; default $CONCORD_URL, then the node on that data folder, then
                  http://localhost:8080`;

export interface ClientValues {
  readonly url?: string | undefined;
  readonly data?: string | undefined;
  readonly as?: string | undefined;
  readonly token?: string | undefined;
  readonly purpose?: string[] | undefined;
  readonly ttl?: string | undefined;
}

export interface Client {
  readonly address: Address;
  /** Undefined where neither `--as` nor `--token` was given. */
  readonly credential: Credential | undefined;
}

/** The server and who acts there; `url` goes before the option of that name. */
export function clientOf(values: ClientValues, url = values.url): Client {
  const dataDir = dataFolder(values.data);
  const address = serverAddress(url, dataDir);
  const { as, token, purpose: purposes, ttl } = values;
  if (as !== undefined && token !== undefined) throw new UsageError('give --as or --token, not both');
  if (as === undefined && (purposes || ttl)) throw new UsageError('--purpose and --ttl go with --as');
  if (token !== undefined) return { address, credential: new Credential(token) };
  if (as === undefined) return { address, credential: undefined };
  const life = ttl === undefined ? undefined : duration('--ttl', ttl);
  const wish = { as, purposes, ttl: life, dataDir, origin: address.origin };
  return { address, credential: new Credential(wish) };
}

/** The same where somebody must act. */
export function actingClient(values: ClientValues): { address: Address; credential: Credential } {
  const { address, credential } = clientOf(values);
  if (!credential) throw new UsageError('say who acts: --as OFFICER (or --token T)');
  return { address, credential };
}
