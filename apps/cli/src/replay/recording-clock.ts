import { AisDecoder } from '@concord/ais';
import { createReceiver } from '@concord/gnss';

/** Tells the time in a recording. */
export interface RecordingClock {
  /** The last time told in these bytes, milliseconds; undefined where there is none. Only differences count. */
  push(bytes: Uint8Array): number | undefined;
}

/** The clock of a format; undefined for one that is not recorded over time, such as a catalogue of orbits. */
export function recordingClock(format: string | undefined): RecordingClock | undefined {
  if (format === 'rtcm3') {
    // Any week will do: an epoch's place in it is sent, and what counts is how far epochs are apart.
    const receiver = createReceiver({ reference: Date.now() });
    return {
      push: (bytes) => {
        const epoch = receiver.push(bytes).findLast((one) => one.event === 'epoch');
        return epoch && epoch.gpst * 1000;
      },
    };
  }
  if (format === 'ais') {
    const decoder = new AisDecoder();
    return {
      push: (bytes) => decoder.push(bytes).reports.findLast(({ time }) => time !== null)?.time ?? undefined,
    };
  }
  return undefined;
}
