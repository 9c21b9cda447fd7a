import type { EphemerisMessage } from '../rtcm3/message.ts';
import { numberOf, satelliteId } from '../satellite.ts';
import {
  bdt,
  bdtFromGpst,
  type Gpst,
  gpst,
  gpstFromBdt,
  nearestInPeriod,
  SECONDS_PER_WEEK,
  weekAndSecond,
} from '../time/time-scale.ts';
import { accuracyFromIndex, accuracyIndex, type BroadcastEphemeris } from './ephemeris.ts';

/** 1019 counts weeks modulo 1024. */
const GPS_WEEK_PERIOD = 1024;

/**
 * Gives the times of a broadcast ephemeris their place on the time line.
 *
 * The 13 bits of 1042's week reach to 2163 and stand for themselves. The 10 bits of 1019's week are resolved to the
 * epoch nearest to `near`; without it the answer is undefined. A week counted at transmission while toe is already
 * in the next one is corrected when `near` shows it.
 */
export function resolveEphemeris(message: EphemerisMessage, near?: Gpst): BroadcastEphemeris | undefined {
  if (message.type === 1042) {
    const { fields: f } = message;
    const toe = overWeekEnd(gpstFromBdt(bdt(f.week, f.toe)), near);
    const { type, satellite, week, uraIndex, toc, ...rest } = f;
    return {
      ...rest,
      system: 'C',
      sat: satelliteId('C', satellite),
      accuracy: accuracyFromIndex(uraIndex),
      toe,
      toc: nearestInPeriod(gpstFromBdt(bdt(0, toc)) % SECONDS_PER_WEEK, toe, SECONDS_PER_WEEK),
    };
  }
  if (near === undefined) return undefined;
  const { type, satellite, week, uraIndex, toc, l2pDataOff, extendedFit, ...rest } = message.fields;
  const nearWeek = weekAndSecond(near).week;
  const fullWeek = week + Math.round((nearWeek - week) / GPS_WEEK_PERIOD) * GPS_WEEK_PERIOD;
  const toe = overWeekEnd(gpst(fullWeek, message.fields.toe), near);
  return {
    ...rest,
    system: 'G',
    sat: satelliteId('G', satellite),
    accuracy: accuracyFromIndex(uraIndex),
    l2pDataOff: l2pDataOff === 1,
    extendedFit: extendedFit === 1,
    toe,
    toc: nearestInPeriod(toc, toe, SECONDS_PER_WEEK),
  };
}

/** Moves toe by a week when that brings it from days away to the hours around `near`. */
function overWeekEnd(toe: Gpst, near: Gpst | undefined): Gpst {
  if (near === undefined) return toe;
  const shifted = nearestInPeriod(toe % SECONDS_PER_WEEK, near, SECONDS_PER_WEEK);
  const isNeighbour = Math.abs(shifted - toe) === SECONDS_PER_WEEK;
  return isNeighbour && Math.abs(shifted - near) < SECONDS_PER_WEEK / 14 ? shifted : toe;
}

/** The message that broadcasts an ephemeris: 1019 or 1042. */
export function ephemerisMessage(ephemeris: BroadcastEphemeris): EphemerisMessage {
  if (ephemeris.system === 'C') {
    const { system, sat, accuracy, ...rest } = ephemeris;
    const toe = weekAndSecond(bdtFromGpst(ephemeris.toe));
    const toc = weekAndSecond(bdtFromGpst(ephemeris.toc));
    return {
      kind: 'ephemeris',
      type: 1042,
      fields: {
        ...rest,
        type: 1042,
        satellite: numberOf(sat),
        uraIndex: accuracyIndex(accuracy),
        week: toe.week,
        toe: toe.second,
        toc: toc.second,
      },
    };
  }
  const { system, sat, accuracy, l2pDataOff, extendedFit, ...rest } = ephemeris;
  const toe = weekAndSecond(ephemeris.toe);
  return {
    kind: 'ephemeris',
    type: 1019,
    fields: {
      ...rest,
      type: 1019,
      satellite: numberOf(sat),
      uraIndex: accuracyIndex(accuracy),
      l2pDataOff: Number(l2pDataOff),
      extendedFit: Number(extendedFit),
      week: toe.week % GPS_WEEK_PERIOD,
      toe: toe.second,
      toc: weekAndSecond(ephemeris.toc).second,
    },
  };
}
