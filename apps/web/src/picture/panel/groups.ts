import type { Stream } from '../../api/contract.ts';

/** Streams of one kind of one party: one line of the panel, however many feeds there are. */
export interface KindGroup {
  readonly kind: string;
  readonly streams: readonly Stream[];
}

export interface PartyGroup {
  readonly party: string;
  readonly kinds: readonly KindGroup[];
}

/** Groups streams by party, the reader's own first, and by kind. */
export function groupStreams(streams: readonly Stream[], own: string): PartyGroup[] {
  const parties = new Map<string, Map<string, Stream[]>>();
  for (const stream of streams) {
    const kinds = parties.get(stream.party) ?? new Map<string, Stream[]>();
    parties.set(stream.party, kinds);
    kinds.set(stream.kind, [...(kinds.get(stream.kind) ?? []), stream]);
  }
  const rank = (party: string): string => (party === own ? '' : party);
  return [...parties]
    .sort(([a], [b]) => (rank(a) < rank(b) ? -1 : 1))
    .map(([party, kinds]) => ({
      party,
      kinds: [...kinds]
        .map(([kind, of]) => ({ kind, streams: of }))
        .sort((a, b) => (a.kind < b.kind ? -1 : 1)),
    }));
}
