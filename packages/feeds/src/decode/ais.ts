import { type AisBatch, AisDecoder, type AisReport } from '@concord/ais';
import type { Decoded, Decoder } from '@concord/intake';
import { AisRecords } from './ais-record.ts';
import type { DecodeContext } from './context.ts';
import { FaultRuns } from './fault-runs.ts';
import { HoldBack } from './hold-back.ts';
import { plainBytes, SourceWindow } from './source-window.ts';

const NEWLINE = 10;

/**
 * AIVDM and AIVDO sentences to `ais.position` and `ais.static`. Messages of other types are passed over.
 *
 * Resumed at a `through`, it gives the same items as one pass, but that parts A and B of class B static data are
 * joined from what was heard since, and lines are then counted from the place of resumption. A message without a time
 * of its own has the decoder's.
 */
export class AisItems implements Decoder {
  readonly #decoder: AisDecoder;
  readonly #live: boolean;
  readonly #window: SourceWindow;
  readonly #runs: FaultRuns;
  readonly #held = new HoldBack();
  readonly #records: AisRecords;
  /** Offset behind the last newline: a line that is too long is skipped by the decoder before it ends. */
  #lineStart: number;

  constructor(context: DecodeContext) {
    const { now, live = false, resumeAt = 0 } = context;
    this.#decoder = new AisDecoder({ keepSentences: true, startOffset: resumeAt });
    this.#live = live;
    this.#window = new SourceWindow(resumeAt);
    this.#runs = new FaultRuns(live);
    this.#records = new AisRecords(now);
    this.#lineStart = resumeAt;
  }

  push(chunk: Uint8Array): Decoded {
    const bytes = plainBytes(chunk);
    this.#window.push(bytes);
    const newline = bytes.lastIndexOf(NEWLINE);
    if (newline >= 0) this.#lineStart = this.#window.end - bytes.length + newline + 1;
    this.#take(this.#decoder.push(bytes));
    const read = Math.min(this.#decoder.through, this.#lineStart);
    if ((this.#runs.openEnd ?? read) < read) this.#runs.close();
    const through = Math.min(read, this.#runs.openSince ?? Infinity);
    return this.#give(this.#live ? Infinity : through, through);
  }

  end(): Decoded {
    this.#take(this.#decoder.end());
    this.#runs.close();
    return this.#give(Infinity, this.#window.end);
  }

  #give(readyTo: number, through: number): Decoded {
    this.#window.release();
    return { items: this.#held.take(readyTo), quarantined: this.#runs.take(), through };
  }

  /** Both lists are in stream order; what is good between two faults ends the run of the first. */
  #take({ reports, faults }: AisBatch): void {
    let at = 0;
    for (const fault of faults) {
      while (at < reports.length && (reports[at] as AisReport).line < fault.line)
        this.#report(reports[at++] as AisReport);
      const { byteOffset: byte, line, reason: code, text } = fault;
      const message = `${code}: ${text}`;
      if (code === 'incomplete') {
        this.#runs.add({ code, message, byte, length: 0, line, bytes: new TextEncoder().encode(text) });
        continue;
      }
      const length = this.#window.lineEnd(byte) - byte;
      const found = { code, message, byte, length, line, bytes: this.#window.sample(byte, length) };
      // Whatever is wrong with each of them: what is no sentence at all is cut into lines by chance.
      this.#runs.add(found, byte === this.#runs.openEnd);
    }
    while (at < reports.length) this.#report(reports[at++] as AisReport);
  }

  /**
   * Reading again from behind its first sentence does not give a message again, from before it does: so the offset
   * that counts is the byte after that sentence's first.
   */
  #report(report: AisReport): void {
    this.#runs.close();
    for (const item of this.#records.items(report)) this.#held.add(item, report.byteOffset + 1);
  }
}
