import { diffTerms } from '@concord/agreement';
import { whatIf } from '@concord/gate';
import { readPolicies, readTerms } from '../agreement/files.ts';
import { verdictJson } from '../agreement/say-why.ts';
import { checkAssurances, readWorldFile, WORLD_HELP, worldUnder } from '../agreement/world-file.ts';
import { options, print, UsageError } from '../verb.ts';

export const usage = `agreement diff BEFORE AFTER [--world WORLD] [--policy FILE]…

What a new version of an agreement changes: a line {change: "added"|"removed"|"changed", what, name?, before?, after?}
for each term, in words; and with a world a line {change: "verdict", effect: "widens"|"narrows"|"alters", item, reader,
before, after} for each verdict that becomes another one.

  --policy FILE  a classification policy as its owner has it: {"id":"ALDER","levels":["lowest",…,"highest"]}

${WORLD_HELP}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    world: { type: 'string' },
    policy: { type: 'string', multiple: true },
  });
  const [first, second, ...more] = positionals;
  if (first === undefined || second === undefined || more.length > 0)
    throw new UsageError('agreement diff takes two agreements');
  const file = values.world === undefined ? undefined : await readWorldFile(values.world);
  const policies = (await readPolicies(values.policy)) ?? file?.policies;
  const before = await readTerms(first, policies);
  const after = await readTerms(second, policies);
  for (const change of diffTerms(before, after)) await print(change);
  if (!file) return 0;
  checkAssurances(file, before, after);
  const known = { ...file, policies };
  const [old, young] = [
    worldUnder(before, known),
    worldUnder(after, { ...known, at: file.at ?? after.inForce.from }),
  ];
  // Facts of both versions' areas: an item that lies in a new area is to be found there.
  const both = { ...young.world, agreements: [...old.world.agreements, ...young.world.agreements] };
  const items = file.items.map((one) => one.facts(both, young.now));
  const readers = file.readers.map((one) => one.facts(after));
  for (const { items: some, readers: who, effect, ...cell } of whatIf(
    old.world,
    young.world,
    items,
    readers,
  )) {
    const [before, after] = [verdictJson(cell.before), verdictJson(cell.after)];
    for (const item of some) {
      for (const reader of who) {
        const names = { item: file.items[item]?.name, reader: file.readers[reader]?.name };
        await print({ change: 'verdict', effect, ...names, before, after });
      }
    }
  }
  return 0;
}
