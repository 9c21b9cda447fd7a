import assert from 'node:assert/strict';
import { test } from 'node:test';
import { decide } from '../decide.ts';
import { caseOf, clause, corridor, item, reader, state, world } from '../testing/small-world.ts';
import { scopeArea } from './scope-area.ts';

const scoped = (areas: string[], h3?: number) =>
  world(
    state({
      scope: { ceilings: [], areas },
      clauses: [clause(h3 === undefined ? {} : { obligations: { position: { h3 } } })],
    }),
  );

test('an item lies in an area of the scope, as itself or as its whole cell', () => {
  const at = (h3: number | undefined, ...facts: string[]) =>
    scopeArea.permits(caseOf({ world: scoped(['corridor'], h3), item: { areas: facts } }));
  assert.ok(at(undefined, corridor.hash));
  assert.ok(!at(undefined));
  assert.ok(!at(5, corridor.hash));
  assert.ok(at(5, corridor.hash, `${corridor.hash}#5`));
  assert.ok(scopeArea.permits(caseOf()));
  assert.ok(!scopeArea.permits(caseOf({ world: scoped(['nowhere']), item: { areas: [corridor.hash] } })));
  assert.match(scopeArea.says(caseOf({ world: scoped(['corridor']) })), /within corridor/);
});

test('where clauses together ask for a coarser cell, the scope is judged by that one', () => {
  const clauses = [
    clause({ obligations: { position: { h3: 7 } } }),
    clause({ id: 'coarse', obligations: { position: { h3: 5 } } }),
  ];
  const where = world(state({ clauses, scope: { ceilings: [], areas: ['corridor'] } }));
  const lies = (...cells: number[]) =>
    item({ areas: [corridor.hash, ...cells.map((h3) => `${corridor.hash}#${h3}`)] });
  assert.ok(decide(where, lies(5, 7), reader()));
  // The coarse clause does not hold, so its cell is not asked for.
  assert.deepEqual(decide(where, lies(7), reader())?.obligations, { position: { h3: 7 } });
});
