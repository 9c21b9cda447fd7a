import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import {
  categoryValue,
  dominates,
  joinLabels,
  type Label,
  NOBODY,
  type Policies,
  type PolicyId,
  readLabel,
  readPolicy,
} from './index.ts';
import { anyLabel, anyReader, type Reader } from './testing/labels.ts';

const alder = readPolicy({ id: 'ALDER', levels: ['LOW', 'MID', 'HIGH'] });
const policies: Policies = new Map([[alder.id, alder]]);
const sameMode = (label: Label): Label => ({ ...label, dataMode: 'REAL' });
const join = (a: Label, b: Label) => joinLabels(policies, a, b);

const pair = fc.tuple(anyLabel, anyLabel).map(([a, b]) => [sameMode(a), sameMode(b)] as const);

/** What a label asks of a reader at an instant, written down apart from the gate. */
function mayRead(reader: Reader, label: Label, now: string): boolean {
  const holds = (tagSet: string, value: string) =>
    value !== NOBODY && reader.compartments.includes(categoryValue(tagSet, value));
  return (
    dominates(alder, reader.level, label.classification) &&
    label.categories.every(({ tagSet, type, values }) => {
      if (type === 'INFORMATIVE') return true;
      const held = values.filter((value) => holds(tagSet, value)).length;
      return type === 'RESTRICTIVE' ? held === values.length : held > 0;
    }) &&
    !label.caveats.includes('NOFORN') &&
    (label.releasableTo?.includes(reader.party) ?? true) &&
    (label.purposes.length === 0 ||
      label.purposes.some((one) => one !== NOBODY && reader.purposes.includes(one))) &&
    (label.embargoUntil === undefined || label.embargoUntil <= now)
  );
}

test('a join never lowers: whoever may read the result may read both', () => {
  let seen = 0;
  fc.assert(
    fc.property(pair, anyReader, ([a, b], reader) => {
      const now = '9000-01-01T00:00:00.000Z';
      if (!mayRead(reader, join(a, b), now)) return;
      seen++;
      assert.ok(mayRead(reader, a, now) && mayRead(reader, b, now));
    }),
    { numRuns: 10_000 },
  );
  assert.ok(seen > 20, `only ${seen} readers could read a join`);
});

test('a join does not depend on the order', () => {
  fc.assert(fc.property(pair, ([a, b]) => assert.deepEqual(join(a, b), join(b, a))));
});

test('a label joined with itself is itself', () => {
  fc.assert(fc.property(anyLabel, (a) => assert.deepEqual(join(a, a), a)));
});

test('a join of three does not depend on how they are taken', () => {
  fc.assert(
    fc.property(pair, anyLabel, ([a, b], c) =>
      assert.deepEqual(join(join(a, b), sameMode(c)), join(a, join(b, sameMode(c)))),
    ),
  );
});

test('a join can be written and read again', () => {
  fc.assert(
    fc.property(pair, ([a, b]) => {
      const joined = join(a, b);
      assert.deepEqual(readLabel(JSON.parse(JSON.stringify(joined))), joined);
    }),
  );
});

test('purposes and permissive values without anything in common are left to nobody', () => {
  const base = { policy: 'ALDER', classification: 'LOW', dataMode: 'REAL' };
  const sar = (value: string) => [{ tagSet: 'SAR', type: 'PERMISSIVE', values: [value] }];
  const joined = join(
    readLabel({ ...base, purposes: ['rescue'], categories: sar('MED') }),
    readLabel({ ...base, purposes: ['fishery'], categories: sar('SEA') }),
  );
  assert.deepEqual(joined.purposes, [NOBODY]);
  assert.deepEqual(joined.categories[0]?.values, [NOBODY]);
});

test('data modes, policies and unknown policies are never joined', () => {
  const label = readLabel({ policy: 'ALDER', classification: 'LOW', dataMode: 'REAL' });
  const other = { ...label, policy: 'BIRCH' as PolicyId };
  assert.throws(() => join(label, { ...label, dataMode: 'TEST' }), { code: 'label-mode-mixed' });
  assert.throws(() => join(label, other), { code: 'label-policy-mixed' });
  assert.throws(() => join(other, other), { code: 'label-policy-unknown' });
});
