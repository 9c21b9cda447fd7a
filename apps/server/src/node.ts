import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Authority } from '@concord/authority';
import { createBus } from '@concord/bus';
import { Positions } from '@concord/derive';
import { createApp, operatorServer } from '@concord/endpoints';
import {
  type Account,
  accountsOf,
  createAuthenticator,
  createEmbeddedIssuer,
  createRelyingParty,
  createSessions,
  createTokens,
  EMBEDDED_CLIENT,
} from '@concord/identity';
import { Intake } from '@concord/intake';
import type { Label, PartyId } from '@concord/label';
import { LogFiles, Release } from '@concord/release';
import { callersOf, Ends } from './callers.ts';
import type { NodeConfig } from './config.ts';
import { startConfiguredFeeds } from './configured-feeds.ts';
import { ServerError } from './error.ts';
import { adopt, agreementsOf, openAuthority } from './legal.ts';
import { type NodeSecrets, nodeSecrets } from './node-secrets.ts';
import { RecordingRuns } from './runs.ts';
import { signIn } from './sign-in.ts';
import { openStorage, type Storage } from './storage.ts';

export interface NodeOptions {
  readonly config: NodeConfig;
  /** Accounts of the embedded issuer; unused where the configuration names another. */
  readonly accounts: readonly Account[];
  readonly onError: (cause: unknown) => void;
}

/** A node that is up. */
export interface RunningNode {
  readonly url: string;
  readonly operatorUrl: string;
  readonly config: NodeConfig;
  readonly release: Release;
  readonly authority: Authority;
  readonly intake: Intake;
  readonly storage: Storage;
  close(): Promise<void>;
}

const PAGE = fileURLToPath(new URL('../../web/dist', import.meta.url));

/** Composes the rooms into a node and starts it; what has been started is stopped again where a later step fails. */
export async function startNode({ config, accounts, onError }: NodeOptions): Promise<RunningNode> {
  const stops: (() => unknown)[] = [];
  const stop = async () => {
    for (const one of stops.splice(0).reverse()) {
      try {
        await one();
      } catch (cause) {
        onError(cause);
      }
    }
  };
  try {
    return await compose({ config, accounts, onError }, stops, stop);
  } catch (cause) {
    await stop();
    throw cause;
  }
}

async function compose(
  { config, accounts, onError }: NodeOptions,
  stops: (() => unknown)[],
  stop: () => Promise<void>,
): Promise<RunningNode> {
  const now = Date.now;
  agreementsOf(config);
  const secrets = await nodeSecrets(config.dataDir);
  const bus = createBus({ onError });
  const storage = await openStorage(config, (rows) => bus.publish({ rows }), onError);
  stops.push(() => storage.close());

  const authority = await openAuthority(config, storage, () => release.standing, onError);
  stops.push(() => authority.close());
  const release: Release = new Release({
    policy: storage.policy,
    catalogue: storage.catalogue,
    receipts: storage.receipts,
    store: storage.reader,
    world: authority.world,
    upkeep: storage.upkeep,
    ...(config.retention && { limits: config.retention }),
    secret: Buffer.from(secrets.sealing, 'base64'),
    now,
    committed: storage.committed,
    onError,
  });
  stops.push(() => release.close());
  await storage.restore(release);
  release.follow(bus);
  authority.govern(release);

  const logs = new LogFiles({
    dir: join(config.dataDir, 'ledger'),
    node: config.name,
    seed: Buffer.from(secrets.noteSeed, 'base64'),
    leaves: storage.leaves,
    logs: storage.logs,
    now,
    onError,
  });
  release.receipts.onAppended = (entries) => logs.appended(entries);
  await logs.open();
  await release.resume();
  await adopt(authority, config);
  stops.push(() => logs.close());

  const intake = new Intake({ release, store: storage.intake, now });
  new Positions({ release, intake, onError });
  const runs = new RecordingRuns(intake, storage, now);

  const known = (officer: string) => authority.officer(officer) !== undefined;
  const ends = new Ends();
  const sessions = createSessions({
    store: storage.sessions,
    secure: config.origin?.startsWith('https:') ?? false,
    onEnd: (id) => ends.session(id),
  });
  const sweep = setInterval(() => void sessions.sweep().catch(onError), 60_000);
  stops.push(() => clearInterval(sweep));

  // The port is known only once it is listened on, and the origin is part of what is composed: two steps.
  const port = await freePort(config.host, config.port);
  const origin = config.origin ?? `http://localhost:${port}`;
  const tokens = await createTokens({
    key: secrets.tokenKey,
    origin,
    revocations: storage.revocations,
    onEnd: (end) => ends.token(end),
  });
  const authenticator = createAuthenticator({ sessions, tokens, origins: [origin] });
  const callers = callersOf(authenticator, ends, known);
  const app = await createApp(
    {
      nodeName: config.name,
      dataMode: config.dataMode,
      origin,
      release,
      authority,
      intake,
      callers,
      runs,
      ledger: {
        read: (log, path) => logs.read(log, path),
        state: (log) => logs.state(log),
      },
      parties: config.parties.map(({ id, name }) => ({ id, name })),
      defaultLabel: (party, dataMode) => defaultLabel(config, party, dataMode),
      onError,
      ...(existsSync(PAGE) && { pageDir: PAGE }),
    },
    signIn(signInParts(config, origin, secrets, accounts, sessions, known)),
  );
  await app.listen({ host: config.host, port });
  stops.push(() => app.close());

  const feeds = startConfiguredFeeds(config.feeds, intake);
  stops.push(() => Promise.all(feeds.map((one) => one.stop())));

  const operator = operatorServer({
    ready: async () => ({ database: storage.isUp() ? 'ok' : 'down' }),
    figures: figures(release),
  });
  await new Promise<void>((resolve, reject) => {
    operator.once('error', reject);
    operator.listen(config.operatorPort, '127.0.0.1', resolve);
  });
  stops.push(() => {
    operator.closeAllConnections();
    operator.close();
  });
  const operatorPort = (operator.address() as AddressInfo).port;
  return {
    url: origin,
    operatorUrl: `http://127.0.0.1:${operatorPort}`,
    config,
    release,
    authority,
    intake,
    storage,
    close: stop,
  };
}

const figures = (release: Release) => [
  { name: 'concord_live_sessions', help: 'Open live connections', read: () => release.counts.sessions },
  { name: 'concord_readers', help: 'Open live connections and queries', read: () => release.counts.readers },
  {
    name: 'concord_epoch',
    help: 'Version of all that verdicts depend on',
    read: () => release.standing.world.epoch,
  },
];

/** What an officer feeds in without a label of its own has its party's lowest level that is configured for it. */
function defaultLabel(config: NodeConfig, party: PartyId, dataMode: Label['dataMode']): Label | undefined {
  const found = config.parties.find((one) => one.id === party);
  const policy = config.policies.find((one) => one.id === found?.policy);
  if (!policy || found?.defaultClassification === undefined) return undefined;
  return {
    policy: policy.id,
    classification: found.defaultClassification,
    categories: [],
    caveats: [],
    purposes: [],
    dataMode,
  };
}

function signInParts(
  { oidc }: NodeConfig,
  origin: string,
  secrets: NodeSecrets,
  accounts: readonly Account[],
  sessions: ReturnType<typeof createSessions>,
  known: (officer: string) => boolean,
) {
  const redirectUri = `${origin}/login/callback`;
  if (oidc) {
    const { issuer, clientId, clientSecret, claim } = oidc;
    const relyingParty = createRelyingParty({
      issuer,
      clientId,
      ...(clientSecret !== undefined && { clientSecret }),
      redirectUri,
      officer: { claim },
    });
    return { relyingParty, sessions, known };
  }
  const issuer = createEmbeddedIssuer({
    origin,
    accounts: accountsOf(accounts),
    keys: [secrets.issuerKey],
    cookieKeys: secrets.cookieKeys,
    redirectUris: [redirectUri],
  });
  const relyingParty = createRelyingParty({
    issuer: issuer.issuer,
    clientId: EMBEDDED_CLIENT,
    redirectUri,
    officer: { claim: 'sub' },
  });
  return { relyingParty, sessions, issuer, known };
}

/** The port asked for, or a free one for 0; `port-taken` where somebody else listens on it. */
async function freePort(host: string, port: number): Promise<number> {
  const { createServer } = await import('node:net');
  return await new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once('error', (cause: NodeJS.ErrnoException) =>
      reject(
        new ServerError(
          'port-taken',
          cause.code === 'EADDRINUSE' ? `port ${port} is taken; choose another with --port` : cause.message,
        ),
      ),
    );
    probe.listen(port, host, () => {
      const { port: found } = probe.address() as AddressInfo;
      probe.close(() => resolve(found));
    });
  });
}
