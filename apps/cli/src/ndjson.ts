import { printText } from './verb.ts';

const FULL = 64 * 1024;

/** Many lines to standard output: joined, and held up where the reader is slow. */
export class Lines {
  #parts: string[] = [];
  #size = 0;
  /** Lines so far. */
  count = 0;

  /** Adds an NDJSON line. */
  add(value: unknown): void {
    this.addText(JSON.stringify(value));
  }

  addText(line: string): void {
    this.#parts.push(line, '\n');
    this.#size += line.length;
    this.count++;
  }

  /** Writes if enough has gathered; to be awaited now and then, for memory is bounded by this only. */
  async pace(): Promise<void> {
    if (this.#size >= FULL) await this.end();
  }

  async end(): Promise<void> {
    const text = this.#parts.join('');
    this.#parts = [];
    this.#size = 0;
    if (text !== '') await printText(text);
  }
}
