import { explain, forReader, type Permit, type Reason } from '@concord/gate';
import type { PartyId, StreamId } from '@concord/label';
import type { Catalogue, Stream } from './catalogue.ts';
import type { Reader } from './reader.ts';
import { obligationsJson } from './render.ts';
import type { Standing } from './standing.ts';

export interface StreamView {
  readonly stream: StreamId;
  readonly party: PartyId;
  readonly feed: string;
  readonly kind: string;
  readonly banners: readonly string[];
  readonly dataModes: readonly string[];
  readonly obligations: readonly unknown[];
  readonly permittedBy: readonly Permit[];
}

/** What readers may know of streams, and why they have them as they do. */
export class StreamViews {
  readonly #standing: Standing;
  readonly #catalogue: Catalogue;
  readonly #now: () => number;

  constructor(standing: Standing, catalogue: Catalogue, now: () => number) {
    this.#standing = standing;
    this.#catalogue = catalogue;
    this.#now = now;
  }

  /** Streams of which something has been released to a reader by now: hidden and absent are one. */
  visible(reader: Reader): Stream[] {
    return this.#catalogue.visible(this.#standing, reader.subjectClass, this.#now());
  }

  ids(reader: Reader): ReadonlySet<number> {
    return new Set(this.visible(reader).map((stream) => stream.id));
  }

  view(reader: Reader, { id, name, party, feed, kind }: Stream): StreamView {
    const { matrix } = this.#standing;
    const classes = [...this.#catalogue.released(this.#standing, reader.subjectClass, id, this.#now())];
    const distinct = <T>(list: readonly T[]) => [
      ...new Map(list.map((one) => [JSON.stringify(one), one])).values(),
    ];
    const facts = classes.flatMap(({ releaseClass }) => this.#standing.releaseFacts(releaseClass) ?? []);
    return {
      stream: name,
      party,
      feed,
      kind,
      banners: distinct(
        facts.map((f) => [`${f.policy} ${f.classification}`, ...f.caveats, f.dataMode].join(' // ')),
      ),
      dataModes: distinct(facts.map((f) => f.dataMode)),
      obligations: distinct(
        classes.map(({ verdict }) => JSON.parse(obligationsJson(matrix.obligations(verdict) ?? {}))),
      ),
      permittedBy: distinct(
        classes.flatMap(({ releaseClass }) => matrix.permits(releaseClass, reader.subjectClass)),
      ),
    };
  }

  /** Why a stream is released as it is; undefined alike where it is hidden and where there is none. */
  reasons(
    reader: Reader,
    name: string,
  ): { verdict: 'release'; obligations: unknown; why: Reason }[] | undefined {
    const stream = this.visible(reader).find((one) => one.name === name);
    const subject = this.#standing.subjectFacts(reader.subjectClass);
    if (!stream || !subject) return undefined;
    return [...this.#catalogue.released(this.#standing, reader.subjectClass, stream.id, this.#now())].flatMap(
      ({ releaseClass, verdict }) => {
        const facts = this.#standing.releaseFacts(releaseClass);
        const why =
          facts &&
          forReader(explain(this.#standing.world, facts, subject), subject.party, this.#standing.world);
        const obligations = JSON.parse(obligationsJson(this.#standing.matrix.obligations(verdict) ?? {}));
        return why ? [{ verdict: 'release' as const, obligations, why }] : [];
      },
    );
  }
}
