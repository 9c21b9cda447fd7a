import { actOptions, agreementPath, instantOption, post, reasonOf } from '../act.ts';
import { clientUsage } from '../client-options.ts';
import { options, UsageError } from '../verb.ts';

export const usage = `agreement notice AGREEMENT --effective UTC --reason TEXT --as OFFICER

Gives notice for your party: the agreement ends at that instant by itself.

  --effective UTC  when it ends
  --reason TEXT    why; it is recorded and told to all concerned
${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, { ...actOptions, effective: { type: 'string' } });
  if (positionals.length !== 1) throw new UsageError('agreement notice takes one agreement');
  const effective = instantOption('--effective', values.effective);
  return await post(values, `${agreementPath(positionals[0])}/notice`, {
    reason: reasonOf(values),
    effective,
  });
}
