import { digest, termsInWords } from '@concord/agreement';
import { readAgreementFile, readPolicies } from '../agreement/files.ts';
import { options, print, say, UsageError } from '../verb.ts';

export const usage = `agreement check FILE [--policy FILE]…

Reads an agreement (YAML; docs/agreement.md) and prints a line {code, line, column, message} for everything that this
version cannot execute to the letter; docs/agreement-findings.md explains each code. Exit status 1 where there is any.
Where there is none, standard error says the agreement in plain words, and its digest.

  --policy FILE  a classification policy as its owner has it: {"id":"ALDER","levels":["lowest",…,"highest"]}; without
                 it the agreement's own table of equivalence says which levels there are`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, { policy: { type: 'string', multiple: true } });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError('agreement check takes one file');
  const { terms, findings } = await readAgreementFile(path, await readPolicies(values.policy));
  for (const { code, line, column, message } of findings) await print({ code, line, column, message });
  if (terms) for (const line of [...termsInWords(terms), `Digest ${digest(terms)}`]) say(line);
  return terms ? 0 : 1;
}
