import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Clause } from '@concord/agreement';
import { whatIf } from './index.ts';
import { birch, clause, item, reader, state, world } from './testing/small-world.ts';

const under = (over: Partial<Clause>) => world(state({ clauses: [clause(over)] }));
const effects = (before: ReturnType<typeof world>, after: ReturnType<typeof world>) =>
  whatIf(before, after, [item(), item({ caveats: ['NOFORN'] })], [reader()]).map((one) => [
    one.item,
    one.effect,
  ]);

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
  assert.equal(change?.reader, 0);
  assert.deepEqual(change?.before?.permits, [{ agreement: 'strait-watch', version: 3, clause: 'tracks' }]);
});
