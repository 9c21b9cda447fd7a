import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { find, isThere, load, verbs } from './verbs.ts';

const files = readdirSync(fileURLToPath(new URL('./verbs', import.meta.url)))
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => name.slice(0, -'.ts'.length));

test('every file of verbs/ is listed', () => {
  const listed = new Set([...verbs.keys()].map((words) => words.replace(' ', '-')));
  assert.deepEqual(
    files.filter((name) => !listed.has(name)),
    [],
  );
});

for (const words of verbs.keys()) {
  test(`${words} begins its usage with its own name`, {
    skip: !isThere(words) && 'not in this version',
  }, async () => {
    const verb = await load(words);
    assert.ok(verb.usage.startsWith(words));
    assert.equal(typeof verb.run, 'function');
  });
}

test('two words are tried before one', () => {
  assert.deepEqual(find(['test', 'gate']), { words: 'test', rest: ['gate'] });
  assert.equal(find(['gnss']), undefined);
  assert.equal(find([]), undefined);
});
