import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { AgreementId } from '@concord/label';
import type { AgreementState } from '../index.ts';
import { alder, birch, CEDAR, caseOf, cedar, state, world } from '../testing/small-world.ts';
import { thirdParty } from './third-party.ts';

const counts = state({ thirdParties: 'originator-consent' });
const caseFor = (
  over: { consents?: boolean; carriers?: AgreementState[]; more?: AgreementState[] } = {},
) => ({
  ...caseOf({
    world: world(counts, ...(over.more ?? [])),
    item: { originators: [alder, cedar], consents: over.consents === false ? [alder] : [birch] },
  }),
  originator: cedar,
  carriers: over.carriers ?? [counts],
});

test('a third party must consent, and an agreement that carries the item must let consents count', () => {
  assert.ok(thirdParty.permits(caseFor()));
  assert.ok(!thirdParty.permits(caseFor({ consents: false })));
  assert.ok(!thirdParty.permits(caseFor({ carriers: [] })));
  assert.ok(!thirdParty.permits(caseFor({ carriers: [state()] })));
});

test('an agreement of the third party’s own that says never is not waived by consent', () => {
  const between = (standing: AgreementState['standing']) =>
    state(
      {
        id: 'alder-cedar' as AgreementId,
        parties: [
          { id: alder, name: 'Alder', policy: CEDAR },
          { id: cedar, name: 'Cedar', policy: CEDAR },
        ],
        clauses: [],
      },
      { standing },
    );
  assert.ok(!thirdParty.permits(caseFor({ more: [between('in-force')] })));
  assert.ok(!thirdParty.permits(caseFor({ more: [between('suspended')] })));
  assert.ok(thirdParty.permits(caseFor({ more: [between('ended')] })));
});

test('a denial says whether the consent is missing or does not count', () => {
  assert.equal(thirdParty.says(caseFor({ consents: false })), 'cedar has not consented to it');
  assert.match(thirdParty.says(caseFor({ carriers: [] })), /do not count here/);
});

test('a consent on the record of the agreement that carries the item counts, for its kinds and its receiver', () => {
  const recorded = (kinds: ('ais.position' | 'report')[], to = birch) =>
    state({
      thirdParties: 'originator-consent',
      consents: [{ reference: 'Note 7', originator: cedar, to, kinds }],
    });
  const without = (carrier: AgreementState) => caseFor({ consents: false, carriers: [carrier] });
  assert.ok(thirdParty.permits(without(recorded(['ais.position']))));
  assert.ok(!thirdParty.permits(without(recorded(['report']))));
  assert.ok(!thirdParty.permits(without(recorded(['ais.position'], alder))));
});
