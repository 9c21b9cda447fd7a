/** The kinds of item that can be released: a closed list. Later kinds are added here. */
export const ITEM_KINDS = [
  'gnss.observation',
  'gnss.ephemeris',
  'gnss.position',
  'gnss.integrity',
  'gnss.interference',
  'ais.position',
  'ais.static',
  'orbit.elset',
  'orbit.pass',
  'eo.scene',
  'eo.detection',
  'report',
  'thread.post',
  'request',
] as const;

export type ItemKind = (typeof ITEM_KINDS)[number];

const known: ReadonlySet<string> = new Set(ITEM_KINDS);

export const isItemKind = (text: string): text is ItemKind => known.has(text);

/** A product is released one by one, each with a receipt of its own; observations flow in streams. */
export const isProduct = (kind: ItemKind): boolean =>
  kind === 'report' || kind === 'thread.post' || kind === 'request' || kind === 'eo.scene';
