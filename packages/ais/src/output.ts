import type { AisMessage } from './message.ts';
import type { AisReport } from './report.ts';

/** How a message was received, where that is known: the Unified Data Library's `ts`, and station and channel. */
export interface AisReception {
  /** Time of reception, ISO 8601 with Z. */
  readonly ts?: string;
  readonly source?: string;
  readonly channel?: string;
  /** Own ship (AIVDO). */
  readonly own?: true;
}

/** A line of output of `concord ais decode`: the message first, then what is known of its reception. */
export type AisLine = AisMessage & AisReception;

/** The line of output for a report. */
export function aisLine(report: AisReport): AisLine {
  const { message, time, source, channel, own } = report;
  return {
    ...message,
    ...(time === null ? {} : { ts: new Date(time).toISOString() }),
    ...(source === null ? {} : { source }),
    ...(channel === null ? {} : { channel }),
    ...(own ? { own } : {}),
  };
}
