import type { Decoded, Decoder, IncomingItem } from '@concord/intake';
import { type CatalogueBatch, CatalogueReader, type Elset } from '@concord/orbit';
import type { DecodeContext } from './context.ts';
import { FaultRuns } from './fault-runs.ts';
import { plainBytes, SourceWindow } from './source-window.ts';

/**
 * Two-line element sets and OMM in JSON to `orbit.elset`, series = catalogue number, time = epoch. The record is
 * @concord/orbit's `Elset` (the UDL's field names), with `imaging` where the feed knows the satellite's sensor.
 *
 * Bad records that no good one separates make one entry of quarantine. Resumed at a `through`, the decoder gives the
 * same items as one pass; lines are then counted from the place of resumption.
 */
export class CatalogueItems implements Decoder {
  readonly #reader: CatalogueReader;
  readonly #window: SourceWindow;
  readonly #runs: FaultRuns;
  readonly #imaging: DecodeContext['imaging'];

  constructor(form: 'tle' | 'omm', context: DecodeContext) {
    const { live = false, resumeAt = 0, imaging } = context;
    // A document that is taken up in its middle does not begin as it should; else its first characters tell the form.
    const format = form === 'tle' ? 'tle' : resumeAt > 0 ? 'omm-json' : 'auto';
    this.#reader = new CatalogueReader({ format, startOffset: resumeAt });
    this.#window = new SourceWindow(resumeAt);
    this.#runs = new FaultRuns(live);
    this.#imaging = imaging;
  }

  push(chunk: Uint8Array): Decoded {
    const bytes = plainBytes(chunk);
    this.#window.push(bytes);
    const items = this.#take(this.#reader.push(bytes));
    return this.#give(items, Math.min(this.#reader.through, this.#runs.openSince ?? Infinity));
  }

  end(): Decoded {
    const items = this.#take(this.#reader.end());
    this.#runs.close();
    return this.#give(items, this.#window.end);
  }

  #give(items: IncomingItem[], through: number): Decoded {
    this.#window.release();
    return { items, quarantined: this.#runs.take(), through };
  }

  #take({ records, faults }: CatalogueBatch): IncomingItem[] {
    const items: IncomingItem[] = [];
    let at = 0;
    const takeRecords = (before: number): void => {
      for (
        let record = records[at];
        record !== undefined && record.byteOffset < before;
        record = records[++at]
      ) {
        this.#runs.close();
        items.push(elsetItem(record.elset, this.#imaging));
      }
    };
    for (const { byteOffset: byte, line, field, reason, message, text } of faults) {
      takeRecords(byte);
      const length = Math.max(1, this.#window.lineEnd(byte) - byte);
      const sample = this.#window.sample(byte, length);
      const bytes = sample.length > 0 ? sample : new TextEncoder().encode(text);
      const fault = { code: reason, message, byte, length, line, bytes, ...(field !== null && { field }) };
      this.#runs.add(fault, true);
    }
    takeRecords(Infinity);
    return items;
  }
}

function elsetItem(elset: Elset, imaging?: DecodeContext['imaging']): IncomingItem {
  const sensor = imaging?.get(elset.satNo);
  return {
    kind: 'orbit.elset',
    time: Date.parse(elset.epoch),
    series: String(elset.satNo),
    record: { ...elset, ...(sensor && { imaging: sensor }) },
  };
}
