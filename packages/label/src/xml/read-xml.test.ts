import assert from 'node:assert/strict';
import { test } from 'node:test';
import fc from 'fast-check';
import { LabelError } from '../error.ts';
import { ELM } from '../testing/elm.ts';
import { mutated } from '../testing/mutations.ts';
import { readXml } from './read-xml.ts';
import { withoutPlaces, type XmlTree } from './tree.ts';
import { writeXml } from './write-xml.ts';

test('elements, attributes, text and namespaces come out as XML means them', () => {
  const { root } = readXml(
    '\uFEFF<?xml version="1.0" encoding="utf-8" standalone="yes"?>\r\n<!-- c --><?p x?>\n' +
      '<a xmlns="urn:d" xmlns:p="urn:p" p:k=\'1\t&lt;&#65;&#x1F600;"\' k="2" xml:lang="fr">x&amp;<![CDATA[<&]]>y' +
      '<p:b xmlns=""><c/></p:b>\r</a>\n',
  );
  const { line, column, ...tree } = root;
  assert.deepEqual([line, column], [3, 1]);
  assert.deepEqual(withoutPlaces(tree as typeof root), {
    name: 'a',
    namespace: 'urn:d',
    attributes: [
      { name: 'k', namespace: 'urn:p', value: '1 <A😀"' },
      { name: 'k', namespace: '', value: '2' },
      { name: 'lang', namespace: 'http://www.w3.org/XML/1998/namespace', value: 'fr' },
    ],
    children: [
      {
        name: 'b',
        namespace: 'urn:p',
        attributes: [],
        children: [{ name: 'c', namespace: '', attributes: [], children: [], text: '' }],
        text: '',
      },
    ],
    text: 'x&<&y',
  });
});

const refused: [what: string, text: string, code: string, line: number, column: number][] = [
  ['nothing', '', 'xml-syntax', 1, 1],
  ['text alone', 'a', 'xml-syntax', 1, 1],
  ['a document type', '<!DOCTYPE a><a/>', 'xml-syntax', 1, 1],
  [
    'a document type with entities',
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>\n<a>&b;</a>',
    'xml-syntax',
    1,
    1,
  ],
  ['an entity that is none of the five', '<a>\n  &nbsp;</a>', 'xml-syntax', 2, 3],
  ['an & that begins nothing', '<a>fish & chips</a>', 'xml-syntax', 1, 9],
  ['a reference to a character that XML lacks', '<a b="&#0;"/>', 'xml-syntax', 1, 7],
  ['a reference to half a character', '<a>&#xD800;</a>', 'xml-syntax', 1, 4],
  ['a reference beyond the last character', '<a>&#x110000;</a>', 'xml-syntax', 1, 4],
  ['a control character', '<a>\n\u0001</a>', 'xml-syntax', 2, 1],
  ['half a character', '<a>\ud83d</a>', 'xml-syntax', 1, 4],
  ['a second root', '<a/>\n<b/>', 'xml-syntax', 2, 1],
  ['text after the root', '<a/>b', 'xml-syntax', 1, 5],
  ['CDATA after the root', '<a/><![CDATA[b]]>', 'xml-syntax', 1, 18],
  ['no end', '<a>\n<b>', 'xml-syntax', 2, 4],
  ['an end by another name', '<a>\n<b></a></b>', 'xml-syntax', 2, 4],
  ['an end of nothing', '<a/></a>', 'xml-syntax', 1, 5],
  ['an attribute twice', '<a b="1" b="2"/>', 'xml-syntax', 1, 10],
  [
    'an attribute twice by two prefixes',
    '<a xmlns:p="u" xmlns:q="u" p:b="1" q:b="2"/>',
    'xml-namespace',
    1,
    36,
  ],
  ['an attribute without quotes', '<a b=1/>', 'xml-syntax', 1, 6],
  ['attributes without a blank', '<a b="1"c="2"/>', 'xml-syntax', 1, 9],
  ['a < in a value', '<a b="<"/>', 'xml-syntax', 1, 7],
  [']]> in text', '<a>]]></a>', 'xml-syntax', 1, 4],
  ['a comment with --', '<a><!-- -- --></a>', 'xml-syntax', 1, 8],
  ['a comment without end', '<a><!-- </a>', 'xml-syntax', 1, 8],
  ['a prefix that nobody declared', '<p:a/>', 'xml-namespace', 1, 1],
  ['an attribute of such a prefix', '<a p:b="1"/>', 'xml-namespace', 1, 4],
  ['a prefix that is no name', '<a xmlns:4="u"/>', 'xml-namespace', 1, 4],
  ['the prefix xml for something else', '<a xmlns:xml="u"/>', 'xml-namespace', 1, 4],
  ['a prefix for nothing', '<a xmlns:p=""/>', 'xml-namespace', 1, 4],
  ['a name with two colons', '<a:b:c xmlns:a="u"/>', 'xml-namespace', 1, 1],
  ['another version', '<?xml version="1.1"?><a/>', 'xml-syntax', 1, 1],
  ['another encoding', '<?xml version="1.0" encoding="UTF-16"?><a/>', 'xml-syntax', 1, 1],
  ['a declaration that is late', '<a/><?xml version="1.0"?>', 'xml-syntax', 1, 7],
  ['a blank before the declaration', ' <?xml version="1.0"?><a/>', 'xml-syntax', 1, 4],
];
for (const [what, text, code, line, column] of refused) {
  test(`XML with ${what} is refused at its place`, () => {
    assert.throws(() => readXml(text), { name: 'LabelError', code, line, column });
  });
}

test('depth, elements, attributes and size are bounded', () => {
  const limits: string[] = [
    `${'<a>'.repeat(65)}${'</a>'.repeat(65)}`,
    `<a>${'<b/>'.repeat(100_000)}</a>`,
    `<a ${Array.from({ length: 65 }, (_, i) => `a${i}="1"`).join(' ')}/>`,
    `<a>${'x'.repeat(4 * 1024 * 1024)}</a>`,
  ];
  for (const text of limits) assert.throws(() => readXml(text), { code: 'xml-limit' });
  readXml(`${'<a>'.repeat(64)}${'</a>'.repeat(64)}`);
});

test('hostile nesting of prefixes costs no square of its size', () => {
  const many = (depth: number) => Array.from({ length: 60 }, (_, i) => `xmlns:p${depth}x${i}="u"`).join(' ');
  const open = Array.from({ length: 60 }, (_, depth) => `<a ${many(depth)}>`).join('');
  const start = performance.now();
  readXml(`${open}${'<a xmlns:b="c"/>'.repeat(90_000)}${'</a>'.repeat(60)}`);
  assert.ok(performance.now() - start < 5000);
});

test('a lenient reader lets an end tag and a prefix pass, with their places', () => {
  const { root, notices } = readXml('<a xmlns:4774="u">\n<b></c>\n</a>', true);
  assert.equal(root.children[0]?.name, 'b');
  assert.deepEqual(
    notices.map(({ line, column }) => [line, column]),
    [
      [1, 4],
      [2, 4],
    ],
  );
  assert.throws(() => readXml('<a></b></a>', true), { code: 'xml-syntax' });
});

test('no mutation of a document makes the reader crash or hang', () => {
  fc.assert(
    fc.property(mutated(ELM), fc.boolean(), (text, lenient) => {
      const start = performance.now();
      try {
        readXml(text, lenient);
      } catch (error) {
        assert.ok(error instanceof LabelError, String(error));
        assert.match(error.code, /^xml-/);
        assert.ok(error.line !== undefined && error.line >= 1);
      }
      assert.ok(performance.now() - start < 1000);
    }),
    { numRuns: 2000 },
  );
});

const name = fc.constantFrom('a', 'B', 'é', '_x', 'a-1.b');
const namespace = fc.constantFrom('', 'urn:a', 'urn:b&"<');
const text = fc.string({ unit: fc.constantFrom('a', ' ', '\n', '\t', '<', '>', '&', '"', "'", ']]>', '😀') });
const treeOver = (children: fc.Arbitrary<XmlTree[]>): fc.Arbitrary<XmlTree> =>
  fc
    .record(
      {
        name,
        namespace,
        attributes: fc.uniqueArray(fc.record({ name, namespace, value: text }, { noNullPrototype: true }), {
          maxLength: 3,
          selector: (one) => JSON.stringify([one.name, one.namespace]),
        }),
        children,
        text,
      },
      { noNullPrototype: true },
    )
    .map((one) => ({ ...one, text: one.children.length > 0 ? '' : one.text }));
const leaf = treeOver(fc.constant([]));
const tree = treeOver(fc.array(treeOver(fc.array(leaf, { maxLength: 2 })), { maxLength: 3 }));

test('every tree that is written reads back equal', () => {
  fc.assert(
    fc.property(tree, (one) => {
      assert.deepEqual(withoutPlaces(readXml(writeXml(one, new Map([['urn:a', 'a']]))).root), one);
    }),
  );
});
