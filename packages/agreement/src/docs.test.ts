import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { ITEM_KINDS } from '@concord/label';
import { clauseInWords, DELAY_LADDER, readAgreement } from './index.ts';

const document = (name: string) => readFileSync(new URL(`../../../docs/${name}.md`, import.meta.url), 'utf8');

test('the example of the format is read as it stands there, and said as it is said there', () => {
  const [, text = ''] = /```yaml\n(.*?)```/s.exec(document('agreement')) ?? [];
  const square = '{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,0]]]}';
  const { terms, findings } = readAgreement(text, { file: () => square });
  assert.deepEqual(findings, []);
  const said = document('agreement').replaceAll('\n', ' ');
  assert.ok(said.includes(`*positions: ${clauseInWords(terms!.clauses[0]!, terms!)}*`));
});

test('the format names every kind and every rung', () => {
  for (const name of [...ITEM_KINDS, ...DELAY_LADDER.map((one) => one.text)])
    assert.ok(document('agreement').includes(`\`${name}\``), name);
});

test('every finding is explained, and nothing else', () => {
  const source = readFileSync(new URL('./finding.ts', import.meta.url), 'utf8');
  const [, union = ''] = /type FindingCode =([^;]*);/.exec(source) ?? [];
  const codes = [...union.matchAll(/'([a-z-]+)'/g)].map((one) => one[1]);
  const explained = [...document('agreement-findings').matchAll(/^\| `([a-z-]+)`/gm)].map((one) => one[1]);
  assert.ok(codes.length > 10);
  assert.deepEqual(explained.sort(), codes.sort());
});
