import { benches } from '@concord/bench';
import { options, print, say, UsageError } from '../verb.ts';

export const usage = `bench [${[...benches.keys()].join('|')} …]

Measures this machine: a line a figure {bench, figure, unit, median, interval, samples, beside, budget, kept}, each a
ratio against its peer or ceiling in the same run, or a bound. Without a name, all of them. Exit status 1 where a budget
was not kept.`;

export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = options(args, {});
  const unknown = positionals.find((name) => !benches.has(name));
  if (unknown !== undefined) throw new UsageError(`there is no bench "${unknown}"`);
  let kept = true;
  for (const [name, measure] of benches) {
    if (positionals.length > 0 && !positionals.includes(name)) continue;
    say(`concord: measuring ${name}`);
    for (const figure of await measure()) {
      kept &&= figure.kept;
      await print(figure);
    }
  }
  return kept ? 0 : 1;
}
