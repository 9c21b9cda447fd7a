import type { ItemKind } from '@concord/label';
import type { Obligations } from './obligations.ts';

/**
 * What each kind allows to be done to it. `position`: the fields that say or give away where it is, which a coarser
 * position takes out; 'none' where the record says no place; 'cannot' where a place cannot be taken out without
 * destroying the record or can be computed back from what is left (so the obligation means deny). `keep`: the fields
 * without which a record of this kind means nothing.
 */
interface Form {
  readonly position: readonly string[] | 'none' | 'cannot';
  /** The instant is rounded down to this many milliseconds, for a track betrays a place by its times. */
  readonly roundTime?: number;
  readonly keep: readonly string[];
}

const FORMS: Readonly<Record<ItemKind, Form>> = {
  'gnss.observation': { position: 'cannot', keep: ['receiver', 'ts', 'gnssObservationList'] },
  'gnss.ephemeris': { position: 'none', keep: ['gnssSatId', 'toe'] },
  'gnss.position': {
    position: [
      'lat',
      'lon',
      'alt',
      'ecef',
      'reference',
      'error_m',
      'residual_m',
      'satellitesUsed',
      'satellitesExcluded',
      'hDop',
      'vDop',
      'pDop',
      'clockBias_m',
      'interSystemBias_m',
    ],
    roundTime: 60_000,
    keep: ['receiver', 'ts'],
  },
  'gnss.integrity': { position: 'cannot', keep: ['ts'] },
  'gnss.interference': { position: 'cannot', keep: ['ts'] },
  'ais.position': {
    position: [
      'lat',
      'lon',
      'raw',
      'speed',
      'course',
      'trueHeading',
      'rateOfTurn',
      'posHiAccuracy',
      'seconds',
    ],
    roundTime: 60_000,
    keep: ['mmsi', 'ts'],
  },
  'ais.static': { position: 'none', keep: ['mmsi'] },
  'orbit.elset': { position: 'cannot', keep: ['satNo', 'epoch'] },
  'orbit.pass': { position: 'cannot', keep: ['satNo'] },
  'eo.scene': { position: 'cannot', keep: ['sceneId', 'footprint', 'start'] },
  'eo.detection': {
    position: ['lat', 'lon', 'heading', 'chip'],
    roundTime: 60_000,
    keep: ['detectionId', 'ts'],
  },
  report: { position: 'cannot', keep: ['title'] },
  'thread.post': { position: 'cannot', keep: ['body'] },
  request: { position: 'cannot', keep: ['subject'] },
};

/** How a kind is released; the gate applies it, the reader of agreements refuses what cannot be done. */
export const formOf = (kind: ItemKind): Form => FORMS[kind];

/** False where the obligations ask of a kind what it cannot give: then the answer is deny. */
export const canOblige = (kind: ItemKind, obligations: Obligations): boolean =>
  obligations.position === undefined || FORMS[kind].position !== 'cannot';

/** Whether a field may be left out of a kind's record. */
export const droppable = (kind: ItemKind, field: string): boolean => !FORMS[kind].keep.includes(field);
