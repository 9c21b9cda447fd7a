import { createMemoryTokenRevocations, createTokens } from '@concord/identity';
import {
  type AgreementId,
  type GrantId,
  type Label,
  type OfficerId,
  type PartyId,
  type PolicyId,
  partyOf,
} from '@concord/label';
import {
  existingSecrets,
  inventedKeys,
  type NodeConfig,
  publicKeys,
  type RunningNode,
  signedByAll,
} from '@concord/server';

/** Officers of the benchmark; each has purposes of its own, so that each is a subject class. */
export const OFFICERS = 50;
const RECEIVERS = ['birch', 'cedar', 'dogwood'] as const;
const LEVELS = ['OPEN', 'RESTRICTED', 'SECRET'];

const officerOf = (i: number) => `officer-${i}@${RECEIVERS[i % RECEIVERS.length]}` as OfficerId;

/** One originator, three receiving parties, each with obligations of its own. */
const AGREEMENT = `agreement: bench
version: 1
title: Bench
parties:
  alder: { name: Alder, policy: P }
  birch: { name: Birch, policy: P }
  cedar: { name: Cedar, policy: P }
  dogwood: { name: Dogwood, policy: P }
authority: { name: Authority, quorum: all }
inForce: { from: 2020-01-01, until: 2100-01-01 }
equivalence: []
clauses:
  exact: { from: alder, to: birch, covers: [ais.position], ceiling: SECRET }
  coarse: { from: alder, to: cedar, covers: [ais.position], ceiling: SECRET, obligations: { position: { h3: 7 } } }
  partial: { from: alder, to: dogwood, covers: [ais.position], ceiling: SECRET, obligations: { position: { h3: 5 }, drop: [navStatus] } }
`;

export const LABEL: Label = {
  policy: 'P' as PolicyId,
  classification: 'RESTRICTED',
  categories: [],
  caveats: [],
  purposes: [],
  dataMode: 'SIMULATED',
};

export async function benchConfig(dataDir: string): Promise<NodeConfig> {
  const policies = [{ id: 'P' as PolicyId, levels: LEVELS }];
  const parties = ['alder', ...RECEIVERS].map((id) => id as PartyId);
  const keys = inventedKeys(dataDir, parties);
  const known = new Map(policies.map((one) => [one.id, one]));
  const signed = await signedByAll({ text: AGREEMENT, file: () => undefined }, known, keys);
  const officers = Array.from({ length: OFFICERS }, (_, i) => ({
    id: officerOf(i),
    name: `Officer ${i}`,
    party: RECEIVERS[i % RECEIVERS.length] as PartyId,
    roles: ['officer'] as const,
    home: { level: 'SECRET', compartments: [] },
  }));
  return {
    name: 'bench',
    dataMode: 'SIMULATED',
    dataDir,
    host: '127.0.0.1',
    port: 0,
    operatorPort: 0,
    parties: parties.map((id) => ({ id, name: id, policy: 'P' })),
    keys: publicKeys(keys),
    policies,
    officers: [
      ...officers,
      ...parties.map((party) => ({
        id: `release@${party}` as OfficerId,
        name: `Release authority of ${party}`,
        party,
        roles: ['release-authority'] as const,
        home: { level: 'SECRET', compartments: [] },
      })),
      {
        id: 'ada@alder' as OfficerId,
        name: 'Ada',
        party: 'alder' as PartyId,
        roles: ['officer', 'engineer'],
        home: { level: 'SECRET', compartments: [] },
      },
      {
        id: 'chair@authority' as OfficerId,
        name: 'Chair',
        party: 'authority' as PartyId,
        roles: ['authority'],
        home: { level: '', compartments: [] },
      },
    ],
    agreements: [{ ...signed, approvedBy: ['chair@authority' as OfficerId] }],
    grants: officers.map(({ id }, i) => ({
      id: `grant-${i}` as GrantId,
      officer: id,
      agreement: 'bench' as AgreementId,
      level: 'SECRET',
      compartments: [],
      purposes: [`purpose-${i}`],
      from: 0,
      until: 4e12,
      sponsor: `release@${partyOf(id)}` as OfficerId,
      approvedBy: ['release@alder' as OfficerId, `release@${partyOf(id)}` as OfficerId],
    })),
    feeds: [],
  };
}

/** Bearer tokens of the node, one an officer. */
export async function tokensOf(node: RunningNode, officers: readonly string[]): Promise<string[]> {
  const key = existingSecrets(node.config.dataDir)?.tokenKey;
  if (!key) throw new Error('the node has no key');
  const tokens = await createTokens({ key, origin: node.url, revocations: createMemoryTokenRevocations() });
  return await Promise.all(
    officers.map(async (one) => (await tokens.mint({ officer: one as OfficerId })).token),
  );
}

export const officers = (): string[] => Array.from({ length: OFFICERS }, (_, i) => officerOf(i));

/** Positions of vessels, of about 200 bytes each. */
export function positions(count: number, from = 0) {
  return Array.from({ length: count }, (_, i) => {
    const mmsi = String(200_000_000 + ((from + i) % 5000));
    const [lat, lon] = [30 + ((from + i) % 700) / 100, -40 + ((from + i) % 900) / 100];
    return {
      kind: 'ais.position' as const,
      time: 1_790_000_000_000 + from + i,
      series: mmsi,
      place: { point: { lat, lon } },
      record: {
        mmsi,
        lat,
        lon,
        speed: 12.3,
        course: 87.1,
        trueHeading: 88,
        navStatus: 0,
        ts: '2026-11-24T00:00:00.000Z',
      },
    };
  });
}
