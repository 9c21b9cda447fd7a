import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import fc from 'fast-check';
import { validateXML } from 'xmllint-wasm';
import { sharedData } from '../../../../tests/shared-data.ts';
import { checkLabel, LabelError, markingOf, policyOf, readLabel, readSpif, writeSpif } from '../index.ts';
import { ELM, FIR } from '../testing/elm.ts';
import { mutated } from '../testing/mutations.ts';

const elm = readSpif(ELM).spif;
const schema = sharedData('labels/sparrow/spif-21.xsd');

/** What the schema of SPIF imports and is not beside it: the attributes of the namespace of XML. */
const XML_SCHEMA = `<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema"
  targetNamespace="http://www.w3.org/XML/1998/namespace"><xs:attribute name="lang" type="xs:language"/></xs:schema>`;

/** The copy at hand breaks its XPath expressions over lines, in the middle of names. */
const mended = (text: string): string =>
  text.replace(/xpath="[^"]*"/g, (expression) => expression.replace(/\s*\n\s*/g, ''));

async function complaints(xml: string): Promise<readonly string[]> {
  const result = await validateXML({
    xml: [{ fileName: 'policy.xml', contents: xml }],
    schema: [{ fileName: 'spif-21.xsd', contents: mended(readFileSync(schema ?? '', 'utf8')) }],
    preload: [{ fileName: 'xml.xsd', contents: XML_SCHEMA }],
  });
  return result.errors.map((one) => one.rawMessage);
}

const SAMPLES = ['spiffing/food-policy', 'spiffing/food-policy-missi', 'spiffing/tlp', 'spiffing/tlp-plus'];
const samples = [...SAMPLES, 'spiffing/nato-4774-policy', 'sparrow/ACME-spif'].map(
  (name) => `labels/${name}.xml`,
);

test('a policy that uses the whole schema reads back equal after writing, and its writing is valid', {
  skip: schema === undefined && 'the schema of SPIF is not here',
}, async () => {
  assert.deepEqual(readSpif(writeSpif(elm)).spif, elm);
  assert.deepEqual(await complaints(ELM), []);
  assert.deepEqual(await complaints(writeSpif(elm)), []);
});

test('the schema check fails where it should', {
  skip: schema === undefined && 'the schema of SPIF is not here',
}, async () => {
  assert.notDeepEqual(await complaints(ELM.replace('hierarchy="10"', '')), []);
  assert.notDeepEqual(await complaints(ELM.replace('>OPEN<', '>OPENED<')), []);
});

for (const name of samples) {
  const path = sharedData(name);
  test(`${name} is read, written by the schema and read back equal`, {
    skip: (path === undefined || schema === undefined) && 'the sample is not here',
  }, async () => {
    const { spif } = readSpif(readFileSync(path ?? '', 'utf8'), true);
    const written = writeSpif(spif);
    assert.deepEqual(await complaints(written), []);
    assert.deepEqual(readSpif(written).spif, spif);
  });
}

test('levels come by hierarchy, not by their values', () => {
  assert.deepEqual(policyOf(elm), { id: 'ELM', levels: ['OPEN', 'INTERNAL', 'GUARDED'] });
  const level = readSpif(ELM.replace('hierarchy="20"', 'hierarchy="10"')).spif;
  assert.throws(() => policyOf(level), { code: 'spif-conflict' });
});

test('values in labels are numbers where they look like it', () => {
  assert.equal(elm.tagSets[0]?.tags[0]?.categories[0]?.lacv, '10');
});

const changed: [what: string, from: string | RegExp, to: string, code: string][] = [
  ['another root', /spif:SPIF\b/g, 'spif:SPOF', 'xml-unknown'],
  ['no policy', /<spif:securityPolicyId[\s\S]*?<\/spif:securityPolicyId>/, '', 'spif-field'],
  ['an unknown element', '<spif:privacyMarks', '<spif:secretRule/><spif:privacyMarks', 'xml-unknown'],
  ['an unknown attribute', 'color="red"', 'colour="red"', 'xml-unknown'],
  ['an element of no namespace', '<spif:extensions>', '<updateInfo/><spif:extensions>', 'xml-namespace'],
  [
    'an element of another namespace',
    '<spif:extensions>',
    '<u xmlns="u"/><spif:extensions>',
    'xml-namespace',
  ],
  ['no creation date', 'creationDate="20260101000000Z"', '', 'spif-field'],
  ['a version of the schema that is not known', 'schemaVersion="2.1"', 'schemaVersion="3.0"', 'spif-field'],
  ['an object identifier that is none', 'id="2.25.1"', 'id="elm"', 'spif-field'],
  ['a colour that is none', 'color="red"', 'color="orange"', 'spif-field'],
  ['a hierarchy that is no number', 'hierarchy="10"', 'hierarchy="low"', 'spif-field'],
  ['a level twice', 'name="OPEN"', 'name="GUARDED"', 'spif-conflict'],
  ['a value of a level twice', 'lacv="1" hierarchy', 'lacv="7" hierarchy', 'spif-conflict'],
  ['a tag set twice', 'name="Special"', 'name="Release"', 'spif-conflict'],
  ['a category twice', 'name="SOUTH"', 'name="NORTH"', 'spif-conflict'],
  ['a value of a category twice', 'lacv="20"', 'lacv="10"', 'spif-conflict'],
  ['an excluded level that is unknown', '>OPEN<', '>OPENED<', 'spif-conflict'],
  ['a required level that is unknown', 'requiredClass="GUARDED"', 'requiredClass="X"', 'spif-conflict'],
  ['a tag set that is unknown', 'tagSetRef="Special"', 'tagSetRef="Spatial"', 'spif-conflict'],
  ['an equivalent of an unknown policy', 'policyRef="FIR" lacv', 'policyRef="YEW" lacv', 'spif-conflict'],
  ['an unknown type', 'tagType="restrictive" singleSelection', 'tagType="any" singleSelection', 'spif-field'],
  ['an enumeration of no type', 'enumType="permissive" maxSelection', 'maxSelection', 'spif-field'],
  ['an unknown operation', 'operation="onlyOne"', 'operation="some"', 'spif-field'],
  ['an unknown marking code', '>subject<'.replace('>subject<', '"subject"'), '"sidebar"', 'spif-field'],
  ['a flag that is neither', 'singleSelection="true"', 'singleSelection="yes"', 'spif-field'],
  ['a number of selections below zero', 'maxSelection="2"', 'maxSelection="-2"', 'spif-field'],
  [
    'an instant without zone',
    'notBefore="2026-01-01T00:00:00Z"',
    'notBefore="2026-01-01T00:00:00"',
    'spif-field',
  ],
  ['one value and all', 'tagType="restrictive" all', 'tagType="restrictive" lacv="1" all', 'spif-conflict'],
  ['text between elements', '<spif:extensions>', 'text<spif:extensions>', 'xml-unknown'],
];
for (const [what, from, to, code] of changed) {
  test(`a policy with ${what} is refused with its place`, () => {
    const text = ELM.replace(from, to);
    assert.notEqual(text, ELM);
    assert.throws(
      () => readSpif(text),
      (error) => error instanceof LabelError && error.code === code && error.line !== undefined,
    );
  });
}

test('what a lenient reader lets pass is said, once', () => {
  const text = FIR.replace(' xmlns="http://www.xmlspif.org/spif"', '').replace(/keyIdentifier="00"/, '');
  assert.throws(() => readSpif(text), { code: 'xml-namespace', line: 1, column: 1 });
  const { spif, notices } = readSpif(text, true);
  assert.equal(spif.head.keyIdentifier, '');
  assert.equal(notices.length, 2);
});

test('no mutation of a policy makes reader, writer or the readers of labels crash or hang', () => {
  const label = readLabel({
    policy: 'ELM',
    classification: 'GUARDED',
    categories: [{ tagSet: 'Release', type: 'PERMISSIVE', values: ['NORTH'] }],
    dataMode: 'REAL',
  });
  fc.assert(
    fc.property(mutated(ELM), (text) => {
      try {
        const { spif } = readSpif(text, true);
        assert.deepEqual(readSpif(writeSpif(spif)).spif, spif);
        assert.ok(markingOf(spif, checkLabel(spif, label, 0)) !== null);
      } catch (error) {
        assert.ok(error instanceof LabelError, String((error as Error).stack));
      }
    }),
    { numRuns: 1000 },
  );
});
