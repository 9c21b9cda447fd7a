import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgreementId } from '@concord/label';
import { explain, forReader, type Reason } from './index.ts';
import { alder, birch, CEDAR, cedar, clause, item, reader, state, world } from './testing/small-world.ts';

const all = (reason: Reason): Reason[] => [reason, ...(reason.children ?? []).flatMap(all)];
const secret = 'secret-pact' as AgreementId;

test('a reason names the clause, its obligations and the rules that were asked', () => {
  const where = world(state({ clauses: [clause({ obligations: { delay: 2 } })] }));
  const reason = explain(where, item(), reader());
  assert.equal(reason.outcome, 'permit');
  assert.deepEqual(reason.obligations, { delay: 2 });
  const one = all(reason).find((part) => part.rule === 'clause');
  assert.equal(one?.clause, 'tracks');
  assert.equal(one?.agreement, 'strait-watch');
  assert.deepEqual(
    one?.children?.map((part) => part.rule),
    [
      ...['covers-kind', 'ceiling', 'purpose', 'area', 'scope-area', 'embargo', 'assurance', 'suspicion'],
      ...['data-mode', 'obligations-possible'],
    ],
  );
});

test('a denial says every rule that denies, not only the first', () => {
  const reason = explain(world(), item({ caveats: ['NOFORN'], state: 'recalled' }), reader());
  const denials = all(reason).filter((one) => one.outcome === 'deny' && one.children === undefined);
  assert.deepEqual(
    denials.map((one) => one.rule),
    ['item-state', 'caveats'],
  );
  assert.ok(denials.every((one) => one.says !== ''));
});

test('of what is not released a reader learns nothing', () => {
  const reason = explain(world(), item({ caveats: ['NOFORN'] }), reader());
  assert.equal(reason.outcome, 'deny');
  assert.equal(forReader(reason, birch, world()), undefined);
});

test('a part of a reason is no reason', () => {
  const reason = explain(world(), item(), reader());
  assert.equal(forReader(reason.children![0]!, birch, world()), undefined);
});

test('a reader learns nothing of an agreement that its party is no party to', () => {
  const where = world(
    state(),
    state({
      id: secret,
      parties: [
        { id: alder, name: 'Alder', policy: CEDAR },
        { id: cedar, name: 'Cedar', policy: CEDAR },
      ],
      clauses: [],
      never: [{ release: { kind: 'report' }, to: 'any-other-party', says: 'never release kind report' }],
    }),
  );
  const reason: Reason = {
    ...explain(where, item(), reader()),
    children: [{ rule: 'never', outcome: 'deny', says: 'never release kind report', agreement: secret }],
  };
  assert.ok(!JSON.stringify(forReader(reason, birch, where)).includes('secret-pact'));
  const denied = explain(where, item({ kind: 'report' }), reader());
  assert.equal(all(denied).find((one) => one.rule === 'never')?.agreement, secret, 'the owner learns it');
});

test('what a reader learns of a release is the whole tree where its party is bound', () => {
  const reason = explain(world(), item(), reader());
  assert.deepEqual(forReader(reason, birch, world()), reason);
  assert.ok(!JSON.stringify(forReader(reason, cedar, world())).includes('strait-watch'));
});
