import { decide, explain } from '@concord/gate';
import { readTerms } from '../agreement/files.ts';
import { verdictJson, whyDenied, whyReleased } from '../agreement/say-why.ts';
import { checkAssurances, readWorldFile, WORLD_HELP, worldUnder } from '../agreement/world-file.ts';
import { options, print, UsageError } from '../verb.ts';

export const usage = `agreement simulate FILE --world WORLD

Who would see what under an agreement, and why: a line {item, reader, verdict: "release"|"deny", obligations, form,
permits, why} for each item and reader.

${WORLD_HELP}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, { world: { type: 'string' } });
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError('agreement simulate takes one agreement');
  if (values.world === undefined) throw new UsageError('say who and what: --world FILE');
  const file = await readWorldFile(values.world);
  const terms = await readTerms(path, file.policies);
  checkAssurances(file, terms);
  const { world, now } = worldUnder(terms, file);
  for (const item of file.items) {
    const facts = item.facts(world, now);
    for (const reader of file.readers) {
      const who = reader.facts(terms);
      const release = decide(world, facts, who);
      const why = release ? whyReleased(release, terms) : whyDenied(explain(world, facts, who));
      await print({ item: item.name, reader: reader.name, ...verdictJson(release), why });
    }
  }
  return 0;
}
