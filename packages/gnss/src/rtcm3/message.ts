import { BitReader, BitWriter } from '../bits.ts';
import {
  BDS_EPHEMERIS_LAYOUT,
  type BdsEphemerisField,
  GPS_EPHEMERIS_LAYOUT,
  type GpsEphemerisField,
} from './ephemeris-layout.ts';
import { encodeFrame } from './frame.ts';
import { type FieldValues, layoutBits, readFields, writeFields } from './layout.ts';
import type { MsmMessage } from './msm.ts';
import { decodeMsm } from './msm-decode.ts';
import { encodeMsm } from './msm-encode.ts';
import { msmKind } from './msm-signals.ts';
import { decodeStation, encodeStation, STATION_BITS, type StationMessage } from './station.ts';

/** Broadcast ephemeris as sent: week and seconds of week not yet resolved. Units of the fields: see the layouts. */
export type EphemerisMessage =
  | { readonly kind: 'ephemeris'; readonly type: 1019; readonly fields: FieldValues<GpsEphemerisField> }
  | { readonly kind: 'ephemeris'; readonly type: 1042; readonly fields: FieldValues<BdsEphemerisField> };

/** A message number that this version does not read; `bytes` is its payload. */
export interface UnsupportedMessage {
  readonly kind: 'unsupported';
  readonly type: number;
  readonly bytes: Uint8Array;
}

/** A payload whose CRC held but which cannot be the message it claims to be. */
export interface MalformedMessage {
  readonly kind: 'malformed';
  readonly type: number;
  readonly why: string;
  readonly bytes: Uint8Array;
}

export type RtcmMessage =
  | StationMessage
  | EphemerisMessage
  | MsmMessage
  | UnsupportedMessage
  | MalformedMessage;

const GPS_EPHEMERIS_BITS = layoutBits(GPS_EPHEMERIS_LAYOUT);
const BDS_EPHEMERIS_BITS = layoutBits(BDS_EPHEMERIS_LAYOUT);

/** Message number of a payload (DF002), 0 for a payload too short to have one. */
export function messageType(payload: Uint8Array): number {
  return payload.length < 2 ? 0 : new BitReader(payload).unsigned(12);
}

/**
 * Reads the payload of an RTCM 3 frame: 1005, 1006, 1019, 1042 and MSM4 to MSM7 of every system. Never throws:
 * what cannot be read comes back as `unsupported` or `malformed`.
 */
export function decodeMessage(payload: Uint8Array): RtcmMessage {
  const type = messageType(payload);
  const malformed = (why: string): MalformedMessage => ({ kind: 'malformed', type, why, bytes: payload });
  const bits = payload.length * 8;
  const shortOf = (needed: number) => malformed(`${needed} bits needed, ${bits} there`);
  switch (type) {
    case 1005:
    case 1006:
      return bits < STATION_BITS[type] ? shortOf(STATION_BITS[type]) : decodeStation(type, payload);
    case 1019: {
      if (bits < GPS_EPHEMERIS_BITS) return shortOf(GPS_EPHEMERIS_BITS);
      return { kind: 'ephemeris', type, fields: readFields(new BitReader(payload), GPS_EPHEMERIS_LAYOUT) };
    }
    case 1042: {
      if (bits < BDS_EPHEMERIS_BITS) return shortOf(BDS_EPHEMERIS_BITS);
      return { kind: 'ephemeris', type, fields: readFields(new BitReader(payload), BDS_EPHEMERIS_LAYOUT) };
    }
  }
  const msm = msmKind(type);
  if (msm === undefined) return { kind: 'unsupported', type, bytes: payload };
  const message = decodeMsm(type, msm.system, msm.variant, payload);
  return typeof message === 'string' ? malformed(message) : message;
}

/**
 * Writes a message as the payload of a frame, the inverse of `decodeMessage`.
 *
 * @throws GnssError `encode-range`, `argument`
 */
export function encodePayload(message: RtcmMessage): Uint8Array {
  switch (message.kind) {
    case 'station':
      return encodeStation(message);
    case 'ephemeris': {
      const writer = new BitWriter();
      if (message.type === 1019) writeFields(writer, GPS_EPHEMERIS_LAYOUT, message.fields);
      else writeFields(writer, BDS_EPHEMERIS_LAYOUT, message.fields);
      return writer.bytes();
    }
    case 'msm':
      return encodeMsm(message);
    case 'unsupported':
    case 'malformed':
      return message.bytes;
  }
}

/** Writes a message as a whole frame, ready to be sent. */
export function encodeMessage(message: RtcmMessage): Uint8Array {
  return encodeFrame(encodePayload(message));
}
