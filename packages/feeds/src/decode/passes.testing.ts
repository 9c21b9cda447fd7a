import type { Decoded, IncomingItem, Quarantined } from '@concord/intake';
import type { DecodeContext } from './context.ts';
import { createDecoder } from './decoder.ts';
import type { Format } from './format.ts';

export const NOW = Date.parse('2026-11-24T00:00:00Z');
export const CONTEXT: DecodeContext = { now: () => NOW };

/** What a source gave in all. */
export interface Pass {
  readonly items: IncomingItem[];
  readonly quarantined: Quarantined[];
  readonly through: number;
}

/** A source in one piece, by one decoder. */
export function onePass(bytes: Uint8Array, format: Format, context = CONTEXT): Pass {
  const decoder = createDecoder(format, context);
  return joinedPass([decoder.push(bytes), decoder.end()]);
}

/** A source in pieces of these sizes, in turn, by one decoder. */
export function inPieces(
  bytes: Uint8Array,
  format: Format,
  sizes: readonly number[],
  context = CONTEXT,
): Pass {
  const decoder = createDecoder(format, context);
  const parts: Decoded[] = [];
  let at = 0;
  for (let turn = 0; at < bytes.length; turn++) {
    const size = Math.max(1, sizes[turn % sizes.length] ?? bytes.length);
    parts.push(decoder.push(bytes.subarray(at, at + size)));
    at += size;
  }
  parts.push(decoder.end());
  return joinedPass(parts);
}

/**
 * A source that breaks off at each of these offsets: there the decoder is thrown away, and another one takes up what
 * it left at its `through`, knowing the time of the last item.
 */
export function interrupted(
  bytes: Uint8Array,
  format: Format,
  breaks: readonly number[],
  context = CONTEXT,
): Pass {
  const parts: Decoded[] = [];
  let resumeAt = 0;
  let near = context.near;
  for (const end of [...breaks.map((at) => Math.min(at, bytes.length)).sort((a, b) => a - b), bytes.length]) {
    if (end < resumeAt) continue;
    const decoder = createDecoder(format, { ...context, resumeAt, ...(near !== undefined && { near }) });
    const part = decoder.push(bytes.subarray(resumeAt, end));
    parts.push(part);
    if (end === bytes.length) {
      parts.push(decoder.end());
      break;
    }
    resumeAt = part.through;
    near = part.items.at(-1)?.time ?? near;
  }
  return joinedPass(parts);
}

function joinedPass(parts: readonly Decoded[]): Pass {
  return {
    items: parts.flatMap((part) => part.items),
    quarantined: parts.flatMap((part) => part.quarantined),
    through: parts.at(-1)?.through ?? 0,
  };
}

/** How many items of each kind. */
export function counted(items: readonly IncomingItem[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const { kind } of items) counts[kind] = (counts[kind] ?? 0) + 1;
  return counts;
}
