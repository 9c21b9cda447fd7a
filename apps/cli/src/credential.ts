import { existsSync } from 'node:fs';
import type { MintedToken } from '@concord/identity';
import { isOfficerId } from '@concord/label';
import { UsageError } from './verb.ts';

export interface Wish {
  readonly as: string;
  readonly purposes?: readonly string[] | undefined;
  /** Milliseconds. */
  readonly ttl?: number | undefined;
  readonly dataDir: string;
  /** The origin by which the node knows itself: its tokens are good nowhere else. */
  readonly origin: string;
}

/**
 * Mints a bearer token with the key of a node whose data folder is at hand: the operator's way. Whether the officer is
 * known is for the node to say.
 */
export async function mintToken({ as, purposes, ttl, dataDir, origin }: Wish): Promise<MintedToken> {
  if (!isOfficerId(as)) throw new UsageError(`--as: "${as}" is no officer; one is called such as ada@alder`);
  if (!existsSync(dataDir)) {
    throw new Error(
      `no node has its data in ${dataDir}; start one (concord demo), or name the folder with --data or CONCORD_DATA`,
    );
  }
  // Loaded here and not above: only this way to a token needs the server's code, which takes a second.
  const [{ existingSecrets }, identity] = await Promise.all([
    import('@concord/server'),
    import('@concord/identity'),
  ]);
  const secrets = existingSecrets(dataDir);
  if (secrets?.tokenKey === undefined) {
    throw new Error(
      `the keys of the node in ${dataDir} cannot be read; only the account that runs the node may mint tokens`,
    );
  }
  try {
    const tokens = await identity.createTokens({
      key: secrets.tokenKey,
      origin,
      revocations: identity.createMemoryTokenRevocations(),
    });
    return await tokens.mint({
      officer: as,
      ...(purposes && { purposes }),
      ...(ttl !== undefined && { ttl }),
    });
  } catch (cause) {
    if (cause instanceof identity.IdentityError) throw new UsageError(cause.message);
    throw cause;
  }
}

/** A bearer token that is renewed in time, or one that was given. */
export class Credential {
  readonly #wish: Wish | string;
  #minted: MintedToken | undefined;

  /** `--token`, or what `--as` asks to have minted. */
  constructor(wish: Wish | string) {
    this.#wish = wish;
  }

  /** Whether `token({ fresh: true })` gives another one than before. */
  get renews(): boolean {
    return typeof this.#wish !== 'string';
  }

  async token({ fresh = false } = {}): Promise<string> {
    if (typeof this.#wish === 'string') return this.#wish;
    const over = this.#minted === undefined || this.#minted.expiresAt < Date.now() + 60_000;
    if (fresh || over) this.#minted = await mintToken(this.#wish);
    return this.#minted!.token;
  }
}
