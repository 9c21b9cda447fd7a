import { bearing, latitude, longitude, quantity, whole } from '../../format/measure.ts';
import { instant, parseTime } from '../../format/time.ts';
import { type MessageKey, say, sayMaybe } from '../../words/say.ts';
import { type Item, number, text } from '../objects/kind.ts';

export interface Field {
  readonly label: string;
  readonly value: string;
  readonly code?: true;
}

const field = (key: MessageKey, value: string): Field[] =>
  value === '–' || value === '' ? [] : [{ label: say(key), value }];
const code = (key: MessageKey, value: string | undefined): Field[] =>
  value === undefined ? [] : [{ label: say(key), value, code: true }];

const time = (value: unknown): string => instant(parseTime(value));
const list = (value: unknown): string =>
  Array.isArray(value) ? value.filter((it) => typeof it === 'string').join(' ') : '';

const place = (item: Item): Field[] => [
  ...field('field.latitude', latitude(item['lat'])),
  ...field('field.longitude', longitude(item['lon'])),
  ...code('field.cell', text(item['cell'])),
];

function excluded(value: unknown): string {
  if (!Array.isArray(value)) return '';
  return value
    .map((it: unknown) => {
      const { sat, why } = (typeof it === 'object' && it !== null ? it : {}) as Item;
      return why === undefined ? String(sat) : `${String(sat)} (${String(why)})`;
    })
    .join(', ');
}

function status(value: unknown): string {
  const n = number(value);
  return n === undefined ? '–' : sayMaybe(`navStatus.${n}`, String(n));
}

const readers: Readonly<Record<string, (item: Item) => Field[]>> = {
  'gnss.position': (item) => [
    ...place(item),
    ...field('field.altitude', quantity(item['alt'], 1, 'm')),
    ...field('field.satellitesUsed', list(item['satellitesUsed'])),
    ...field('field.satellitesExcluded', excluded(item['satellitesExcluded'])),
    ...field('field.hDop', quantity(item['hDop'], 2)),
    ...field('field.vDop', quantity(item['vDop'], 2)),
    ...field('field.residual', quantity(item['residual_m'], 2, 'm')),
  ],
  'ais.position': (item) => [
    ...code('field.mmsi', text(item['mmsi'])),
    ...place(item),
    ...field('field.speed', quantity(item['speed'], 1, 'kn')),
    ...field('field.course', bearing(item['course'])),
    ...field('field.heading', bearing(item['trueHeading'])),
    ...field('field.navStatus', status(item['navStatus'])),
    ...field('field.rateOfTurn', quantity(item['rateOfTurn'], 1, '°/min')),
  ],
  'ais.static': (item) => [
    ...code('field.callSign', text(item['callSign'])),
    ...field('field.shipType', text(item['shipType']) ?? '–'),
    ...field('field.size', size(item)),
    ...field('field.draught', quantity(item['draught'], 1, 'm')),
    ...field('field.destination', text(item['destination']) ?? '–'),
  ],
  'orbit.elset': (item) => [
    ...code('field.satNo', text(item['satNo'])),
    ...code('field.origObjectId', text(item['origObjectId'])),
    ...field('field.epoch', time(item['epoch'])),
    ...field('field.meanMotion', quantity(item['meanMotion'], 6, 'rev/d')),
    ...field('field.inclination', quantity(item['inclination'], 3, '°')),
    ...field('field.eccentricity', quantity(item['eccentricity'], 6)),
    ...field('field.imaging', swath(item['imaging'])),
  ],
  'eo.scene': (item) => [
    ...code('field.scene', text(item['sceneId'])),
    ...field('field.platform', text(item['platform']) ?? '–'),
    ...field('field.start', time(item['start'])),
    ...field('field.end', time(item['end'])),
    ...field('field.gsd', quantity(item['gsd_m'], 1, 'm')),
    ...field('field.cloud', quantity(item['cloudCover'], 0, '%')),
  ],
  'eo.detection': (item) => [
    ...code('field.scene', text(item['sceneId'])),
    ...place(item),
    ...field('field.length', quantity(item['length'], 0, 'm')),
    ...field('field.heading', bearing(item['heading'])),
    ...field('field.confidence', percent(item['confidence'])),
  ],
};

const size = (item: Item): string =>
  number(item['length']) === undefined ? '–' : `${whole(item['length'])} × ${whole(item['width'])} m`;

function swath(value: unknown): string {
  if (typeof value !== 'object' || value === null) return '–';
  const half = number((value as Item)['halfSwath_km']);
  return half === undefined ? '–' : quantity(half * 2, 0, 'km');
}

const percent = (value: unknown): string => {
  const n = number(value);
  return n === undefined ? '–' : `${Math.round(n * 100)} %`;
};

const hiddenKeys = new Set(['raw', 'thumbnail', 'footprint', 'area', 'geometry', 'ecef']);

/** What an item says, in the order an officer reads it. Kinds without an own list show all their plain fields. */
export function fieldsOf(kind: string, item: Item): Field[] {
  const reader = Object.hasOwn(readers, kind) ? readers[kind] : undefined;
  if (reader !== undefined) return reader(item);
  return [
    ...place(item),
    ...Object.entries(item).flatMap(([name, value]) => {
      if (hiddenKeys.has(name) || ['lat', 'lon', 'cell'].includes(name)) return [];
      const label = sayMaybe(`field.${name}`, name);
      if (name === 'confidence') return [{ label, value: percent(value) }];
      if (typeof value === 'string' && /^\d{4}-\d\d-\d\dT/.test(value))
        return [{ label, value: time(value) }];
      if (typeof value === 'string' || typeof value === 'number') return [{ label, value: String(value) }];
      if (Array.isArray(value)) return [{ label, value: list(value) }].filter((it) => it.value !== '');
      return [];
    }),
  ];
}
