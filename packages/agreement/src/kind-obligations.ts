import type { ItemKind } from '@concord/label';
import type { Obligations } from './obligations.ts';

/** What is left of a record where its position is replaced by a cell: these fields and no others. */
interface Coarse {
  readonly stay: readonly string[];
  /** Instants (UTC, ISO 8601) that stay, rounded down: a track betrays a place by its times. */
  readonly instants: readonly string[];
  /** Milliseconds to which they are rounded, and the item's own time with them. */
  readonly round: number;
}

/** How a kind is released. */
interface Form {
  /**
   * What a coarser position does. 'none' where the record says no place; 'cannot' where a place cannot be taken out
   * without destroying the record or can be computed back from what is left, so that the obligation means deny.
   */
  readonly position: Coarse | 'none' | 'cannot';
  /** The fields without which a record of this kind means nothing: they cannot be dropped. */
  readonly keep: readonly string[];
  /** Fields that say the same as others in another notation: they go as soon as anything goes. */
  readonly repeats: readonly string[];
}

/** Fields of the Unified Data Library that say nothing about the thing itself. */
const marks = ['classificationMarking', 'dataMode'];
const whole = (...keep: string[]): Form => ({ position: 'cannot', keep, repeats: [] });

const FORMS: Readonly<Record<ItemKind, Form>> = {
  'gnss.observation': whole('receiver', 'ts', 'gnssObservationList'),
  'gnss.ephemeris': { position: 'none', keep: ['gnssSatId', 'toe'], repeats: ['raw'] },
  'gnss.position': {
    position: { stay: [...marks, 'receiver'], instants: ['ts'], round: 60_000 },
    keep: ['receiver', 'ts'],
    repeats: ['raw', 'ecef'],
  },
  'gnss.integrity': whole('ts'),
  'gnss.interference': whole('ts'),
  'ais.position': {
    position: {
      stay: [...marks, 'mmsi', 'navStatus', 'shipName', 'callSign', 'imon', 'shipType'],
      instants: ['ts'],
      round: 60_000,
    },
    keep: ['mmsi', 'ts'],
    repeats: ['raw'],
  },
  'ais.static': { position: 'none', keep: ['mmsi'], repeats: ['raw'] },
  'orbit.elset': whole('satNo', 'epoch'),
  'orbit.pass': whole('satNo'),
  'eo.scene': whole('sceneId', 'footprint', 'start'),
  'eo.detection': {
    position: {
      stay: [...marks, 'detectionId', 'length', 'width', 'confidence', 'objectType'],
      instants: ['ts'],
      round: 60_000,
    },
    keep: ['detectionId', 'ts'],
    repeats: ['raw'],
  },
  report: whole('title'),
  'thread.post': whole('body'),
  request: whole('subject'),
};

/** How a kind is released; the gate applies it, the reader of agreements refuses what cannot be done. */
export const formOf = (kind: ItemKind): Form => FORMS[kind];

/** Whether a field may be left out of a kind's record. */
export const droppable = (kind: ItemKind, field: string): boolean => !FORMS[kind].keep.includes(field);

/** False where the obligations ask of a kind what it cannot give: then the answer is deny. */
export const canOblige = (kind: ItemKind, { position, drop }: Obligations): boolean =>
  (position === undefined || FORMS[kind].position !== 'cannot') &&
  (drop === undefined || drop.every((field) => droppable(kind, field)));
