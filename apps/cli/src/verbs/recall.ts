import { Api } from '../api.ts';
import { actingClient, clientOptions, clientUsage } from '../client-options.ts';
import { options, printText, UsageError } from '../verb.ts';

export const usage = `recall [STREAM (--item=ID | --from UTC --to UTC)] --as OFFICER [--reason TEXT] [--due UTC]
       recall --acknowledge RECALL | --destroyed RECALL --certificate TEXT --as OFFICER

Recalls an item, or what a stream of one's own party has of a range of times: nothing of it leaves after the answer, and
whoever was given any is asked to destroy it. Without a stream, prints the recalls that concern the officer's party, a
line each: {id, party, stream, from, to, reason, at, due, open, cases:[{party, state, items, …}]}.

  --item=ID           an item, by the id under which the own party has it (which may begin with a dash)
  --from, --to UTC    a range of the items' own times, the end not included
  --reason TEXT       is told to whom it is asked of
  --due UTC           by when it is to be destroyed; 30 days unless told
  --acknowledge ID    the own party has taken note of a recall
  --destroyed ID      the own party has destroyed what is recalled, as --certificate TEXT says
${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    ...clientOptions,
    item: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    reason: { type: 'string' },
    due: { type: 'string' },
    acknowledge: { type: 'string' },
    destroyed: { type: 'string' },
    certificate: { type: 'string' },
  });
  const [stream, more] = positionals;
  if (more !== undefined) throw new UsageError(`recall takes no "${more}"`);
  const { address, credential } = actingClient(values);
  const api = new Api(address, credential);
  const print = (one: unknown) => printText(`${JSON.stringify(one)}\n`);
  const { item, from, to, reason, due, acknowledge, destroyed, certificate } = values;
  if (acknowledge !== undefined) {
    const path = `/api/recalls/${encodeURIComponent(acknowledge)}/acknowledge`;
    await print(await api.json(path, { method: 'POST', body: {} }));
  } else if (destroyed !== undefined) {
    if (certificate === undefined) throw new UsageError('say how it was destroyed: --certificate TEXT');
    const path = `/api/recalls/${encodeURIComponent(destroyed)}/destroyed`;
    await print(await api.json(path, { method: 'POST', body: { certificate } }));
  } else if (stream !== undefined) {
    if ((item === undefined) !== (from !== undefined && to !== undefined))
      throw new UsageError('name --item, or --from and --to');
    const body = { stream, item, from, to, reason, due };
    await print(await api.json('/api/recalls', { method: 'POST', body }));
  } else {
    const { recalls } = await api.json<{ recalls: unknown[] }>('/api/recalls');
    for (const one of recalls) await print(one);
  }
  return 0;
}
