import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Stream } from '../../api/contract.ts';
import { groupStreams } from './groups.ts';

const stream = (party: string, feed: string, kind: string): Stream => ({
  stream: `${party}/${feed}/${kind}`,
  party,
  feed,
  kind,
  banners: [],
  dataModes: ['TEST'],
  obligations: [],
  permittedBy: [],
});

test("the reader's own party comes first and feeds of one kind are one line", () => {
  const groups = groupStreams(
    [
      stream('alder', 'xr1', 'gnss.position'),
      stream('alder', 'xr2', 'gnss.position'),
      stream('birch', 'coast', 'ais.position'),
    ],
    'birch',
  );
  assert.deepEqual(
    groups.map((it) => it.party),
    ['birch', 'alder'],
  );
  assert.equal(groups[1]?.kinds.length, 1);
  assert.equal(groups[1]?.kinds[0]?.streams.length, 2);
});
