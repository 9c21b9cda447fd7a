import { Api } from '../api.ts';
import { actingClient, clientOptions, clientUsage } from '../client-options.ts';
import { options, print, UsageError } from '../verb.ts';

export const usage = `grant list --as OFFICER

Prints a line for each grant and nomination that concerns you, with its state.

${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, clientOptions);
  if (positionals.length > 0) throw new UsageError(`grant list takes no "${positionals[0]}"`);
  const { address, credential } = actingClient(values);
  const { grants } = await new Api(address, credential).json<{ grants: unknown[] }>('/api/grants');
  for (const one of grants) await print(one);
  return 0;
}
