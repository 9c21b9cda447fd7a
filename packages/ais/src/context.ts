import { lineText } from './fault.ts';
import { checkedStar, hexByte } from './sentence.ts';

const COMMA = 44;

/** What lines around a sentence say about it. */
export interface SentenceContext {
  /** Unix time of reception in milliseconds. */
  time: number | null;
  /** Receiving station. */
  source: string | null;
  /** Sentence group of a tag block, `number-total-id`. */
  group: string | null;
}

export const noContext = (): SentenceContext => ({ time: null, source: null, group: null });

const SECONDS_UNTIL = 1e11; // A larger \c: value is in milliseconds: as seconds it would be after the year 5000.

const unsignedText = (text: string): number | null => {
  if (text.length === 0 || text.length > 15) return null;
  let value = 0;
  for (let i = 0; i < text.length; i++) {
    const digit = text.charCodeAt(i) - 48;
    if (digit < 0 || digit > 9) return null;
    value = value * 10 + digit;
  }
  return value;
};

/**
 * Reads a tag block (NMEA 0183 v4.10, IEC 61162-450): `\s:station,c:time,g:1-2-99*hh\`, its opening backslash at
 * `from`. Gives the index behind the closing backslash, or -1 where the block has no end or a wrong checksum. The
 * Danish `si:` (source identification) counts where there is no `s:`.
 */
export function readTagBlock(bytes: Uint8Array, from: number, to: number, context: SentenceContext): number {
  let close = from + 1;
  while (close < to && bytes[close] !== 92) close++;
  if (close >= to) return -1;
  const star = checkedStar(bytes, from + 1, close);
  if (star !== close - 3) return -1;
  for (const field of lineText(bytes, from + 1, star, 256).split(',')) {
    const colon = field.indexOf(':');
    if (colon < 0) continue;
    const value = field.slice(colon + 1);
    switch (field.slice(0, colon)) {
      case 'c': {
        const time = unsignedText(value);
        if (time !== null) context.time = time < SECONDS_UNTIL ? time * 1000 : time;
        break;
      }
      case 's':
        context.source = value;
        break;
      case 'si':
        context.source ??= value;
        break;
      case 'g':
        context.group = value;
        break;
    }
  }
  return close + 1;
}

/** A `$PGHP` line (Gatehouse): when and by which station the sentence with that checksum was received. */
export interface TimeLine {
  readonly time: number;
  readonly source: string | null;
  /** Checksum of the sentence it belongs to, where the line gives it; 00, as sent before own messages, is none. */
  readonly checksum: number | null;
}

/**
 * Reads `$PGHP,1,year,month,day,hour,minute,second,millisecond,country,region,station,online,checksum*hh` (UTC).
 * Undefined where the checksum is wrong or a time field is none.
 */
export function readTimeLine(bytes: Uint8Array, from: number, to: number): TimeLine | undefined {
  const star = checkedStar(bytes, from + 1, to);
  if (star < 0) return undefined;
  // Walked by hand: in some feeds every second line is one of these.
  let at = from + 6;
  let field = 0;
  let value = 0;
  let digits = 0;
  let [year, month, day, hour, minute, second, millisecond] = [0, 0, 0, 0, 0, 0, 0];
  let source: string | null = null;
  let checksum = -1;
  let start = at;
  for (; at <= star; at++) {
    const byte = bytes[at] as number;
    if (byte !== COMMA && at < star) {
      const digit = byte - 48;
      if (digit >= 0 && digit <= 9 && digits < 9) {
        value = value * 10 + digit;
        digits++;
      } else if (field < 8) return undefined;
      continue;
    }
    if (field < 8 && digits === 0) return undefined;
    if (field === 0 && value !== 1) return undefined;
    if (field === 1) year = value;
    else if (field === 2) month = value;
    else if (field === 3) day = value;
    else if (field === 4) hour = value;
    else if (field === 5) minute = value;
    else if (field === 6) second = value;
    else if (field === 7) millisecond = value;
    else if (field === 10 && at > start) source = lineText(bytes, start, at);
    else if (field === 12 && at === start + 2) checksum = hexByte(bytes, start);
    field++;
    value = 0;
    digits = 0;
    start = at + 1;
  }
  if (field < 8 || year < 1970 || year > 9999 || month < 1 || month > 12 || day < 1 || day > 31)
    return undefined;
  if (hour > 23 || minute > 59 || second > 60 || millisecond > 999) return undefined;
  const time = Date.UTC(year, month - 1, day, hour, minute, second, millisecond);
  return { time, source, checksum: checksum <= 0 ? null : checksum };
}

/**
 * Reads what the United States Coast Guard puts behind a sentence, `,rSTATION,…,unixTime`; `from` is the index behind
 * the checksum. Unknown fields are passed over.
 */
export function readTrailer(bytes: Uint8Array, from: number, to: number, context: SentenceContext): void {
  if (bytes[from] !== COMMA) return;
  const fields = lineText(bytes, from + 1, to, 256).split(',');
  for (const field of fields) {
    if (context.source === null && /^[rb][0-9A-Za-z]{2,}$/.test(field)) context.source = field;
  }
  const time = unsignedText(fields.at(-1) ?? '');
  if (context.time === null && time !== null && time > 1e8 && time < SECONDS_UNTIL)
    context.time = time * 1000;
}
