import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { test } from 'node:test';
import { palettes, partyColours, rgb, type Scheme } from './palette.ts';

const luminance = (colour: string): number => {
  const [r, g, b] = rgb(colour).map((v) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4));
  return 0.2126 * (r ?? 0) + 0.7152 * (g ?? 0) + 0.0722 * (b ?? 0);
};
const contrast = (a: string, b: string): number => {
  const [high = 0, low = 0] = [luminance(a), luminance(b)].sort((x, y) => y - x);
  return (high + 0.05) / (low + 0.05);
};

const css = readFileSync(new URL('./tokens.css', import.meta.url), 'utf8');
function tokens(scheme: Scheme): Map<string, string> {
  const block = css.split(`[data-mantine-color-scheme="${scheme}"]`)[1]?.split('}')[0] ?? '';
  return new Map(
    [...block.matchAll(/--([a-z-]+):\s*(#[0-9a-f]{6});/g)].map(([, name, value]) => [
      name ?? '',
      value ?? '',
    ]),
  );
}

for (const scheme of ['dark', 'light'] as const) {
  test(`text has at least 4.5 to 1 on every ground (${scheme})`, () => {
    const all = tokens(scheme);
    const of = (name: string): string => {
      const value = all.get(name);
      assert.ok(value, `--${name} is not a colour`);
      return value;
    };
    for (const ink of ['ink', 'ink-dim', 'accent', 'good', 'warn', 'bad']) {
      for (const ground of ['ground', 'panel', 'raised']) {
        assert.ok(
          contrast(of(ink), of(ground)) >= 4.5,
          `--${ink} on --${ground}: ${contrast(of(ink), of(ground)).toFixed(2)}`,
        );
      }
    }
    for (const mode of ['real', 'exercise', 'test', 'simulated']) {
      const ratio = contrast(of(`mode-${mode}`), of(`mode-${mode}-ink`));
      assert.ok(ratio >= 4.5, `mode ${mode}: ${ratio.toFixed(2)}`);
    }
    assert.ok(contrast(of('accent-fill'), of('accent-ink')) >= 4.5);
    assert.ok(contrast(of('bad-fill'), of('bad-ink')) >= 4.5);
  });

  test(`marks of parties stand out from sea and land (${scheme})`, () => {
    for (const colour of partyColours(['a', 'b', 'c', 'd', 'e', 'f'], scheme).values()) {
      assert.ok(contrast(colour, palettes[scheme].sea) >= 3);
      assert.ok(contrast(colour, palettes[scheme].land) >= 3);
    }
  });
}

test('a party has the same colour whatever the order of the list', () => {
  assert.deepEqual(
    partyColours(['birch', 'alder'], 'dark'),
    partyColours(['alder', 'birch', 'alder'], 'dark'),
  );
});
