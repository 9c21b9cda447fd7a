import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AssuranceStanding } from '../index.ts';
import { alder, birch, caseOf, state, world } from '../testing/small-world.ts';
import { assurance } from './assurance.ts';

const under = (standing: AssuranceStanding | undefined, suspends = ['tracks']) =>
  caseOf({
    world: world(
      state(
        { assurances: [{ id: 'own-use', by: birch, to: alder, text: 'Own use only.', suspends }] },
        { assurances: new Map(standing ? [['own-use', standing]] : []) },
      ),
    ),
  });

test('a clause rests while an assurance on which it depends is not live', () => {
  assert.ok(assurance.permits(under('live')));
  for (const standing of ['lapsed', 'breached', undefined] as const) {
    assert.ok(!assurance.permits(under(standing)));
    assert.equal(assurance.says(under(standing)), 'clause tracks rests while own-use is not live');
  }
  assert.ok(assurance.permits(under('breached', ['another'])));
});

test('a lapse may leave standing what a breach does not; of what nobody knows the worst is taken', () => {
  const milder = (standing: AssuranceStanding | undefined) =>
    caseOf({
      world: world(
        state(
          {
            assurances: [
              { id: 'own-use', by: birch, to: alder, text: '', suspends: ['tracks'], lapseSuspends: [] },
            ],
          },
          { assurances: new Map(standing ? [['own-use', standing]] : []) },
        ),
      ),
    });
  assert.ok(assurance.permits(milder('lapsed')));
  assert.ok(!assurance.permits(milder('breached')));
  assert.ok(!assurance.permits(milder(undefined)));
});
