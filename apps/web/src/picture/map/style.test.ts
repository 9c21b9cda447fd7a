import assert from 'node:assert/strict';
import { test } from 'node:test';
import { palettes } from '../../theme/palette.ts';
import { layersOf, PICKED, SOURCES, styleOf } from './style.ts';

const colours = { palette: palettes.dark, parties: new Map([['alder', '#112233']]) };

test('every layer has its own name and a source that there is', () => {
  const { layers, sources } = styleOf(colours);
  const ids = layers.map((it) => it.id);
  assert.equal(new Set(ids).size, ids.length);
  for (const layer of layers)
    if ('source' in layer) assert.ok(Object.hasOwn(sources, layer.source), layer.id);
  for (const id of PICKED) assert.ok(ids.includes(id), id);
  assert.equal(Object.keys(sources).length, SOURCES.length);
});

test('no layer asks for glyphs, sprites or anything from elsewhere', () => {
  const style = styleOf(colours);
  assert.equal(style.glyphs, undefined);
  assert.equal(style.sprite, undefined);
  assert.ok(!JSON.stringify(style).includes('text-field'));
  assert.ok(!/https?:/.test(JSON.stringify(style)));
});

test('other colours change paint only', () => {
  const bare = (of: typeof colours) => layersOf(of).map(({ paint: _, ...layer }) => layer);
  assert.deepEqual(bare(colours), bare({ palette: palettes.light, parties: new Map() }));
});
