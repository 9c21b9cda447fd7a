import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Grant, Officer } from '@concord/authority';
import { type Account, hashPassword, newPassword } from '@concord/identity';
import {
  type AgreementId,
  type DataMode,
  type GrantId,
  type Label,
  type OfficerId,
  type PartyId,
  type Policy,
  type PolicyId,
  partyOf,
} from '@concord/label';
import type { NodeConfig } from './config.ts';
import { inventedKeys, publicKeys, signedByAll } from './invented-keys.ts';

/** Everything of the demonstration is invented: parties, officers, waters. */
const FOLDER = fileURLToPath(new URL('../demo', import.meta.url));

const party = (id: string) => id as PartyId;
const officerId = (id: string) => id as OfficerId;

export const DEMO_POLICIES: readonly Policy[] = [
  { id: 'ALDER' as PolicyId, levels: ['UNCLASSIFIED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET', 'TOP SECRET'] },
  { id: 'BIRCH' as PolicyId, levels: ['OPEN', 'OFFICIAL', 'CONFIDENTIAL', 'SECRET', 'MOST SECRET'] },
  { id: 'CEDAR' as PolicyId, levels: ['PUBLIC', 'INTERNAL', 'SECRET'] },
];

const OFFICERS: readonly Officer[] = [
  {
    id: officerId('ada@alder'),
    name: 'Ada Lund',
    party: party('alder'),
    roles: ['officer', 'engineer'],
    home: { level: 'SECRET', compartments: [] },
  },
  {
    id: officerId('ben@birch'),
    name: 'Ben Okoro',
    party: party('birch'),
    roles: ['officer', 'engineer'],
    home: { level: 'SECRET', compartments: [] },
  },
  {
    id: officerId('out@cedar'),
    name: 'Olive Tan',
    party: party('cedar'),
    roles: ['officer'],
    home: { level: 'SECRET', compartments: [] },
  },
  ...(['alder', 'birch'] as const).flatMap((of): Officer[] => [
    {
      id: officerId(`release@${of}`),
      name: of === 'alder' ? 'Rosa Dahl' : 'Bea Adeyemi',
      party: party(of),
      roles: ['release-authority'],
      home: { level: 'SECRET', compartments: [] },
    },
    {
      id: officerId(`security@${of}`),
      name: of === 'alder' ? 'Sten Vik' : 'Sola Eze',
      party: party(of),
      roles: ['security-officer'],
      home: { level: 'SECRET', compartments: [] },
    },
  ]),
  {
    id: officerId('chair@authority'),
    name: 'Chair of the Commission',
    party: party('authority'),
    roles: ['authority'],
    home: { level: '', compartments: [] },
  },
];

const TITLES: Readonly<Record<string, string>> = {
  'ada@alder': 'duty officer and sensor engineer',
  'ben@birch': 'duty officer and sensor engineer',
  'out@cedar': 'outsider',
  'release@alder': 'release authority',
  'release@birch': 'release authority',
  'security@alder': 'security officer',
  'security@birch': 'security officer',
  'chair@authority': 'supervising authority',
};

const YEAR = 365 * 86_400_000;

const grant = (id: string, officer: string, level: string, now: number): Grant => ({
  id: id as GrantId,
  officer: officerId(officer),
  agreement: 'strait-watch' as AgreementId,
  level,
  compartments: [],
  purposes: ['navigation-safety', 'search-and-rescue'],
  from: Math.floor(now / 86_400_000) * 86_400_000,
  until: Math.floor(now / 86_400_000) * 86_400_000 + YEAR,
  // One person from each side, neither of them the officer.
  sponsor: officerId(`security@${partyOf(officerId(officer))}`),
  approvedBy: [
    officerId(`security@${partyOf(officerId(officer))}`),
    officerId(officer === 'ada@alder' ? 'release@birch' : 'release@alder'),
  ],
});

/** The label of what the demonstration's feeds bring. */
export function demoLabel(of: string, dataMode: DataMode = 'EXERCISE'): Label {
  const [policy, classification] = of === 'birch' ? ['BIRCH', 'OFFICIAL'] : ['ALDER', 'RESTRICTED'];
  return {
    policy: policy as PolicyId,
    classification: classification!,
    categories: [],
    caveats: [],
    purposes: [],
    dataMode,
  };
}

/** The ring of the corridor, for the exercise that is played around it. */
export function demoCorridor(): readonly (readonly [number, number])[] {
  const feature = JSON.parse(readFileSync(`${FOLDER}/areas/corridor.geojson`, 'utf8')) as {
    geometry: { coordinates: [number, number][][] };
  };
  return feature.geometry.coordinates[0] ?? [];
}

export interface Demo {
  readonly config: NodeConfig;
  readonly accounts: readonly Account[];
  /** What the first line says. */
  readonly shown: readonly { officer: string; party: string; role: string; password: string }[];
}

/** The demonstration's node. Passwords are made anew at each start and printed once. */
export async function demo(options: { readonly dataDir: string; readonly port: number }): Promise<Demo> {
  const areas = ['areas/corridor.geojson', 'areas/approaches.geojson'];
  const keys = inventedKeys(options.dataDir, [party('alder'), party('birch'), party('cedar')]);
  const signed = await signedByAll(
    {
      text: readFileSync(`${FOLDER}/strait-watch.yaml`, 'utf8'),
      file: (path) => (areas.includes(path) ? readFileSync(`${FOLDER}/${path}`, 'utf8') : undefined),
    },
    new Map(DEMO_POLICIES.map((one) => [one.id, one])),
    keys,
  );
  const config: NodeConfig = {
    name: 'strait-demo',
    dataMode: 'EXERCISE',
    dataDir: options.dataDir,
    host: '127.0.0.1',
    port: options.port,
    operatorPort: 0,
    parties: [
      { id: party('alder'), name: 'Alder Coast Guard', policy: 'ALDER', defaultClassification: 'RESTRICTED' },
      {
        id: party('birch'),
        name: 'Birch Maritime Authority',
        policy: 'BIRCH',
        defaultClassification: 'OFFICIAL',
      },
      {
        id: party('cedar'),
        name: 'Cedar Hydrographic Office',
        policy: 'CEDAR',
        defaultClassification: 'INTERNAL',
      },
      { id: party('authority'), name: 'Joint Staff Commission', policy: '' },
    ],
    policies: DEMO_POLICIES,
    officers: OFFICERS,
    keys: publicKeys(keys),
    agreements: [{ ...signed, approvedBy: [officerId('chair@authority')] }],
    grants: [
      grant('strait-watch-ben', 'ben@birch', 'SECRET', Date.now()),
      grant('strait-watch-ada', 'ada@alder', 'SECRET', Date.now()),
    ],
    feeds: [],
    // A demonstration is looked at, not kept: its folder does not grow for ever.
    retention: [{ hold: 6 * 3_600_000 }],
  };
  const shown = OFFICERS.map(({ id, party: of }) => ({
    officer: id as string,
    party: of as string,
    role: TITLES[id] ?? '',
    password: newPassword(),
  }));
  const accounts = await Promise.all(
    shown.map(async ({ officer, password }) => ({
      officer: officerId(officer),
      passwordHash: await hashPassword(password),
    })),
  );
  return { config, accounts, shown };
}
