import assert from 'node:assert/strict';
import { globSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const document = readFileSync(join(root, 'docs/errors.md'), 'utf8');

/** The codes of a section's tables: what stands in code marks in the first column. */
function documented(section: string): string[] {
  const text = document.split(/^## /m).find((part) => part.split('\n')[0]?.toLowerCase() === section);
  return [...(text ?? '').matchAll(/^\| `([a-z0-9-]+)`/gm)].map((found) => found[1] ?? '');
}

/** The codes of a closed family, from its union of literals or its list. */
function declared(source: string): string[] {
  const family =
    /type \w*(?:ErrorCode|ProblemCode) =((?:(?!typeof)[^;])*);|_ERROR_CODES = \[([\s\S]*?)\] as const/;
  const found = family.exec(source.replace(/\/\*[\s\S]*?\*\//g, ''));
  return [...(found?.[1] ?? found?.[2] ?? '').matchAll(/'([a-z0-9-]+)'/g)].map((code) => code[1] ?? '');
}

const sources = new Map([
  ...globSync('packages/*/src/error.ts', { cwd: root }).map(
    (path) => [path.split('/')[1] ?? '', path] as const,
  ),
  ['agreement', 'packages/agreement/src/finding.ts'] as const,
  ['http', 'packages/endpoints/src/problem.ts'] as const,
]);

test('there are error families to look at', () => {
  assert.ok(sources.size >= 10);
});

for (const [section, path] of sources) {
  test(`docs/errors.md has every code of ${path} and no other`, () => {
    const codes = declared(readFileSync(join(root, path), 'utf8'));
    assert.ok(codes.length > 0, 'no codes were found: has the declaration changed its form?');
    assert.deepEqual(documented(section).sort(), codes.sort());
  });
}
