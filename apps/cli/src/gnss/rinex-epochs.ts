import { GnssError, type RinexEpoch, type RinexObs, readRinexObs } from '@concord/gnss';
import type { Findings } from '../findings.ts';
import { UsageError } from '../verb.ts';

/** Epochs are read in portions of about this many characters: files are larger than memory should have to be. */
const PORTION = 1024 * 1024;
/** No header is that long; a file without its end is none. */
const MOST_HEADER = 4 * 1024 * 1024;

/** A RINEX observation file on its way: its header first, then epochs. */
export interface RinexObsStream {
  readonly header: Pick<RinexObs, 'marker' | 'approximatePosition'>;
  readonly epochs: AsyncGenerator<RinexEpoch, void, undefined>;
}

/**
 * Reads a RINEX observation file piece by piece. Lines that are passed over go to the findings.
 *
 * @throws UsageError for a file that is none, or of a version that is not read
 */
export async function rinexEpochs(
  name: string,
  bytes: AsyncGenerator<Uint8Array, void, undefined>,
  findings: Findings,
): Promise<RinexObsStream> {
  const decoder = new TextDecoder('latin1');
  let text = '';
  let headerEnd = -1;
  while (headerEnd < 0) {
    const { done, value } = await bytes.next();
    if (!done) text += decoder.decode(value, { stream: true });
    headerEnd = endOfHeader(text);
    if (headerEnd < 0 && (done || text.length > MOST_HEADER)) headerEnd = text.length;
  }
  const header = text.slice(0, headerEnd);
  const { marker, approximatePosition } = readPortion(name, header);
  return { header: { marker, approximatePosition }, epochs: portions() };

  async function* portions(): AsyncGenerator<RinexEpoch, void, undefined> {
    const headerLines = linesIn(header);
    let body = text.slice(headerEnd);
    let line = headerLines;
    for (let ended = false; !ended; ) {
      const { done, value } = await bytes.next();
      ended = done === true;
      if (!done) body += decoder.decode(value, { stream: true });
      if (body.length < PORTION && !ended) continue;
      // An epoch is read whole: what follows its `>` may not all be there yet.
      const cut = ended ? body.length : body.lastIndexOf('\n>') + 1;
      if (cut === 0 && body.length < 16 * PORTION) continue;
      const portion = body.slice(0, cut || body.length);
      body = body.slice(portion.length);
      const file = readPortion(name, header + portion);
      const shift = line - headerLines;
      for (const epoch of file.epochs()) yield { ...epoch, line: epoch.line + shift };
      for (const skipped of file.skipped) {
        if (skipped.reason === 'malformed')
          findings.add(`line ${skipped.line + shift}`, 'malformed: passed over');
      }
      line += linesIn(portion);
    }
  }
}

function readPortion(name: string, text: string): RinexObs {
  try {
    return readRinexObs(text);
  } catch (cause) {
    if (cause instanceof GnssError) throw new UsageError(`${name}: ${cause.code}: ${cause.message}`);
    throw cause;
  }
}

/** Where the body begins; -1 while the header's end is not there. */
function endOfHeader(text: string): number {
  const label = text.indexOf('END OF HEADER');
  const newline = label < 0 ? -1 : text.indexOf('\n', label);
  return newline < 0 ? -1 : newline + 1;
}

function linesIn(text: string): number {
  let lines = 0;
  for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) lines++;
  return lines;
}
