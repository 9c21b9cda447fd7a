import type { Quarantined } from '@concord/intake';
import { type Fault, quarantined } from './context.ts';

/**
 * Joins unusable input that lies back to back into one entry, so that a source of garbage gives one line and not
 * thousands. A recording's run is given when it has ended; on a live source the first of it is given at once, and
 * when it has ended how much more there was.
 */
export class FaultRuns {
  readonly #live: boolean;
  #first: Fault | undefined;
  #end = 0;
  #pieces = 0;
  #out: Quarantined[] = [];

  constructor(live: boolean) {
    this.#live = live;
  }

  /** Where the run begins that may still grow; undefined on a live source, where it has been told. */
  get openSince(): number | undefined {
    return this.#live ? undefined : this.#first?.byte;
  }

  /** Offset behind the run that may still grow. */
  get openEnd(): number | undefined {
    return this.#first && this.#end;
  }

  /** @param joins whether it belongs to the run under way; by default where it touches it and has the same code */
  add(fault: Fault, joins = fault.byte === this.#end && fault.code === this.#first?.code): void {
    if (this.#first !== undefined && fault.length > 0 && joins) {
      this.#end = fault.byte + fault.length;
      this.#pieces++;
      return;
    }
    this.close();
    if (this.#live || fault.length === 0) this.#out.push(quarantined(fault));
    if (fault.length === 0) return;
    this.#first = fault;
    this.#end = fault.byte + fault.length;
    this.#pieces = 1;
  }

  /** The run has ended: something good followed it. */
  close(): void {
    const first = this.#first;
    this.#first = undefined;
    if (first === undefined) return;
    const length = this.#end - first.byte;
    const more = this.#pieces - 1;
    if (!this.#live) {
      const message =
        more === 0 ? first.message : `${first.message}; and ${more} more up to byte ${this.#end}`;
      this.#out.push(quarantined({ ...first, message, length }));
    } else if (more > 0) {
      const byte = first.byte + first.length;
      const message = `${more} more up to byte ${this.#end}, the first of the run at byte ${first.byte}: ${first.message}`;
      const { line: _, ...rest } = first;
      this.#out.push(
        quarantined({ ...rest, message, byte, length: this.#end - byte, bytes: new Uint8Array(0) }),
      );
    }
  }

  /** What there is to quarantine now. */
  take(): Quarantined[] {
    const out = this.#out;
    this.#out = [];
    return out;
  }
}
