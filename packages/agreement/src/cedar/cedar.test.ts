import assert from 'node:assert/strict';
import { test } from 'node:test';
import { impliedPolicies } from '../index.ts';
import { changed, EXAMPLE, read } from '../testing/example.ts';
import { cedarAgreement, cedarText } from './index.ts';
import { literal } from './text.ts';

const terms = read(EXAMPLE).terms!;
const policies = impliedPolicies(terms);

test('an agreement becomes a permit a clause, a forbid a never line, and what it says of third parties', () => {
  const found = cedarAgreement(terms, policies).map(({ id, text }) => [
    id,
    /^(permit|forbid)/m.exec(text)?.[0],
  ]);
  const at = 'harbour-approach/2';
  assert.deepEqual(found, [
    [`${at}/positions-to-fir`, 'permit'],
    [`${at}/pictures-to-elm`, 'permit'],
    [`${at}/orbits-to-elm`, 'permit'],
    ...[1, 2, 3, 4].map((n) => [`${at}/never/${n}`, 'forbid']),
    [`${at}/third-parties/originator-consent`, 'permit'],
  ]);
  const never = cedarAgreement(read(changed('thirdParties: originator-consent\n', '')).terms!, policies);
  assert.match(never.at(-1)!.text, /^forbid/m);
});

test('a permit is annotated with its clause and obligations, and enumerates what it covers', () => {
  const { text } = cedarAgreement(terms, policies)[0]!;
  for (const part of [
    '@id("harbour-approach/2/positions-to-fir")',
    '@agreement("harbour-approach")',
    '@version("2")',
    '@clause("positions-to-fir")',
    String.raw`@obligations("{\"position\":{\"h3\":6},\"delay\":\"PT1H\",\"drop\":[\"callSign\"]}")`,
    'context.originator == Concord::Party::"elm"',
    '[Concord::Kind::"ais.position", Concord::Kind::"ais.static"].contains(resource.kind)',
    'context.live.contains("harbour-approach/2/no-targeting")',
    `resource.classification == "GUARDED" && ["SECRET", "TOP SECRET"].contains`,
    `${terms.areas[0]!.hash}#6`,
  ])
    assert.ok(text.includes(part), part);
  assert.ok(!text.includes('"CLOSED"'), 'a level above the ceiling');
});

test('a clause that can permit nothing is no permit', () => {
  const [first, ...others] = terms.clauses;
  const cannot = { ...first!, covers: ['report'] as const };
  const unheard = { ...first!, ceiling: 'UNHEARD OF' };
  for (const clause of [cannot, unheard, { ...first!, dataModes: [] }]) {
    const ids = cedarAgreement({ ...terms, clauses: [clause, ...others] }, policies).map((one) => one.id);
    assert.ok(!ids.includes('harbour-approach/2/positions-to-fir'));
  }
});

test('the text of an agreement holds what holds on every node too', () => {
  const text = cedarText(terms);
  for (const id of ['house/label-known', 'house/state', 'house/caveats', 'house/home/ELM', 'house/home/FIR'])
    assert.ok(text.includes(`@id("${id}")`), id);
});

test('a literal is written with the escapes of Cedar', () => {
  assert.equal(literal('a"b\\c\n\u0007\b\f'), String.raw`"a\"b\\c\n\u{0007}\u{8}\u{c}"`);
});
