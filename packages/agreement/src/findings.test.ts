import assert from 'node:assert/strict';
import { test } from 'node:test';
import { type FindingCode, readAgreement } from './index.ts';
import { changed, EXAMPLE, file, read } from './testing/example.ts';

/** Where a text stands in another, as people count. */
function placeOf(text: string, part: string): { line: number; column: number } {
  const lines = text.slice(0, text.indexOf(part)).split('\n');
  return { line: lines.length, column: lines.at(-1)!.length + 1 };
}

/** What is changed into what; the code; where the finding stands, by default at what was put in. */
const wrong: [string, string, FindingCode, string?][] = [
  // The text as YAML.
  ['version: 2', 'version: [2', 'yaml', 'title'],
  ['version: 2', 'version: 2\n\tx: 1', 'yaml', '\tx'],
  ['title: Harbour', 'title: &t Harbour', 'yaml', 'Harbour'],
  ['title: Harbour Approach data arrangement', 'title: !!str x', 'yaml', 'x\nparties'],
  ['version: 2', 'version: 2\nversion: 2', 'repeated', 'version: 2\ntitle'],
  ['from: fir\n    to: elm\n    covers: [eo', '<<: *x\n    covers: [eo', 'unknown-key', '<<'],
  // Keys: none is passed over.
  ['version: 2', 'version: 2\nsecretClause: 1', 'unknown-key', 'secretClause'],
  ['version: 2', 'version: 2\n__proto__: 1', 'unknown-key', '__proto__'],
  ['version: 2', 'version: 2\nconstructor: 1', 'unknown-key', 'constructor'],
  ['policy: ELM', 'policy: ELM, flag: x', 'unknown-key', 'flag'],
  ['quorum: 2', 'quorum: 2, chair: x', 'unknown-key', 'chair'],
  ['ceiling: GUARDED', 'ceiling: GUARDED\n    unless: x', 'unknown-key', 'unless'],
  ['delay: PT1H', 'delay: PT1H, blur: 3', 'unknown-key', 'blur'],
  ['{ h3: 6 }', '{ h3: 6, ring: 2 }', 'unknown-key', 'ring'],
  ['review: P30D', 'reviewed: P30D', 'unknown-key', 'reviewed'],
  ['{ suspend: [positions-to-fir] }', '{ suspend: [positions-to-fir], fine: 3 }', 'unknown-key', 'fine'],
  ['to: fir, by: file', 'to: fir, door: file', 'unknown-key', 'door'],
  ['{ kind: report }', '{ secrecy: report }', 'unknown-key', 'secrecy'],
  ['    ceiling: SECRET\n', '', 'missing-key', 'from: fir'],
  ['title: Harbour Approach data arrangement\n', '', 'missing-key', 'agreement'],
  // Keys without a value are not taken for absent.
  ['{ release: { caveat: NOFORN } }', '{ release }', 'shape', 'release }'],
  ['{ caveat: NOFORN }', '{ caveat }', 'shape', 'caveat }'],
  ['{ caveat: NOFORN }', '{}', 'shape', '{}'],
  ['{ kind: report }', '{ kind: report, kind: request }', 'repeated', 'kind: request'],
  ['obligations: { delay: P1D, drop: [bStar] }', 'obligations:', 'shape', '\nnever'],
  ['drop: [callSign]', 'drop', 'shape', 'drop }'],
  ['thirdParties: originator-consent', '? thirdParties', 'shape', 'thirdParties'],
  // Shapes and aliases.
  ['[ais.position, ais.static]', 'ais.position', 'shape', 'ais.position'],
  ['title: Harbour Approach data arrangement', 'title: [a]', 'shape', '[a]'],
  ['title: Harbour Approach data arrangement', 'title: *x', 'shape', '*x'],
  ['never:', 'never: { a: 1 }\nx:', 'shape', '{ a: 1 }'],
  // Names.
  ['harbour-approach', 'Harbour Approach', 'bad-name'],
  ['  elm: { name', '  Elm: { name', 'bad-name', 'Elm: {'],
  ['policy: ELM', 'policy: ELM TREE', 'bad-name', 'ELM TREE'],
  ['  positions-to-fir:\n', '  positions to fir:\n', 'bad-name', 'positions to fir:'],
  ['  no-targeting:', '  "no\\ntargeting":', 'bad-name', '"no\\ntargeting"'],
  ['  roads: areas', '  __proto__: areas', 'bad-name', '__proto__: areas'],
  // Values.
  ['version: 2', 'version: 2.0', 'bad-value', '2.0'],
  ['version: 2', 'version: 0', 'bad-value', '0\n'],
  ['quorum: 2', 'quorum: most', 'bad-value', 'most'],
  ['title: Harbour Approach data arrangement', 'title: " "', 'bad-value', '" "'],
  ['title: Harbour Approach', 'title: Harbour \u202eApproach', 'bad-value', 'Harbour \u202e'],
  ['title: Harbour Approach data arrangement', 'title: "a\\0"', 'bad-value', '"a\\0"'],
  ['from: 2027-03-01', 'from: 2027-02-30', 'bad-value', '2027-02-30'],
  ['from: 2027-03-01', 'from: 2030-03-01', 'bad-value', '{ from: 2030'],
  ['2029-03-01T12:00Z', '2029-03-01T12:00', 'bad-value', '2029-03-01T12:00'],
  ['elm: GUARDED', 'elm: "GUARDED // NOFORN"', 'bad-value', '"GUARDED //'],
  ['  - { elm: GUARDED,  fir: SECRET }', '  - { elm: GUARDED }', 'bad-value', '{ elm: GUARDED }'],
  ['covers: [eo.scene]', 'covers: []', 'bad-value', '[]'],
  ['purposes: [traffic-safety, search-and-rescue]', 'purposes: []', 'bad-value', '[]'],
  ['[traffic-safety, search', '[NOBODY, search', 'bad-value', 'NOBODY'],
  ['dataModes: [REAL, EXERCISE]', 'dataModes: [real]', 'bad-value', 'real]'],
  ['h3: 6', 'h3: 16', 'bad-value', '16'],
  ['drop: [bStar]', 'drop: []', 'bad-value', '[]'],
  ['drop: [bStar]', 'drop: ["b.star"]', 'bad-value', '"b.star"'],
  ['review: P30D', 'review: a month', 'bad-value', 'a month'],
  ['review: P30D', 'review: P0D', 'bad-value', 'P0D'],
  ['{ suspend: [positions-to-fir] }', '{ suspend: [] }', 'bad-value', '[]'],
  ['by: fir\n    to: elm', 'by: fir\n    to: fir', 'bad-value', 'fir\n    text'],
  ['from: elm\n    to: fir', 'from: elm\n    to: elm', 'bad-value', 'elm\n    covers'],
  ['by: live', 'by: radio', 'bad-value', 'radio'],
  ['thirdParties: originator-consent', 'thirdParties: yes', 'bad-value', 'yes'],
  // References.
  ['from: elm\n    to: fir', 'from: ash\n    to: fir', 'unknown-party', 'ash'],
  ['by: fir\n    to: elm', 'by: ash\n    to: elm', 'unknown-party', 'ash'],
  ['originator: oak', 'originator: ash', 'unknown-party', 'ash'],
  ['{ elm: GUARDED,', '{ ash: GUARDED,', 'unknown-party', 'ash'],
  ['covers: [eo.scene]', 'covers: [eo.scenes]', 'unknown-kind', 'eo.scenes'],
  ['kind: report', 'kind: constructor', 'unknown-kind', 'constructor'],
  ['ceiling: SECRET', 'ceiling: GUARDED', 'unknown-level', 'GUARDED\n    within: basin'],
  ['{ caveat: NOFORN }', '{ above: SECRET }', 'unknown-level', 'SECRET } }'],
  ['within: basin', 'within: bason', 'unknown-area', 'bason'],
  ['[positions-to-fir]', '[positions]', 'unknown-clause', 'positions]'],
  ['{ caveat: NOFORN }', '{ caveat: NOFORM }', 'unknown-caveat', 'NOFORM'],
  // What cannot be done.
  ['delay: PT1H', 'delay: PT2H', 'not-on-the-ladder', 'PT2H'],
  ['covers: [ais.position, ais.static]', 'covers: [gnss.integrity]', 'cannot-oblige', '{ position'],
  ['drop: [callSign]', 'drop: [mmsi]', 'cannot-oblige', 'mmsi'],
  // Repeats.
  [
    '  - { elm: INTERNAL, fir: RESTRICTED }',
    '  - { elm: INTERNAL, fir: SECRET }',
    'repeated',
    '- { elm: CLOSED',
  ],
  ['fir: TOP SECRET, oak: TOP SECRET', 'fir: TOP SECRET, oak: SECRET', 'repeated', 'oak: SECRET'],
  ['  basin: areas', '  roads: areas', 'repeated', 'roads: areas/basin'],
  // Areas: files beside the agreement, and nothing is said of what stands in them.
  ['areas/roads.geojson', 'areas/none.geojson', 'bad-area'],
  ['areas/roads.geojson', '../roads.geojson', 'bad-area'],
  ['areas/roads.geojson', '/etc/passwd', 'bad-area'],
  ['areas/roads.geojson', 'areas/.hidden', 'bad-area'],
  ['areas/roads.geojson', 'areas//roads.geojson', 'bad-area'],
];

for (const [from, to, code, at] of wrong) {
  test(`"${to.trim()}" for "${from.trim()}" is refused as ${code} at its place`, () => {
    const text = changed(from, to);
    const { terms, findings } = read(text);
    assert.equal(terms, undefined);
    const place = placeOf(text, at ?? to);
    assert.ok(
      findings.some((one) => one.code === code && one.line === place.line && one.column === place.column),
      `expected ${code} at ${place.line}:${place.column}, found ${JSON.stringify(findings)}`,
    );
  });
}

test('several wrong places are all said in one run', () => {
  const text = changed('version: 2', 'version: two').replace('h3: 6', 'h3: 99').replace('NOFORN', 'NOFORM');
  assert.deepEqual(
    read(text).findings.map((one) => one.code),
    ['bad-value', 'bad-value', 'unknown-caveat'],
  );
});

test('a finding says nothing of what stands in a file that is no area', () => {
  const { findings } = readAgreement(EXAMPLE, { file: () => 'root:secret:0' });
  assert.equal(findings.length > 0, true);
  assert.ok(findings.every((one) => one.code === 'bad-area' || one.code === 'unknown-area'));
  assert.ok(!JSON.stringify(findings).includes('secret:0'));
});

test('a text of nothing is refused', () => {
  for (const text of ['', ' \n', '# only a remark', '---\n...', 'null', '[]', 'agreement', '- a']) {
    const { terms, findings } = readAgreement(text, { file });
    assert.equal(terms, undefined);
    assert.ok(findings.length > 0, JSON.stringify(text));
  }
});
