import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Clause } from '@concord/agreement';
import fc from 'fast-check';
import { whatIf } from './index.ts';
import { randomWorld } from './testing/random-world.ts';
import { alder, birch, clause, item, reader, state, world } from './testing/small-world.ts';

const under = (over: Partial<Clause>) => world(state({ clauses: [clause(over)] }));
const effects = (before: ReturnType<typeof world>, after: ReturnType<typeof world>) =>
  whatIf(before, after, [item(), item({ caveats: ['NOFORN'] })], [reader()]).flatMap((one) =>
    one.items.map((at) => [at, one.effect]),
  );

test('a world that is the same changes nothing, another version of the agreement neither', () => {
  assert.deepEqual(effects(world(), world()), []);
  assert.deepEqual(effects(world(), world(state({ version: 4 }))), []);
});

test('what is released and was not widens, what is no longer narrows', () => {
  const none = world(state({ clauses: [] }));
  assert.deepEqual(effects(none, world()), [[0, 'widens']]);
  assert.deepEqual(effects(world(), none), [[0, 'narrows']]);
});

test('a finer, sooner or fuller form widens, a coarser, later or emptier one narrows', () => {
  const coarse = under({ obligations: { position: { h3: 5 }, delay: 2 } });
  const fine = under({ obligations: { position: { h3: 7 }, delay: 2 } });
  const late = under({ obligations: { position: { h3: 7 }, delay: 4 } });
  assert.deepEqual(effects(coarse, fine), [[0, 'widens']]);
  assert.deepEqual(effects(fine, coarse), [[0, 'narrows']]);
  assert.deepEqual(effects(coarse, late), [[0, 'alters']]);
  assert.deepEqual(effects(world(), coarse), [[0, 'narrows']]);
});

test('the same form on another clause is said too', () => {
  assert.deepEqual(effects(world(), under({ id: 'other' })), [[0, 'alters']]);
  const [change] = whatIf(world(), under({ id: 'other' }), [item()], [reader({ party: birch })]);
  assert.deepEqual(change?.readers, [0]);
  assert.deepEqual(change?.before?.permits, [{ agreement: 'strait-watch', version: 3, clause: 'tracks' }]);
});

test('equal items and readers whose verdict changes alike are one change', () => {
  const none = world(state({ clauses: [] }));
  const items = [item(), item({ caveats: ['NOFORN'] }), item()];
  const readers = [reader(), reader({ party: alder }), reader({ roles: ['engineer'] }), reader()];
  const changes = whatIf(none, world(), items, readers);
  assert.deepEqual(
    changes.map((one) => [one.items, one.readers, one.effect]),
    [[[0, 2], [0, 2, 3], 'widens']],
  );
});

test('by classes or one by one, the changes are the same', () => {
  fc.assert(
    fc.property(fc.nat(), (seed) => {
      const [old, young] = [randomWorld(seed, 8, 6), randomWorld(seed + 1, 8, 6)];
      const items = [...old.items, ...young.items];
      const readers = [...old.readers, ...young.readers];
      const told = whatIf(old.world, young.world, items, readers).flatMap((one) =>
        one.items.flatMap((i) => one.readers.map((r) => `${i} ${r} ${one.effect}`)),
      );
      const each = items.flatMap((one, i) =>
        readers.flatMap((who, r) =>
          whatIf(old.world, young.world, [one], [who]).map(({ effect }) => `${i} ${r} ${effect}`),
        ),
      );
      assert.deepEqual(told.sort(), each.sort());
    }),
    { numRuns: 30 },
  );
});
