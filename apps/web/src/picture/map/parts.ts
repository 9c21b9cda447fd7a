type Features = readonly GeoJSON.Feature[];

/**
 * Features of a source by the part that each comes from. Few sources with many parts: for every source that has areas or
 * lines the map masks each of its tiles anew in every frame, which on a globe is most of the work.
 */
export class Parts<Source extends string> {
  readonly #parts = new Map<Source, Map<string, Features>>();
  readonly #changed = new Set<Source>();

  /** Replaces a part. Each feature is given the name of its part as `part`. */
  set(source: Source, part: string, features: Features): void {
    const parts = this.#parts.get(source) ?? new Map<string, Features>();
    this.#parts.set(source, parts);
    if (features.length === 0 && (parts.get(part)?.length ?? 0) === 0) return;
    parts.set(
      part,
      features.map((it) => ({ ...it, properties: { ...it.properties, part } })),
    );
    this.#changed.add(source);
  }

  /** The sources that changed since the last call, each whole. */
  take(): [Source, GeoJSON.FeatureCollection][] {
    const taken = [...this.#changed].map((source): [Source, GeoJSON.FeatureCollection] => [
      source,
      { type: 'FeatureCollection', features: [...(this.#parts.get(source)?.values() ?? [])].flat() },
    ]);
    this.#changed.clear();
    return taken;
  }
}
