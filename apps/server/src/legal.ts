import { readAgreement, type Terms } from '@concord/agreement';
import {
  Authority,
  AuthorityError,
  faultOf,
  secondOpinion,
  type Version,
  versionDigest,
} from '@concord/authority';
import { proveGuarantees, type World } from '@concord/gate';
import type { AgreementId, OfficerId, PartyId } from '@concord/label';
import type { Standing } from '@concord/release';
import type { AgreementFile, NodeConfig } from './config.ts';
import { ServerError } from './error.ts';
import type { Storage } from './storage.ts';

interface Given {
  readonly terms: Terms;
  readonly files: Readonly<Record<string, string>>;
  readonly from: AgreementFile;
}

/** Reads the agreements of a configuration; one that cannot be executed to the letter stops the start. */
export function agreementsOf(config: NodeConfig): Given[] {
  const policies = new Map(config.policies.map((one) => [one.id, one]));
  return config.agreements.map((from) => {
    const files: Record<string, string> = {};
    const file = (path: string) => {
      const text = from.file(path);
      if (text !== undefined) files[path] = text;
      return text;
    };
    const { terms, findings } = readAgreement(from.text, { file, policies });
    if (terms) return { terms, files, from };
    const list = findings.map((one) => `${one.line}:${one.column} ${one.message}`).join('; ');
    throw new ServerError('agreement-refused', `an agreement cannot be executed: ${list}`);
  });
}

/** `never` lines that would not hold, each with the story of what breaks it. */
const brokenGuarantees = (world: World, agreement: AgreementId): string[] =>
  proveGuarantees(world).flatMap((one) =>
    one.held === 'fails' && one.agreement === agreement ? [`"${one.says}" fails: ${one.story}`] : [],
  );

/**
 * Terms that are read and said in words, and that no part of this node executes yet. What nobody enforces is not
 * accepted: an agreement that relies on them is not activated here.
 */
function unexecuted(world: World, agreement: AgreementId): string[] {
  const terms = world.agreements.find((one) => one.terms.id === agreement)?.terms;
  if (!terms) return [];
  const duties = (['recall', 'lawChange', 'disputes'] as const).filter((one) => terms[one] !== undefined);
  const limits = terms.clauses.flatMap((clause) =>
    (['hold', 'copies'] as const)
      .filter((one) => clause[one] !== undefined)
      .map((one) => `${one} of ${clause.id}`),
  );
  return [...duties, ...limits].map((one) => `this version does not execute ${one}`);
}

/** The authority with all that was decided before; grants of the configuration that are none stop the start. */
export async function openAuthority(
  config: NodeConfig,
  storage: Storage,
  standing: () => Standing,
  onError: (cause: unknown) => void,
): Promise<Authority> {
  const officers = new Map(config.officers.map((one) => [one.id, one]));
  const fault = config.grants.flatMap((one) => faultOf(one, officers) ?? [])[0];
  if (fault) throw new AuthorityError('bad-grant', fault);
  return new Authority({
    policies: new Map(config.policies.map((one) => [one.id, one])),
    officers: config.officers,
    keys: config.keys,
    store: storage.authority,
    kept: await storage.kept(config.grants),
    checks: [
      async ({ world, agreement }) => unexecuted(world, agreement),
      async ({ world, agreement }) => brokenGuarantees(world, agreement),
      secondOpinion({ items: () => standing().classes.items, readers: () => standing().classes.readers }),
    ],
    now: Date.now,
    onError,
  });
}

/** A person who binds a party, in whose name the configuration hands in what is that party's. */
function binder(config: NodeConfig, party: PartyId): OfficerId {
  const found = config.officers.find((one) => one.party === party && one.roles.includes('release-authority'));
  if (!found) throw new ServerError('bad-config', `${party} has no officer with the role release-authority`);
  return found.id;
}

/**
 * Agreements of the configuration go the way of all others: drafted, proposed, signed as far as signatures were given,
 * approved. What has come that far in an earlier start is left as it is.
 */
export async function adopt(authority: Authority, config: NodeConfig): Promise<void> {
  for (const { terms, files, from } of agreementsOf(config)) {
    const { id, version } = terms;
    const known = [...authority.agreements.all].find(
      (one) => one.terms.id === id && one.terms.version === version && one.state.phase !== 'withdrawn',
    );
    const digest = versionDigest({ agreement: id, version, text: from.text, files });
    if (known && known.drafted.digest !== digest)
      throw new ServerError(
        'agreement-refused',
        `${id} version ${version} is not the text that was proposed: give it a new version`,
      );
    await further(authority, config, known, terms, files, from);
  }
}

async function further(
  authority: Authority,
  config: NodeConfig,
  known: Version | undefined,
  { id, version, parties }: Terms,
  files: Given['files'],
  from: AgreementFile,
): Promise<void> {
  const { agreements } = authority;
  const drafter = known?.drafted.drafter ?? parties[0]!.id;
  if (!known) await agreements.draft(binder(config, drafter), from.text, files);
  if (!known || known.state.phase === 'draft') await agreements.propose(binder(config, drafter), id, version);
  const state = () => agreements.version(binder(config, drafter), id, version).state;
  if (state().phase !== 'proposed' && state().phase !== 'signed') return;
  for (const { party, jws } of from.signatures)
    if (!state().signatures.has(party)) await agreements.sign(binder(config, party), id, version, jws);
  for (const officer of from.approvedBy)
    if (state().phase === 'signed') await agreements.approve(officer, id, version);
  const refused = state().refused;
  if (refused && state().phase === 'approved')
    throw new ServerError(
      'agreement-refused',
      `${id} version ${version} is not activated: ${refused.join('; ')}`,
    );
}
