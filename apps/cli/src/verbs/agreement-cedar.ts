import { CEDAR_SCHEMA, cedarText, impliedPolicies } from '@concord/agreement';
import { readPolicies, readTerms } from '../agreement/files.ts';
import { options, printText, UsageError } from '../verb.ts';

export const usage = `agreement cedar FILE [--policy FILE]… [--schema]

Prints the agreement as Cedar policies (https://www.cedarpolicy.com), with what holds on every node beside it: the text
by which the second opinion on every verdict is given.

  --policy FILE  a classification policy as its owner has it: {"id":"ALDER","levels":["lowest",…,"highest"]}
  --schema       prints the Cedar schema (JSON) instead; it is the same for every agreement`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    policy: { type: 'string', multiple: true },
    schema: { type: 'boolean' },
  });
  const [path, ...more] = positionals;
  if (more.length > 0 || (path === undefined && !values.schema))
    throw new UsageError('agreement cedar takes one file');
  if (values.schema) {
    await printText(`${JSON.stringify(CEDAR_SCHEMA, null, 2)}\n`);
    return 0;
  }
  const policies = await readPolicies(values.policy);
  const terms = await readTerms(path!, policies);
  await printText(cedarText(terms, new Map([...impliedPolicies(terms), ...(policies ?? [])])));
  return 0;
}
