import { Api } from '../api.ts';
import { actingClient, clientOptions, clientUsage } from '../client-options.ts';
import { options, printText, UsageError } from '../verb.ts';

export const usage = `given --as OFFICER [--from UTC] [--to UTC] [--by day|month] [--csv]

Prints what the officer's party gave and got, counted from receipts, a line for each counterparty, kind, level, set of
clauses and period: {giver, receiver, kind, level, clauses, period, items, receipts, delayMedian_ms, delayP95_ms}.

  --from, --to UTC   of the time of the receipt, the end not included
  --by PERIOD        a line a day or month
  --csv              as a table (RFC 4180)
${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    ...clientOptions,
    from: { type: 'string' },
    to: { type: 'string' },
    by: { type: 'string' },
    csv: { type: 'boolean' },
  });
  if (positionals.length > 0) throw new UsageError(`given takes no "${positionals[0]}"`);
  const { address, credential } = actingClient(values);
  const query = new URLSearchParams();
  for (const name of ['from', 'to', 'by'] as const) {
    const value = values[name];
    if (value !== undefined) query.set(name, value);
  }
  const api = new Api(address, credential);
  if (values.csv) {
    query.set('format', 'csv');
    const bytes = await api.bytes(`/api/given?${query}`);
    await printText(Buffer.from(bytes ?? []).toString());
    return 0;
  }
  const { given } = await api.json<{ given: unknown[] }>(`/api/given?${query}`);
  for (const one of given) await printText(`${JSON.stringify(one)}\n`);
  return 0;
}
