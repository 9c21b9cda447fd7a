import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Terms } from '@concord/agreement';
import type { Role } from '@concord/gate';
import type { AgreementId, GrantId, OfficerId, PartyId } from '@concord/label';
import fc from 'fast-check';
import type { Grant, Officer } from '../records.ts';
import { accept, acceptsFor, faultOf, isComplete, mayNominate, type Nomination } from './nomination.ts';

const PARTIES = ['elm', 'fir', 'oak'] as PartyId[];
const ROLES: Role[][] = [['officer'], ['release-authority'], ['security-officer'], ['authority']];
const OFFICERS: Officer[] = [...PARTIES, 'board' as PartyId].flatMap((party) =>
  ROLES.flatMap((roles) =>
    ['a', 'b'].map((n) => ({
      id: `${roles[0]}-${n}@${party}` as OfficerId,
      name: '',
      party,
      roles: party === 'board' || roles[0] !== 'authority' ? roles : ['officer'],
      home: { level: 'SECRET', compartments: [] },
    })),
  ),
);
const known = new Map(OFFICERS.map((one) => [one.id, one]));
const terms = {
  parties: PARTIES.map((id) => ({ id })),
  clauses: [
    { from: 'elm', to: 'fir' },
    { from: 'oak', to: 'fir' },
    { from: 'fir', to: 'elm' },
  ],
} as unknown as Terms;
const grant: Grant = {
  id: 'g' as GrantId,
  officer: 'officer-a@fir' as OfficerId,
  agreement: 'x' as AgreementId,
  level: 'SECRET',
  compartments: [],
  purposes: [],
  from: 0,
  until: 1,
  sponsor: 'security-officer-a@fir' as OfficerId,
  approvedBy: [],
};

test('no order of acceptances makes a grant without a person of each side, none of them its officer', () => {
  let complete = 0;
  const persons = fc.array(fc.constantFrom(...OFFICERS), { maxLength: 12 });
  fc.assert(
    fc.property(
      fc.constantFrom(...OFFICERS),
      fc.constantFrom(...OFFICERS),
      persons,
      fc.boolean(),
      (officer, sponsor, list, glass) => {
        if (!mayNominate(sponsor, officer)) return;
        const of: Grant = {
          ...grant,
          officer: officer.id,
          sponsor: sponsor.id,
          ...(glass && { breakGlass: 'fire' }),
        };
        let one: Nomination = { grant: of, accepted: new Map(), state: 'nominated' };
        for (const who of list)
          for (const party of acceptsFor(who, one, terms)) one = accept(one, party, who.id);
        if (!isComplete(one, terms, officer.party)) return;
        complete++;
        const accepted = [...one.accepted.values()].map((id) => known.get(id)!);
        assert.equal(sponsor.party, officer.party);
        assert.ok(accepted.length > 0 && accepted.every((who) => who.party !== officer.party));
        assert.ok(![sponsor, ...accepted].some((who) => who.id === officer.id));
        for (const who of accepted)
          assert.ok(who.roles.includes('release-authority') || (glass && who.roles.includes('authority')));
      },
    ),
    { numRuns: 5000 },
  );
  assert.ok(complete > 10, `only ${complete} grants were complete: the property has said little`);
});

test('every party whose data a grant opens accepts it, and one that gives nothing does not', () => {
  const nomination: Nomination = { grant, accepted: new Map(), state: 'nominated' };
  const by = (id: string) => acceptsFor(known.get(id as OfficerId)!, nomination, terms);
  assert.deepEqual(by('release-authority-a@elm'), ['elm']);
  assert.deepEqual(by('release-authority-a@oak'), ['oak']);
  assert.deepEqual(by('release-authority-a@fir'), []);
  assert.deepEqual(by('security-officer-a@elm'), []);
  assert.deepEqual(by('authority-a@board'), []);
  const half = accept(nomination, 'elm' as PartyId, 'release-authority-a@elm' as OfficerId);
  assert.equal(isComplete(half, terms, 'fir' as PartyId), false);
  const whole = accept(half, 'oak' as PartyId, 'release-authority-a@oak' as OfficerId);
  assert.equal(isComplete(whole, terms, 'fir' as PartyId), true);
});

test('nobody nominates itself, nor another party', () => {
  const who = known.get('security-officer-a@fir' as OfficerId)!;
  assert.equal(mayNominate(who, who), false);
  assert.equal(mayNominate(who, known.get('officer-a@elm' as OfficerId)!), false);
  assert.equal(mayNominate(who, known.get('officer-a@fir' as OfficerId)!), true);
  assert.equal(
    mayNominate(known.get('officer-b@fir' as OfficerId)!, known.get('officer-a@fir' as OfficerId)!),
    false,
  );
});

test('a grant of a configuration that one person, one side or its own officer has approved is none', () => {
  const of = (...approvedBy: string[]) => faultOf({ ...grant, approvedBy: approvedBy as OfficerId[] }, known);
  assert.equal(of('security-officer-a@fir', 'release-authority-a@elm'), undefined);
  assert.match(of('security-officer-a@fir', 'release-authority-a@fir') ?? '', /one from each side/);
  assert.match(of('release-authority-a@elm', 'release-authority-a@oak') ?? '', /one from each side/);
  assert.match(of('officer-a@fir', 'release-authority-a@elm') ?? '', /of its own/);
  assert.match(of('nobody@fir', 'release-authority-a@elm') ?? '', /unknown/);
});
