import { DELAY_LADDER, type Obligations } from '@concord/agreement';
import { releasedForm } from '@concord/gate';
import type { PartyId } from '@concord/label';
import type { Catalogue } from './catalogue.ts';
import type { Tokens } from './position.ts';
import type { Row } from './row.ts';
import type { Standing } from './standing.ts';

/** Obligations as readers see them: the delay as a duration. */
export const obligationsJson = ({ position, delay, drop }: Obligations): string =>
  JSON.stringify({ position, delay: delay ? DELAY_LADDER[delay].text : undefined, drop });

/** What filters may look at: the item in its released form, never as it is stored. */
export interface Rendered {
  /** JSON text without its opening brace: `"id":…}`. The same for every reader of one party and verdict. */
  readonly body: string;
  readonly time: number;
  /** Where it is, as released: the point itself or an H3 cell; absent where it has no place. */
  readonly where?: { readonly lat: number; readonly lon: number } | { readonly cell: string };
}

/** Puts rows into the form in which they leave. */
export class Renderer {
  readonly #standing: Standing;
  readonly #catalogue: Catalogue;
  readonly #tokens: Tokens;

  constructor(standing: Standing, catalogue: Catalogue, tokens: Tokens) {
    this.#standing = standing;
    this.#catalogue = catalogue;
    this.#tokens = tokens;
  }

  /** Undefined where the form cannot be given: then the item is not released. */
  render(row: Row, verdict: number, party: PartyId): Rendered | undefined {
    const obligations = this.#standing.matrix.obligations(verdict);
    const stream = this.#catalogue.byId(row.stream);
    const facts = this.#standing.releaseFacts(row.releaseClass);
    if (!obligations || !stream || !facts) return undefined;
    const point = row.lat === null || row.lon === null ? undefined : { lat: row.lat, lon: row.lon };
    let { time } = row;
    let item = row.record;
    let where: Rendered['where'] = point;
    if (obligations.position || obligations.drop) {
      const record = JSON.parse(row.record) as Record<string, unknown>;
      const form = releasedForm(stream.kind, obligations, row.time, record, point);
      if (!form) return undefined;
      time = form.time;
      item = JSON.stringify(form.record);
      if (obligations.position) {
        const cell = form.record['cell'];
        where = typeof cell === 'string' ? { cell } : undefined;
      }
      if (obligations.drop?.some((field) => field === 'lat' || field === 'lon')) where = undefined;
    }
    const id = this.#tokens.id(party, row);
    const body =
      `"id":"${id}","stream":${JSON.stringify(stream.name)},"kind":"${stream.kind}",` +
      `"time":"${new Date(time).toISOString()}","label":${this.#catalogue.labelJson(row.label)},` +
      `"dataMode":"${facts.dataMode}","obligations":${obligationsJson(obligations)},` +
      `"originators":${JSON.stringify(facts.originators)},"series":${JSON.stringify(row.series)},"item":${item}}`;
    return where ? { body, time, where } : { body, time };
  }
}
