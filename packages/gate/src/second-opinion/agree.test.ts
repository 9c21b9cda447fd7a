import assert from 'node:assert/strict';
import { before, test } from 'node:test';
import { decide, type ReleaseFacts, type SubjectFacts, type World } from '../index.ts';
import type { Rule } from '../rule.ts';
import {
  AGREEMENT_RULES,
  CLAUSE_RULES,
  FOREIGN_RULES,
  HOME_RULES,
  ITEM_RULES,
  THIRD_PARTY_RULES,
} from '../rules/index.ts';
import { randomWorld } from '../testing/random-world.ts';
import { asOpinion, sameOpinion } from './compare.ts';
import { type Opinion, SecondOpinion } from './index.ts';

interface Cell {
  readonly seed: number;
  readonly world: World;
  readonly item: ReleaseFacts;
  readonly reader: SubjectFacts;
  readonly cedar: Opinion | undefined;
}

const cells: Cell[] = [];

before(() => {
  for (let seed = 1; seed <= 1000; seed++) {
    const { world, items, readers } = randomWorld(seed, 4, 3);
    const opinion = new SecondOpinion(world);
    assert.deepEqual(opinion.problems, [], `world ${seed}`);
    for (const item of items)
      for (const reader of readers)
        cells.push({ seed, world, item, reader, cedar: opinion.on(item, reader) });
  }
});

function rulesOn({ world, item, reader }: Cell): Opinion | undefined {
  const release = decide(world, item, reader);
  return release && asOpinion(release);
}
const differs = (cell: Cell): boolean => !sameOpinion(rulesOn(cell), cell.cedar);

test('in 1,000 random worlds rules and Cedar agree on every cell: verdict, obligations and clauses', () => {
  for (const cell of cells)
    assert.deepEqual(
      rulesOn(cell),
      cell.cedar,
      `world ${cell.seed}: ${JSON.stringify([cell.item, cell.reader])}`,
    );
});

test('among those cells everything happens often enough to mean something', () => {
  const released = cells.filter((one) => one.cedar !== undefined);
  const abroad = (one: Cell) => one.item.originators.filter((from) => from !== one.reader.party);
  const count = (happens: (cell: Cell, basis: readonly string[]) => boolean) =>
    released.filter((one) =>
      happens(
        one,
        one.cedar!.basis.filter((id) => !id.startsWith('home/')),
      ),
    ).length;
  const seen = {
    cells: cells.length,
    clauses: count((_, basis) => basis.length > 0),
    several: count((_, basis) => basis.length > 1),
    home: count((_, basis) => basis.length === 0),
    together: count(({ item }) => item.originators.length > 1),
    thirds: count((one, basis) => basis.length > 0 && basis.length < abroad(one).length),
    coarse: count(({ cedar }) => cedar?.obligations.h3 !== undefined),
    late: count(({ cedar }) => cedar?.obligations.minutes !== undefined),
    less: count(({ cedar }) => cedar!.obligations.drop.length > 0),
  };
  const least = {
    cells: 10_000,
    clauses: 500,
    several: 80,
    home: 500,
    together: 80,
    thirds: 20,
    coarse: 80,
    late: 80,
    less: 80,
  };
  for (const [what, n] of Object.entries(least))
    assert.ok(seen[what as keyof typeof seen] >= n, `${what}: ${JSON.stringify(seen)}`);
});

/** What another rule denies as well: without a grant there is no clearance, and a clause is looked up by its kinds. */
const twice = new Set(['grant-valid', 'covers-kind']);
const rules = [
  ...[ITEM_RULES, HOME_RULES, FOREIGN_RULES, AGREEMENT_RULES, CLAUSE_RULES, THIRD_PARTY_RULES].flat(),
] as unknown as Rule<never>[];

for (const rule of rules.filter((one) => !twice.has(one.name))) {
  test(`were the rule ${rule.name} left out, Cedar would not agree`, () => {
    const { permits } = rule;
    try {
      Object.assign(rule, { permits: () => true });
      assert.ok(cells.some(differs));
    } finally {
      Object.assign(rule, { permits });
    }
  });
}
