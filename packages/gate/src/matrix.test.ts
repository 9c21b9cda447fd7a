import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { PartyId } from '@concord/label';
import { Matrix } from './index.ts';
import { clause, item, reader, state, world } from './testing/small-world.ts';

test('a cell that was never computed is deny', () => {
  const matrix = new Matrix();
  assert.equal(matrix.verdict(0, 0), 0);
  assert.equal(matrix.verdict(1e9, 1e9), 0);
  assert.equal(matrix.verdict(-1, Number.NaN), 0);
  assert.equal(matrix.obligations(0), undefined);
  assert.deepEqual(matrix.permits(3, 4), []);
  assert.deepEqual([...matrix.released(0)], []);
});

test('a cell holds the verdict, its obligations and its basis', () => {
  const matrix = new Matrix();
  const delayed = world(state({ clauses: [clause({ obligations: { delay: 3 } })] }));
  assert.equal(matrix.fill(world(), 1, item(), 1, reader()).verdict, 1);
  const { verdict } = matrix.fill(delayed, 2, item(), 40, reader());
  assert.equal(verdict, 2);
  assert.deepEqual(matrix.obligations(1), {});
  assert.deepEqual(matrix.obligations(verdict), { delay: 3 });
  assert.equal(matrix.rung(verdict), 3);
  assert.equal(matrix.verdict(1, 1), 1, 'a wider matrix keeps what it had');
  assert.deepEqual(matrix.permits(2, 40), [{ agreement: 'strait-watch', version: 3, clause: 'tracks' }]);
  assert.deepEqual([...matrix.released(40)], [{ releaseClass: 2, verdict: 2, rung: 3 }]);
});

test('a cell that is computed again forgets what it was', () => {
  const matrix = new Matrix();
  matrix.fill(world(), 1, item(), 1, reader());
  assert.deepEqual(matrix.fill(world(), 1, item({ caveats: ['NOFORN'] }), 1, reader()), {
    verdict: 0,
    basis: 0,
  });
  assert.equal(matrix.verdict(1, 1), 0);
  assert.deepEqual(matrix.permits(1, 1), []);
});

test('to clear a reader’s column denies everything to it and nothing to others', () => {
  const matrix = new Matrix();
  for (const column of [1, 2]) for (const row of [1, 2]) matrix.fill(world(), row, item(), column, reader());
  matrix.clear(1);
  assert.deepEqual([matrix.verdict(1, 1), matrix.verdict(2, 1), matrix.verdict(1, 2)], [0, 0, 1]);
  assert.deepEqual(matrix.permits(1, 1), []);
  assert.equal(matrix.permits(1, 2).length, 1);
});

test('more bases than a cell can tell apart are denied, never confused', () => {
  const matrix = new Matrix();
  const alone = { ...world(), agreements: [] };
  const level = { level: 'MOST SECRET', compartments: [] };
  let last = 0;
  for (let i = 0; i < 65_540; i++) {
    const party = `p${i}` as PartyId;
    const own = { ...item(), originators: [party], policy: item().policy };
    const { verdict } = matrix.fill(alone, 1, { ...own, classification: 'SECRET' }, 1, {
      ...reader({ party }),
      home: { ...level, level: 'SECRET' },
    });
    if (i === 65_534) assert.equal(verdict, 1);
    last = verdict;
  }
  assert.equal(last, 0);
});
