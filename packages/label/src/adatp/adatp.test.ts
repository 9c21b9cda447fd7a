import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { sharedData } from '../../../../tests/shared-data.ts';
import {
  LabelError,
  labelInForce,
  type MetadataLabel,
  read4774,
  read4778,
  readLabel,
  type TimedLabel,
  write4774,
} from '../index.ts';
import { anyLabel } from '../testing/labels.ts';
import { mutated } from '../testing/mutations.ts';

const REAL = { dataMode: 'REAL' } as const;
const created = '2026-01-01T00:00:00.000Z';
const label = readLabel({ policy: 'ELM', classification: 'GUARDED', dataMode: 'TEST' });
const lower = readLabel({ policy: 'ELM', classification: 'OPEN', dataMode: 'TEST' });
const timed: MetadataLabel = {
  role: 'alternative',
  label,
  policyUri: 'urn:oid:2.25.1',
  originator: { type: 'rfc822Name', id: 'ada@elm.example' },
  created,
  succession: { at: '2027-01-01T00:00:00.000Z', successor: { label: lower, created, review: created } },
};

test('every label of ours reads back equal from ADatP-4774', () => {
  fc.assert(
    fc.property(anyLabel, (one) => {
      const { metadata } = read4774(write4774({ role: 'originator', label: one, created }), REAL);
      assert.deepEqual(metadata, { role: 'originator', label: one, created });
    }),
  );
});

test('role, originator, dates and succession read back equal', () => {
  assert.deepEqual(read4774(write4774(timed), REAL).metadata, timed);
});

test('a successor is in force from its instant on, and the next change is told', () => {
  const at = Date.parse('2027-01-01T00:00:00Z');
  assert.deepEqual(labelInForce(timed, at - 1), { inForce: timed, until: '2027-01-01T00:00:00.000Z' });
  assert.deepEqual(labelInForce(timed, at), { inForce: timed.succession?.successor });
  assert.throws(() => labelInForce(timed, Number.NaN), { code: 'label-succession' });
});

test('between two changes of a succession nothing changes', () => {
  const dates = fc.uniqueArray(fc.integer({ min: 1, max: 1_000_000 }), { minLength: 1, maxLength: 6 });
  fc.assert(
    fc.property(dates, fc.integer({ min: 0, max: 1_000_001 }), (all, at) => {
      const sorted = [...all].sort((a, b) => b - a);
      const chain = sorted.reduce<TimedLabel>(
        (successor, ms) => ({ label, succession: { at: new Date(ms).toISOString(), successor } }),
        { label: lower },
      );
      const { until } = labelInForce(chain, at);
      const next = [...sorted].reverse().find((ms) => ms > at);
      assert.equal(until, next === undefined ? undefined : new Date(next).toISOString());
    }),
  );
});

test('a succession that does not rise is refused', () => {
  const twice = {
    ...timed,
    succession: { at: created, successor: { ...timed, succession: { at: created, successor: timed } } },
  };
  assert.throws(() => write4774(twice), { code: 'label-succession' });
});

const text = write4774(timed);
const refused: [what: string, from: string, to: string, code: string][] = [
  [
    'a privacy mark',
    '</slab:Classification>',
    '</slab:Classification><slab:PrivacyMark>x</slab:PrivacyMark>',
    'label-unfaithful',
  ],
  ['an unknown element', '<slab:OriginatorID', '<slab:Rule/><slab:OriginatorID', 'xml-unknown'],
  [
    'an element of another namespace',
    '<slab:OriginatorID',
    '<x xmlns="u"/><slab:OriginatorID',
    'xml-namespace',
  ],
  ['a type that is none', 'Type="INFORMATIVE"', 'Type="informative"', 'label-field'],
  ['an instant of no calendar', '2027-01-01', '2027-02-30', 'label-field'],
  ['an instant without zone', '2027-01-01T00:00:00.000Z', '2027-01-01T00:00:00', 'label-field'],
  ['a policy by no urn:oid', 'urn:oid:2.25.1', 'https://elm.example', 'label-field'],
  ['an originator of no type', 'rfc822Name', 'nickname', 'label-field'],
  ['an own field that is not known', 'concord:data-mode', 'concord:secret', 'label-field'],
  [
    'a value by number',
    '<slab:GenericValue>TEST</slab:GenericValue>',
    '<slab:IntegerValue>1</slab:IntegerValue>',
    'label-unfaithful',
  ],
];
for (const [what, from, to, code] of refused) {
  test(`a label with ${what} is refused with its place`, () => {
    assert.ok(text.includes(from));
    assert.throws(
      () => read4774(text.replace(from, to), REAL),
      (error) => error instanceof LabelError && error.code === code && error.line !== undefined,
    );
  });
}

test('a label in no namespace is refused, and a lenient reader says that it took it', () => {
  const bare = text.replaceAll('slab:', '').replace(/ xmlns:slab="[^"]*"/, '');
  assert.throws(() => read4774(bare, REAL), { code: 'xml-namespace', line: 2, column: 1 });
  const { metadata, notices } = read4774(bare, { ...REAL, lenient: true });
  assert.deepEqual(metadata, timed);
  assert.equal(notices.length, 1);
});

const sample = sharedData('labels/sparrow/label1.xml');
test('the sample in no namespace too', { skip: sample === undefined && 'the sample is not here' }, () => {
  const bare = readFileSync(sample ?? '', 'utf8');
  assert.throws(() => read4774(bare, REAL), { code: 'xml-namespace' });
  const { metadata, notices } = read4774(bare, { ...REAL, lenient: true });
  assert.equal(metadata.label.classification, 'INTERNAL');
  assert.ok(notices.some((one) => one.text.includes('is in no namespace')));
});

for (const name of ['json_NC_1227530e.json', 'pdf_NR_3b4603b8.pdf', 'txt_NU_cc4a1101.txt']) {
  const path = sharedData(`labels/bdo/${name}.bdo`);
  test(`the sidecar of ${name} is read`, { skip: path === undefined && 'the sample is not here' }, () => {
    const { information } = read4778(readFileSync(path ?? '', 'utf8'), REAL);
    const [binding] = information.bindings;
    assert.equal(binding?.labels[0]?.label.policy, 'NATO');
    assert.equal(binding?.data[0]?.uri, `./${name}`);
    assert.equal(information.signed, false);
  });
}

test('no mutation of a label or sidecar makes a reader crash or hang', () => {
  const sidecar = `<mb:BindingInformation xmlns:mb="urn:nato:stanag:4778:bindinginformation:1:0"><mb:MetadataBindingContainer><mb:MetadataBinding><mb:Metadata>${text.replace(/^<\?.*\n/, '')}</mb:Metadata><mb:DataReference URI="a"/></mb:MetadataBinding></mb:MetadataBindingContainer></mb:BindingInformation>`;
  assert.deepEqual(read4778(sidecar, REAL).information.bindings[0]?.labels, [timed]);
  for (const [one, read] of [
    [text, read4774],
    [sidecar, read4778],
  ] as const)
    fc.assert(
      fc.property(mutated(one), fc.boolean(), (changed, lenient) => {
        try {
          read(changed, { ...REAL, lenient });
        } catch (error) {
          assert.ok(error instanceof LabelError, String((error as Error).stack));
        }
      }),
      { numRuns: 1000 },
    );
});
