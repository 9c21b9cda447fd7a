import { checkAgreement, digest, impliedPolicies, type Terms, termsInWords } from '@concord/agreement';
import { proveGuarantees } from '@concord/gate';
import type { Policies } from '@concord/label';
import { agreementInput, readPolicies } from '../agreement/files.ts';
import { options, print, say, UsageError } from '../verb.ts';

export const usage = `agreement check FILE [--policy FILE]…

Reads an agreement (YAML; docs/agreement.md) and prints a line {code, severity, line, column, message} for everything
that this version cannot execute to the letter (severity "error") and for what is hardly meant as it stands ("warning");
docs/agreement-findings.md explains each code. Exit status 1 where there is any. Where there is no error, standard error
says the agreement in plain words, by what each never line is held, and its digest.

  --policy FILE  a classification policy as its owner has it: {"id":"ALDER","levels":["lowest",…,"highest"]}; without
                 it the agreement's own table of equivalence says which levels there are`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, { policy: { type: 'string', multiple: true } });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError('agreement check takes one file');
  const policies = await readPolicies(values.policy);
  const { text, options: how } = await agreementInput(path, policies);
  const { terms, findings } = checkAgreement(text, { ...how, now: Date.now() });
  for (const { code, severity, line, column, message } of findings)
    await print({ code, severity, line, column, message });
  if (terms)
    for (const line of [...termsInWords(terms), ...proofs(terms, policies), `Digest ${digest(terms)}`])
      say(line);
  return findings.length === 0 ? 0 : 1;
}

const HELD = {
  'by-clauses': 'held by the clauses themselves',
  'by-line': 'held only because this line stops it',
  fails: 'FAILS',
};

/** By what each `never` line is held, with the story of what it stops. */
function proofs(terms: Terms, policies: Policies = impliedPolicies(terms)): string[] {
  const agreement = { terms, standing: 'in-force' as const, assurances: new Map() };
  return proveGuarantees({ epoch: 0, policies, agreements: [agreement] }).map(
    ({ says, held, classes, story }) =>
      `${says}: ${held === 'by-line' ? `${HELD[held]}: ${story}` : `${HELD[held]}${story ? `: ${story}` : ''}`} (${classes} classes)`,
  );
}
