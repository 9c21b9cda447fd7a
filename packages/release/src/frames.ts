import type { PartyId } from '@concord/label';
import type { Position, Tokens } from './position.ts';
import type { Rendered } from './render.ts';
import type { Row } from './row.ts';
import { FRAME_BYTES } from './session.ts';

/** One released item on its way to a group of readers. */
export interface Outgoing {
  readonly row: Row;
  readonly verdict: number;
  readonly rendered: Rendered;
  /** What a reader of the group has once it has taken this item. */
  readonly position: Position;
}

/** A buffer that every reader of a group is given, and how far it brings them. */
export interface Frame {
  readonly bytes: Buffer;
  readonly position: Position;
  /** Items in it. */
  readonly count: number;
}

/** Joins items into frames: one a write instead of one a message. */
export function frames(
  items: readonly Outgoing[],
  party: PartyId,
  tokens: Tokens,
  framing: 'lines' | 'events',
): Frame[] {
  const out: Frame[] = [];
  let text: string[] = [];
  let size = 0;
  let last: Position | undefined;
  const close = () => {
    if (last) out.push({ bytes: Buffer.from(text.join('')), position: last, count: text.length });
    text = [];
    size = 0;
  };
  for (const { rendered, position } of items) {
    const cursor = tokens.cursor(party, position);
    const line =
      framing === 'lines'
        ? `{"type":"item","cursor":"${cursor}",${rendered.body}\n`
        : `id: ${cursor}\nevent: item\ndata: {"type":"item","cursor":"${cursor}",${rendered.body}\n\n`;
    // Names and texts may be in any script: bytes are counted, not characters.
    const bytes = Buffer.byteLength(line);
    if (size > 0 && size + bytes > FRAME_BYTES) close();
    text.push(line);
    size += bytes;
    last = position;
  }
  if (size > 0) close();
  return out;
}
