import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type Notice, withNotice } from './notice.ts';

test('streams cut in one breath are one notice, later ones another', () => {
  let notices: readonly Notice[] = [];
  notices = withNotice(notices, 'cut', 'a', 0);
  notices = withNotice(notices, 'cut', 'b', 500);
  notices = withNotice(notices, 'cut', 'a', 900);
  notices = withNotice(notices, 'cut', 'c', 9_000);
  assert.deepEqual(
    notices.map((it) => it.subjects),
    [['a', 'b'], ['c']],
  );
  assert.equal(new Set(notices.map((it) => it.id)).size, 2);
});

test('the same problem again is told once, and the list stays short', () => {
  let notices: readonly Notice[] = withNotice([], 'problem', 'slow', 0);
  notices = withNotice(notices, 'problem', 'slow', 60_000);
  assert.equal(notices.length, 1);
  for (let i = 0; i < 10; i += 1) notices = withNotice(notices, 'problem', `p${i}`, i);
  assert.equal(notices.length, 4);
});
