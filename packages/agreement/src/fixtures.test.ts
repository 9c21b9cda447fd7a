import assert from 'node:assert/strict';
import { readdirSync, readFileSync } from 'node:fs';
import { test } from 'node:test';
import { checkAgreement, digest, termsInWords } from './index.ts';

const folder = new URL('../fixtures/', import.meta.url);
const text = (name: string) => readFileSync(new URL(name, folder), 'utf8');
const file = (path: string): string | undefined => {
  try {
    return text(path);
  } catch {
    return undefined;
  }
};
/** The instant at which the files are looked at, for what lies in the past. */
const now = Date.parse('2026-11-25T00:00:00Z');
const check = (name: string) => checkAgreement(text(name), { file, now });

const valid = readdirSync(new URL('valid/', folder)).sort();
const invalid = readdirSync(new URL('invalid/', folder)).sort();
const [, ...rows] = text('expected.tsv').trimEnd().split('\n');
const expected = new Map(
  rows.map((row) => {
    const [name, code, line] = row.split('\t') as [string, string, string];
    return [name, { code, line: Number(line) }];
  }),
);

test('there are at least 40 valid and 60 invalid files, and the table names just the invalid ones', () => {
  assert.ok(valid.length >= 40 && invalid.length >= 60, `${valid.length}, ${invalid.length}`);
  assert.deepEqual([...expected.keys()].sort(), invalid);
});

for (const name of valid) {
  test(`valid/${name} has no finding, and words for its terms`, () => {
    const { terms, findings } = check(`valid/${name}`);
    assert.deepEqual(findings, []);
    assert.ok(termsInWords(terms!).every((line) => line !== '' && !/undefined|NaN|\[object/.test(line)));
  });
}

test('no two valid files say the same', () => {
  const same = Map.groupBy(valid, (name) => digest(check(`valid/${name}`).terms!));
  const twice = [...same.values()].filter((names) => names.length > 1);
  // Written differently on purpose.
  assert.deepEqual(twice, [
    [
      'minimal.yaml',
      'missing-level-refused.yaml',
      'no-lines.yaml',
      'third-parties-never.yaml',
      'with-remarks.yaml',
    ],
  ]);
});

for (const name of invalid) {
  test(`invalid/${name} has its finding at its line`, () => {
    const { terms, findings } = check(`invalid/${name}`);
    const { code, line } = expected.get(name)!;
    const found = findings.find((one) => one.code === code && one.line === line);
    assert.ok(found, `expected ${code} in line ${line}, found ${JSON.stringify(findings)}`);
    // A warning leaves terms; an error never does.
    assert.equal(found.severity, name.startsWith('warn-') ? 'warning' : 'error');
    assert.equal(terms !== undefined, name.startsWith('warn-'), JSON.stringify(findings));
  });
}
