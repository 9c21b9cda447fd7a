import { type AisDraft, encodeSentences } from '@concord/ais';
import { type Vessel, vesselAt } from './fleet.ts';
import { between, seeded } from './random.ts';
import type { Waters } from './waters.ts';

/** Statics are sent this often, milliseconds. */
const STATIC_INTERVAL = 60_000;

interface Schedule {
  readonly vessel: Vessel;
  readonly interval: number;
  /** Of the second and following position reports, after the start. */
  readonly phase: number;
  nextPosition: number;
  nextStatic: number;
}

/** How often a vessel reports, milliseconds: faster ones more often (after ITU-R M.1371-5, table 1). */
export const reportInterval = (speed: number): number => (speed >= 23 ? 2000 : speed >= 14 ? 6000 : 10_000);

/**
 * The AIS transmissions of a fleet, as a coast station hears them: AIVDM sentences of types 1, 3, 5, 18 and 24, each
 * with a tag block that has the instant. Every vessel is heard within two seconds of the start, its particulars within
 * eight.
 */
export class Radio {
  readonly #schedules: readonly Schedule[];
  readonly #waters: Waters;
  readonly #start: number;

  constructor(fleet: readonly Vessel[], waters: Waters, seed: string, start: number) {
    this.#waters = waters;
    this.#start = start;
    this.#schedules = fleet.map((vessel) => {
      const random = seeded(`${seed}/radio/${vessel.mmsi}`);
      const interval = reportInterval(vessel.speed);
      return {
        vessel,
        interval,
        phase: Math.round(2000 + random() * interval),
        nextPosition: Math.round(random() * 2000),
        nextStatic: Math.round(between(random, 200, 8000)),
      };
    });
  }

  /** What is sent from the last call up to an instant (milliseconds UTC), in order, lines with their ends. */
  take(until: number, from = Number.NEGATIVE_INFINITY): string {
    const sent: { readonly at: number; readonly mmsi: number; readonly lines: string[] }[] = [];
    for (const schedule of this.#schedules) {
      const { vessel } = schedule;
      for (; this.#start + schedule.nextPosition <= until; schedule.nextPosition = following(schedule)) {
        const at = this.#start + schedule.nextPosition;
        if (at > from) sent.push({ at, mmsi: vessel.mmsi, lines: this.#position(vessel, at) });
      }
      for (; this.#start + schedule.nextStatic <= until; schedule.nextStatic += STATIC_INTERVAL) {
        const at = this.#start + schedule.nextStatic;
        if (at > from) sent.push({ at, mmsi: vessel.mmsi, lines: this.#statics(vessel, at) });
      }
    }
    sent.sort((a, b) => a.at - b.at || a.mmsi - b.mmsi);
    return sent.flatMap(({ lines }) => lines.map((line) => `${line}\r\n`)).join('');
  }

  #position(vessel: Vessel, at: number): string[] {
    const { x, y, course, turn } = vesselAt(vessel, at - this.#start);
    const { lat, lon } = this.#waters.plane.toPoint({ x, y });
    const common = {
      mmsi: vessel.mmsi,
      lat,
      lon,
      posHiAccuracy: true,
      speed: vessel.speed,
      course,
      trueHeading: Math.round(course + vessel.drift + 360) % 360,
      second: Math.floor(at / 1000) % 60,
    };
    if (vessel.class === 'B') return this.#encode({ type: 18, ...common }, at);
    const rateOfTurn = (turn * vessel.speed * 1.852) / 60;
    const type = turn === 0 ? 1 : 3;
    return this.#encode({ type, ...common, navStatus: vessel.navStatus, rateOfTurn }, at);
  }

  #statics(vessel: Vessel, at: number): string[] {
    const { mmsi, name: shipName, callSign, shipType, length, width, draught } = vessel;
    const bow = Math.round(length * 0.7);
    const port = Math.floor(width / 2);
    const antennaRefDimensions = [bow, length - bow, port, width - port] as const;
    if (vessel.class === 'A') {
      const voyage = { draught, destination: 'EXERCISE' };
      return this.#encode(
        { type: 5, mmsi, shipName, callSign, shipType, antennaRefDimensions, ...voyage },
        at,
      );
    }
    return [
      ...this.#encode({ type: 24, part: 'A', mmsi, shipName }, at),
      ...this.#encode({ type: 24, part: 'B', mmsi, callSign, shipType, antennaRefDimensions }, at),
    ];
  }

  /** Channel and group number follow from vessel and instant, so that they do not depend on how time is stepped. */
  #encode(draft: AisDraft, time: number): string[] {
    const turn = Math.floor(time / 1000) + draft.mmsi;
    return encodeSentences(draft, {
      channel: turn % 2 === 0 ? 'A' : 'B',
      sequence: turn % 10,
      time,
      source: 'EXERCISE',
    });
  }
}

/** The report after the one that is due: the first is early, so that the picture fills at once. */
function following({ nextPosition, phase, interval }: Schedule): number {
  return nextPosition < phase ? phase : nextPosition + interval;
}
