import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { ItemKind } from '@concord/label';
import { Matrix } from './index.ts';
import {
  ALDER,
  alder,
  BIRCH,
  birch,
  clause,
  corridor,
  grant,
  item,
  reader,
  state,
  world,
} from './testing/small-world.ts';

const kinds: readonly ItemKind[] = [
  'ais.position',
  'report',
  'ais.static',
  'gnss.position',
  'gnss.integrity',
];

/** Twelve clauses of an agreement with areas, purposes and obligations, and two never lines. */
const where = () =>
  world(
    state({
      clauses: Array.from({ length: 12 }, (_, i) =>
        clause({
          id: `c${i}`,
          ...(i % 3 ? { from: alder, to: birch } : { from: birch, to: alder }),
          covers: [kinds[i % 5]!, 'ais.position'],
          ...(i % 2 ? { within: 'corridor' } : {}),
          purposes: i % 4 ? ['a', 'b'] : [],
          obligations: i % 3 ? { position: { h3: 5 + (i % 3) } } : { delay: 2 },
        }),
      ),
      never: [
        { release: { caveat: 'NOFORN' }, to: 'any-other-party', says: '' },
        { release: { above: 'SECRET' }, to: 'any-other-party', by: 'live', says: '' },
      ],
    }),
  );

const cells = ['', '#5', '#6', '#7'].map((one) => corridor.hash + one);
const items = Array.from({ length: 500 }, (_, i) =>
  item({
    ...(i % 2
      ? { policy: ALDER, classification: ['OPEN', 'RESTRICTED', 'SECRET', 'TOP SECRET'][i % 4]! }
      : { policy: BIRCH, classification: ['OFFICIAL', 'SECRET', 'MOST SECRET'][i % 3]! }),
    kind: kinds[i % 5]!,
    originators: i % 7 === 0 ? [alder, birch] : i % 2 ? [alder] : [birch],
    areas: i % 3 ? cells : [],
    categories: i % 5 ? [] : [{ tagSet: 'SAR', type: 'PERMISSIVE', values: ['X', 'Y'] }],
  }),
);
const readers = Array.from({ length: 100 }, (_, i) =>
  reader({
    party: i % 2 ? birch : alder,
    grants: [
      grant({ level: i % 2 ? 'SECRET' : 'TOP SECRET', compartments: ['SAR:X'], purposes: ['a', 'c'] }),
    ],
    home: { level: 'SECRET', compartments: [] },
    door: i % 3 ? 'live' : 'api',
  }),
);

test('a matrix of 500 × 100 cells is filled in less than 200 ms', (t) => {
  const times: number[] = [];
  let released = 0;
  for (let round = 0; round < 5; round++) {
    // A new world each time, as after a change: nothing is known of it yet.
    const now = where();
    const matrix = new Matrix();
    released = 0;
    const begin = performance.now();
    for (const [i, one] of items.entries())
      for (const [j, who] of readers.entries())
        if (matrix.fill(now, i, one, j, who).verdict !== 0) released++;
    times.push(performance.now() - begin);
  }
  assert.ok(released > 5000 && released < 45_000, `${released} of 50,000 released`);
  const best = Math.min(...times);
  t.diagnostic(`best of five: ${best.toFixed(0)} ms`);
  assert.ok(best < 200, `${times.map((one) => one.toFixed(0)).join(', ')} ms`);
});
