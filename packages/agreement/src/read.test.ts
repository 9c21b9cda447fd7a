import assert from 'node:assert/strict';
import { test } from 'node:test';
import { readPolicy } from '@concord/label';
import { digest, impliedPolicies, readAgreement } from './index.ts';
import { changed, EXAMPLE, file, read } from './testing/example.ts';

test('the example with every key is read without a finding', () => {
  assert.deepEqual(read(EXAMPLE).findings, []);
});

test('every key of an agreement arrives in its terms', () => {
  const { terms } = read(EXAMPLE);
  assert.ok(terms);
  const { areas, equivalence, ...rest } = terms;
  assert.deepEqual(
    areas.map(({ name }) => name),
    ['roads', 'basin'],
  );
  assert.deepEqual(
    equivalence.map((row) => [...row]),
    [
      [
        ['ELM', 'CLOSED'],
        ['FIR', 'TOP SECRET'],
      ],
      [
        ['ELM', 'GUARDED'],
        ['FIR', 'SECRET'],
      ],
      [
        ['ELM', 'INTERNAL'],
        ['FIR', 'RESTRICTED'],
      ],
    ],
  );
  assert.deepEqual(rest, {
    id: 'harbour-approach',
    version: 2,
    title: 'Harbour Approach data arrangement',
    parties: [
      { id: 'elm', name: 'Elm Port Authority', policy: 'ELM' },
      { id: 'fir', name: 'Fir Navy', policy: 'FIR' },
      { id: 'oak', name: 'Oak Hydrographic Service', policy: 'FIR' },
    ],
    authority: { name: 'Board of Pilots', quorum: 2 },
    inForce: { from: Date.UTC(2027, 2, 1), until: Date.UTC(2029, 2, 1, 12) },
    assurances: [
      {
        id: 'no-targeting',
        by: 'fir',
        to: 'elm',
        text: 'Positions are used for traffic safety only.',
        review: 30 * 86_400_000,
        suspends: ['positions-to-fir'],
      },
      {
        id: 'own-use',
        by: 'elm',
        to: 'fir',
        text: 'Pictures stay with the port.',
        suspends: ['pictures-to-elm'],
      },
    ],
    clauses: [
      {
        id: 'positions-to-fir',
        from: 'elm',
        to: 'fir',
        covers: ['ais.position', 'ais.static'],
        ceiling: 'GUARDED',
        within: 'roads',
        purposes: ['search-and-rescue', 'traffic-safety'],
        dataModes: ['REAL', 'EXERCISE'],
        obligations: { position: { h3: 6 }, delay: 3, drop: ['callSign'] },
      },
      {
        id: 'pictures-to-elm',
        from: 'fir',
        to: 'elm',
        covers: ['eo.scene'],
        ceiling: 'SECRET',
        within: 'basin',
        purposes: [],
        obligations: {},
      },
      {
        id: 'orbits-to-elm',
        from: 'fir',
        to: 'elm',
        covers: ['orbit.elset', 'orbit.pass'],
        ceiling: 'RESTRICTED',
        purposes: [],
        obligations: { delay: 4, drop: ['bStar'] },
      },
    ],
    never: [
      {
        release: { caveat: 'NOFORN' },
        to: 'any-other-party',
        says: 'never release caveat NOFORN to any-other-party',
      },
      {
        release: { kind: 'report' },
        to: 'fir',
        by: 'file',
        says: 'never release kind report to fir by file',
      },
      { release: { originator: 'oak' }, to: 'elm', says: 'never release originator oak to elm' },
      {
        release: { dataMode: 'SIMULATED' },
        to: 'any-other-party',
        by: 'live',
        says: 'never release dataMode SIMULATED to any-other-party by live',
      },
    ],
    thirdParties: 'originator-consent',
  });
});

test('third parties get nothing where the agreement does not speak of them', () => {
  assert.equal(read(changed('thirdParties: originator-consent\n', '')).terms?.thirdParties, 'never');
});

test('a byte order mark and line ends of another system change nothing', () => {
  assert.deepEqual(read(`\ufeff${EXAMPLE.replaceAll('\n', '\r\n')}`), read(EXAMPLE));
});

test('the digest changes with the effect and with nothing else', () => {
  const plain = read(EXAMPLE).terms!;
  assert.match(digest(plain), /^[0-9a-f]{64}$/);
  assert.equal(digest(read(`# a remark\n${EXAMPLE}`).terms!), digest(plain));
  assert.equal(digest(read(changed('delay: PT1H', 'delay: PT60M')).terms!), digest(plain));
  assert.notEqual(digest(read(changed('delay: PT1H', 'delay: PT10M')).terms!), digest(plain));
  assert.notEqual(digest(read(changed('fir: SECRET', 'fir: SECRE')).terms ?? plain), '');
});

test('the policies that a table implies have its first row for their highest level', () => {
  const policies = impliedPolicies(read(EXAMPLE).terms!);
  assert.deepEqual(
    [...policies.values()],
    [
      { id: 'ELM', levels: ['INTERNAL', 'GUARDED', 'CLOSED'] },
      { id: 'FIR', levels: ['RESTRICTED', 'SECRET', 'TOP SECRET'] },
    ],
  );
});

test('where a policy is known from its owner, the table must use its levels in their order', () => {
  const known = (...levels: string[]) => {
    const fir = readPolicy({ id: 'FIR', levels });
    return readAgreement(EXAMPLE, { file, policies: new Map([[fir.id, fir]]) }).findings.map(
      (one) => one.code,
    );
  };
  assert.deepEqual(known('OPEN', 'RESTRICTED', 'SECRET', 'TOP SECRET'), []);
  assert.deepEqual(known('RESTRICTED', 'TOP SECRET', 'SECRET'), ['bad-value']);
  assert.deepEqual(known('RESTRICTED', 'TOP SECRET'), ['unknown-level', 'unknown-level']);
});
