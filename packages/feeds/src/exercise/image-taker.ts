import type { Imager } from './imagers.ts';
import { boxOf, clip, type PlanePoint } from './plane.ts';
import { covers, crosses, frameOf, type Section, sectionAt } from './swath-section.ts';
import type { Waters } from './waters.ts';

/** An image that was taken: when, and of what, in the waters' plane. */
export interface Take {
  readonly imager: Imager;
  readonly start: number;
  readonly end: number;
  /** Counterclockwise is not promised; not closed. */
  readonly footprint: readonly PlanePoint[];
}

/** Kilometres around the corridor that are taken along. */
const MARGIN_KM = 25;
const SECOND = 1000;
/** Milliseconds after the start at which the first frame is taken. */
const FIRST_FRAME = 20_000;

/**
 * Watches one satellite and says when an image is finished: a strip when its line has left the waters, a frame every so
 * often while it covers any of them. To be asked in steps; what an image shows does not depend on their size.
 */
export class ImageTaker {
  readonly #imager: Imager;
  readonly #waters: Waters;
  /** The next instant to look at. */
  #next: number;
  #before: Section | undefined;
  #strip: { readonly since: number; readonly sections: Section[] } | undefined;

  constructor(imager: Imager, waters: Waters, start: number) {
    this.#imager = imager;
    this.#waters = waters;
    this.#next = start + (imager.sensor.kind === 'frame' ? FIRST_FRAME : 0);
  }

  /** Images finished up to an instant; those of before `from` are passed over. */
  take(until: number, from = Number.NEGATIVE_INFINITY): Take[] {
    const { sensor } = this.#imager;
    const step = sensor.kind === 'frame' ? sensor.everyMs : SECOND;
    const taken: Take[] = [];
    if (this.#next < from) {
      this.#next += Math.ceil((from - this.#next) / step) * step;
      this.#strip = undefined;
      this.#before = undefined;
    }
    for (; this.#next <= until; this.#next += step) {
      const found = sensor.kind === 'frame' ? this.#frame(this.#next) : this.#line(this.#next);
      if (found !== undefined) taken.push(found);
    }
    return taken;
  }

  #frame(at: number): Take | undefined {
    const section = sectionAt(this.#imager, this.#waters, at);
    if (section === undefined) return undefined;
    const frame = frameOf(section);
    return covers(frame, this.#waters) ? this.#taken(at, at, frame) : undefined;
  }

  /** A strip reaches from the last line before the waters to the first behind them. */
  #line(at: number): Take | undefined {
    const section = sectionAt(this.#imager, this.#waters, at);
    const before = this.#before;
    this.#before = section;
    if (section !== undefined && crosses(section, this.#waters)) {
      this.#strip ??= before ? { since: at - SECOND, sections: [before] } : { since: at, sections: [] };
      this.#strip.sections.push(section);
      return undefined;
    }
    const strip = this.#strip;
    this.#strip = undefined;
    if (strip === undefined) return undefined;
    const sections = section ? [...strip.sections, section] : strip.sections;
    const edges = [...sections.map(({ left }) => left), ...sections.map(({ right }) => right).reverse()];
    return this.#taken(strip.since, section ? at : at - SECOND, edges);
  }

  #taken(start: number, end: number, seen: readonly PlanePoint[]): Take | undefined {
    const footprint = clip(seen, boxOf(this.#waters.ring, MARGIN_KM));
    return footprint.length < 3 ? undefined : { imager: this.#imager, start, end, footprint };
  }
}
