import { generateKeyPairSync } from 'node:crypto';
import { hashPassword, newPassword } from '@concord/identity';
import type { DataMode } from '@concord/label';
import { stringify } from 'yaml';

/** What a new node begins with. */
export interface Beginning {
  readonly name: string;
  readonly dataMode: DataMode;
  readonly parties: readonly { readonly id: string; readonly name: string }[];
  readonly authority: string;
}

export interface NewFile {
  readonly path: string;
  readonly text: string;
  /** Only its owner may read it. */
  readonly secret: boolean;
}

const LEVELS = ['UNCLASSIFIED', 'RESTRICTED', 'CONFIDENTIAL', 'SECRET'];
const POSTS = [
  ['duty', 'Duty officer', ['officer', 'engineer']],
  ['release', 'Release authority', ['release-authority']],
  ['security', 'Security officer', ['security-officer']],
] as const;

const policyOf = (party: string): string => party.toUpperCase().replaceAll('-', '_');

/** First lines of each file, for whoever opens it. */
const HEAD = `# A node of Concord. What each key means: docs/configuration.md.
# Names, levels and officers below are a beginning: make them yours before the first start.
`;
const FEEDS = `# Feeds, each with the label of what it brings. Passwords stand in the environment: CONCORD_NTRIP_<FEED>=user:password.
# feeds:
#   - type: ntrip
#     party: PARTY
#     feed: reference-1
#     url: ntrip://caster.example:2101/MOUNT
#     label: { policy: POLICY, classification: RESTRICTED, dataMode: MODE }
`;

function agreementText({ parties, authority }: Beginning, from: string, until: string): string {
  const [first, second] = parties as [Beginning['parties'][number], Beginning['parties'][number]];
  const row = (level: string) => `  - { ${first.id}: ${level}, ${second.id}: ${level} }`;
  return `# A draft to begin with. concord agreement check agreement.yaml says what is wrong with it.
agreement: first-arrangement
version: 1
title: First arrangement
parties:
  ${first.id}: { name: ${JSON.stringify(first.name)}, policy: ${policyOf(first.id)} }
  ${second.id}: { name: ${JSON.stringify(second.name)}, policy: ${policyOf(second.id)} }
authority: { name: ${JSON.stringify(authority)}, quorum: all }
inForce: { from: ${from}, until: ${until} }
equivalence:
${[...LEVELS].reverse().map(row).join('\n')}
clauses:
  positions:
    from: ${first.id}
    to: ${second.id}
    covers: [gnss.position]
    ceiling: RESTRICTED
    purposes: [navigation-safety]
  vessels:
    from: ${second.id}
    to: ${first.id}
    covers: [ais.position]
    ceiling: RESTRICTED
    purposes: [navigation-safety]
    obligations: { position: { h3: 6 } }
never:
  - { release: { caveat: NOFORN }, to: any-other-party }
thirdParties: originator-consent
`;
}

/**
 * The files of a new node: configuration, a key for each party, accounts of the first officers, a draft agreement.
 * Passwords are given back once and kept as hashes alone.
 *
 * @param today the day on which the draft begins, `2026-12-01`
 */
export async function beginNode(
  of: Beginning,
  today: string,
): Promise<{
  readonly files: readonly NewFile[];
  readonly accounts: readonly { officer: string; password: string }[];
}> {
  const keys = of.parties.map(({ id }) => ({ id, pair: generateKeyPairSync('ed25519') }));
  const officers = [
    ...of.parties.flatMap(({ id, name }) =>
      POSTS.map(([post, title, roles]) => ({
        id: `${post}@${id}`,
        name: `${title}, ${name}`,
        roles: [...roles],
        clearance: LEVELS.at(-1)!,
      })),
    ),
    { id: 'chair@authority', name: of.authority, roles: ['authority'], clearance: '' },
  ];
  const accounts = officers.map(({ id }) => ({ officer: id, password: newPassword() }));
  const hashed = await Promise.all(
    accounts.map(async ({ officer, password }) => ({ officer, passwordHash: await hashPassword(password) })),
  );
  const config = {
    name: of.name,
    dataMode: of.dataMode,
    data: 'data',
    listen: { host: '127.0.0.1', port: 8080 },
    accounts: 'accounts.json',
    parties: [
      ...keys.map(({ id, pair }) => ({
        id,
        name: of.parties.find((one) => one.id === id)!.name,
        policy: policyOf(id),
        defaultClassification: LEVELS[1],
        keys: [pair.publicKey.export({ format: 'jwk' })],
      })),
      { id: 'authority', name: of.authority, policy: '' },
    ],
    policies: of.parties.map(({ id }) => ({ id: policyOf(id), levels: LEVELS })),
    officers,
    agreements: ['agreement.yaml'],
    retention: [{ hold: 'P30D' }],
  };
  const year = Number(today.slice(0, 4));
  const until = `${year + 1}${today.slice(4)}`.replace('-02-29', '-02-28');
  return {
    files: [
      { path: 'concord.yaml', text: `${HEAD}${stringify(config, { lineWidth: 0 })}${FEEDS}`, secret: false },
      { path: 'accounts.json', text: `${JSON.stringify(hashed, null, 2)}\n`, secret: true },
      { path: 'agreement.yaml', text: agreementText(of, today, until), secret: false },
      ...keys.map(({ id, pair }) => ({
        path: `keys/${id}.jwk`,
        text: `${JSON.stringify(pair.privateKey.export({ format: 'jwk' }))}\n`,
        secret: true,
      })),
    ],
    accounts,
  };
}
