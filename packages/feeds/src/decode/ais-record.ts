import { type AisMessage, type AisReport, navStatusText, shipTypeText } from '@concord/ais';
import type { IncomingItem } from '@concord/intake';

/** Vessels whose class B static data are remembered, to join its two parts. */
const REMEMBERED = 20_000;

type Fields = Record<string, unknown>;

/**
 * AIS messages as records of the Unified Data Library's `ais`, series = MMSI with nine digits.
 *
 * `ais.position` (types 1-3, 4, 9, 11, 18, 19, 21, 27): `{mmsi, ts, messageType, lat, lon, posHiAccuracy, speed,
 * course, trueHeading, rateOfTurn, navStatus, seconds, raw}`: degrees, knots, degrees a minute; `seconds` is the
 * UTC second of the fix, `navStatus` the words of M.1371, `raw` the sentences, a line each. What the sender marks as
 * not available is null; a position without coordinates has no place.
 *
 * `ais.static` (types 5, 19, 21, 24): `{mmsi, ts, messageType, shipName, callSign, imon, shipType, length, width,
 * antennaRefDimensions, draught, destination, destinationETA}`, metres; fields that the message type lacks are left
 * out. The parts A and B of type 24 are joined, since each alone would hide the other as the latest of its vessel.
 */
export class AisRecords {
  readonly #now: () => number;
  readonly #partial = new Map<number, Fields>();

  constructor(now: () => number) {
    this.#now = now;
  }

  items({ message, time, sentences }: AisReport): IncomingItem[] {
    const at = time ?? this.#now();
    const items: IncomingItem[] = [];
    const position = positionFields(message);
    const common = (kind: IncomingItem['kind'], fields: Fields): IncomingItem => ({
      kind,
      time: at,
      series: String(message.mmsi).padStart(9, '0'),
      record: { mmsi: message.mmsi, ts: new Date(at).toISOString(), messageType: message.type, ...fields },
    });
    if (position !== undefined) {
      const { lat, lon } = position;
      const item = common('ais.position', { ...position, ...(sentences && { raw: sentences.join('\n') }) });
      const placed = typeof lat === 'number' && typeof lon === 'number';
      items.push(placed ? { ...item, place: { point: { lat, lon } } } : item);
    }
    const fields = this.#staticFields(message);
    if (fields !== undefined) items.push(common('ais.static', fields));
    return items;
  }

  #staticFields(message: AisMessage): Fields | undefined {
    switch (message.type) {
      case 5:
        return {
          shipName: message.shipName,
          callSign: message.callSign,
          imon: message.imon,
          shipType: shipTypeText(message.shipType),
          ...hull(message),
          draught: message.draught,
          destination: message.destination,
          destinationETA: message.destinationETA,
        };
      case 19:
        return { shipName: message.shipName, shipType: shipTypeText(message.shipType), ...hull(message) };
      case 21:
        return { shipName: message.name, ...hull(message) };
      case 24:
        return this.#joined(
          message.mmsi,
          message.part === 'A'
            ? { shipName: message.shipName }
            : { callSign: message.callSign, shipType: shipTypeText(message.shipType), ...hull(message) },
        );
      default:
        return undefined;
    }
  }

  #joined(mmsi: number, fields: Fields): Fields {
    const joined = { ...this.#partial.get(mmsi), ...fields };
    this.#partial.delete(mmsi);
    this.#partial.set(mmsi, joined);
    if (this.#partial.size > REMEMBERED) {
      const oldest = this.#partial.keys().next();
      if (!oldest.done) this.#partial.delete(oldest.value);
    }
    return joined;
  }
}

function positionFields(message: AisMessage): Fields | undefined {
  switch (message.type) {
    case 1:
    case 2:
    case 3:
      return {
        ...motion(message),
        rateOfTurn: message.rateOfTurn,
        navStatus: navStatusText(message.navStatus),
        seconds: message.second,
      };
    case 4:
    case 11:
      return { lat: message.lat, lon: message.lon, posHiAccuracy: message.posHiAccuracy };
    case 9:
      return {
        lat: message.lat,
        lon: message.lon,
        speed: message.speed,
        course: message.course,
        seconds: message.second,
      };
    case 18:
    case 19:
      return { ...motion(message), seconds: message.second };
    case 21:
      return {
        lat: message.lat,
        lon: message.lon,
        posHiAccuracy: message.posHiAccuracy,
        seconds: message.second,
      };
    case 27:
      return {
        lat: message.lat,
        lon: message.lon,
        speed: message.speed,
        course: message.course,
        navStatus: navStatusText(message.navStatus),
      };
    default:
      return undefined;
  }
}

interface Moving {
  readonly lat: number | null;
  readonly lon: number | null;
  readonly posHiAccuracy: boolean;
  readonly speed: number | null;
  readonly course: number | null;
  readonly trueHeading: number | null;
}

const motion = ({ lat, lon, posHiAccuracy, speed, course, trueHeading }: Moving): Fields => ({
  lat,
  lon,
  posHiAccuracy,
  speed,
  course,
  trueHeading,
});

interface Hull {
  readonly length: number | null;
  readonly width: number | null;
  readonly antennaRefDimensions: readonly number[] | null;
}

const hull = ({ length, width, antennaRefDimensions }: Hull): Fields => ({
  length,
  width,
  antennaRefDimensions,
});
