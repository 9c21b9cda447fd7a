import { encodeMessage } from './encode-message.ts';
import { AisError } from './error.ts';
import type { AisDraft } from './message.ts';

export interface SentenceOptions {
  /** Two letters; default `AI`, a mobile station. */
  readonly talker?: string;
  /** Default `A`. */
  readonly channel?: 'A' | 'B' | null;
  /** Sequence number of a message in several sentences, 0-9; default 0. */
  readonly sequence?: number;
  /** As own ship (VDO) instead of received (VDM); default false. */
  readonly own?: boolean;
  /** Unix time of reception in milliseconds, for a tag block before the first sentence. */
  readonly time?: number;
  /** Receiving station, for the same; at most 15 letters and digits. */
  readonly source?: string;
}

/** Payload characters a sentence holds within the 82 of NMEA 0183, line end included. */
const MOST_PAYLOAD = 60;

/** Two hexadecimal digits of the exclusive or of all characters. */
function checksum(body: string): string {
  let sum = 0;
  for (let i = 0; i < body.length; i++) sum ^= body.charCodeAt(i);
  return sum.toString(16).toUpperCase().padStart(2, '0');
}

function tagBlock(options: SentenceOptions): string {
  const fields: string[] = [];
  if (options.source !== undefined) {
    if (!/^[A-Za-z0-9]{1,15}$/.test(options.source)) {
      throw new AisError('option-range', 'source', 'one to fifteen letters and digits');
    }
    fields.push(`s:${options.source}`);
  }
  if (options.time !== undefined) {
    const time = Math.round(options.time);
    if (!(time >= 1e11 && time < 1e14))
      throw new AisError('option-range', 'time', 'Unix milliseconds after 1973');
    fields.push(`c:${time % 1000 === 0 ? time / 1000 : time}`);
  }
  const body = fields.join(',');
  return body === '' ? '' : `\\${body}*${checksum(body)}\\`;
}

/**
 * A message as AIVDM (or AIVDO) sentences without line ends; what the draft leaves out is sent as "not available".
 * Throws `AisError` where a value does not fit its field.
 */
export function encodeSentences(draft: AisDraft, options: SentenceOptions = {}): string[] {
  const { talker = 'AI', channel = 'A', sequence = 0, own = false } = options;
  if (!/^[A-Z-]{2}$/.test(talker)) throw new AisError('option-range', 'talker', 'two capital letters');
  if (!(Number.isInteger(sequence) && sequence >= 0 && sequence <= 9)) {
    throw new AisError('option-range', 'sequence', 'a digit');
  }
  const { payload, fillBits } = encodeMessage(draft).armoured();
  const total = Math.ceil(payload.length / MOST_PAYLOAD);
  const formatter = `${talker}VD${own ? 'O' : 'M'}`;
  return Array.from({ length: total }, (_, i) => {
    const part = payload.slice(i * MOST_PAYLOAD, (i + 1) * MOST_PAYLOAD);
    const fill = i === total - 1 ? fillBits : 0;
    const body = `${formatter},${total},${i + 1},${total > 1 ? sequence : ''},${channel ?? ''},${part},${fill}`;
    return `${i === 0 ? tagBlock(options) : ''}!${body}*${checksum(body)}`;
  });
}
