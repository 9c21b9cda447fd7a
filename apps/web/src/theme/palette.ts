/** Colours that are used outside of style sheets: on the map and for parties. */
export type Scheme = 'dark' | 'light';

export interface Palette {
  readonly space: string;
  readonly sea: string;
  readonly land: string;
  readonly shore: string;
  readonly grid: string;
  readonly word: string;
  readonly area: string;
  readonly ink: string;
  readonly halo: string;
  readonly selection: string;
  readonly event: string;
}

export const palettes: Readonly<Record<Scheme, Palette>> = {
  dark: {
    space: '#070b10',
    sea: '#0d1a26',
    land: '#1e2c39',
    shore: '#40566a',
    grid: '#1b2c3b',
    word: '#5f788d',
    area: '#8fa3b5',
    ink: '#0a1118',
    halo: '#0a1118',
    selection: '#ffffff',
    event: '#ff8f6b',
  },
  light: {
    space: '#dfe6ed',
    sea: '#cfdde8',
    land: '#f2f1ec',
    shore: '#93a6b6',
    grid: '#b6c8d7',
    word: '#5e7689',
    area: '#4d6073',
    ink: '#ffffff',
    halo: '#ffffff',
    selection: '#10202f',
    event: '#b3401a',
  },
};

/**
 * Parties are told apart by hue alone, of even weight: none of them is green for good or red for bad. After the palette
 * of Okabe and Ito, which holds for colour-blind eyes.
 */
const hues: Readonly<Record<Scheme, readonly string[]>> = {
  dark: ['#6cc0ee', '#eaa0cf', '#7fd0b4', '#e6c368', '#b3b3f2', '#d9a98a'],
  light: ['#0a6aa6', '#98407f', '#0b7258', '#7d5c00', '#4f4fb0', '#8a4f2a'],
};

/** Colours of parties by their place in the sorted list, so that all who know the same parties see the same. */
export function partyColours(parties: readonly string[], scheme: Scheme): ReadonlyMap<string, string> {
  const of = hues[scheme];
  return new Map([...new Set(parties)].sort().map((party, i) => [party, of[i % of.length] ?? '#888888']));
}

/** Red, green and blue in 0..1 of `#rrggbb`. */
export function rgb(colour: string): readonly [number, number, number] {
  const n = Number.parseInt(colour.slice(1), 16);
  return [((n >> 16) & 255) / 255, ((n >> 8) & 255) / 255, (n & 255) / 255];
}
