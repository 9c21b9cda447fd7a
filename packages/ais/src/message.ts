/**
 * AIS messages as this package reads and writes them (ITU-R M.1371-5 annex 8). Field names are those of the Unified
 * Data Library's `ais` record where it has one. Degrees (WGS 84), knots, metres, degrees a minute; null where the
 * sender says "not available" or the value is outside the field's meaning. Codes stay numbers as sent: the words for
 * them are in `navStatusText`, `shipTypeText` and `posDeviceText`.
 */
export interface AisHeader {
  /** How often repeated, 0-3. */
  readonly repeat: number;
  /** Maritime Mobile Service Identity as a number; write it with nine digits. */
  readonly mmsi: number;
}

export interface AisPlace {
  readonly lat: number | null;
  readonly lon: number | null;
  /** True: 10 m or better. */
  readonly posHiAccuracy: boolean;
}

interface Motion {
  /** Over ground, knots; 102.2 means that or more. */
  readonly speed: number | null;
  /** Over ground, degrees. */
  readonly course: number | null;
  /** Degrees. */
  readonly trueHeading: number | null;
  /** UTC second of the fix 0-59; 61 manual input, 62 dead reckoning, 63 system inoperative. */
  readonly second: number | null;
}

interface Hull {
  /** Metres from the antenna to bow, stern, port, starboard (A, B, C, D). */
  readonly antennaRefDimensions: readonly [number, number, number, number] | null;
  /** Metres, A + B. */
  readonly length: number | null;
  /** Metres, C + D. */
  readonly width: number | null;
}

/** Class A position report. */
export interface PositionReport extends AisHeader, AisPlace, Motion {
  readonly type: 1 | 2 | 3;
  /** 0-15; 15 is "undefined", also sent by search and rescue transmitters under test. */
  readonly navStatus: number;
  /** Degrees a minute, positive to starboard. */
  readonly rateOfTurn: number | null;
  /** Turning by more than 5° in 30 s without a rate from a turn indicator. */
  readonly turnWithoutRate: 'left' | 'right' | null;
  readonly specialManoeuvre: boolean | null;
  readonly raim: boolean;
  /** Communication state, 19 bits as sent; null where it was cut off. */
  readonly radio: number | null;
}

/** Base station report (4) and answer to a UTC inquiry (11). */
export interface BaseStationReport extends AisHeader, AisPlace {
  readonly type: 4 | 11;
  /** ISO 8601 with Z; null where any part is not available or not a time. */
  readonly utc: string | null;
  readonly posDeviceType: number | null;
  readonly raim: boolean;
  readonly radio: number | null;
}

/** Parts of an estimated time of arrival (UTC), each null where not available. */
export interface DestinationEta {
  readonly month: number | null;
  readonly day: number | null;
  readonly hour: number | null;
  readonly minute: number | null;
}

/** Class A static and voyage data. */
export interface StaticVoyageData extends AisHeader, Hull {
  readonly type: 5;
  readonly aisVersion: number;
  /** IMO ship identification number. */
  readonly imon: number | null;
  readonly callSign: string | null;
  readonly shipName: string | null;
  readonly shipType: number | null;
  readonly posDeviceType: number | null;
  readonly destinationETA: DestinationEta | null;
  /** Metres; 25.5 means that or more. */
  readonly draught: number | null;
  readonly destination: string | null;
  /** The data terminal is ready (sent as 0). */
  readonly dte: boolean;
}

/** Search and rescue aircraft. */
export interface AircraftReport extends AisHeader, AisPlace {
  readonly type: 9;
  /** Metres; 4094 means that or more. */
  readonly altitude: number | null;
  /** Knots, whole; 1022 means that or more. */
  readonly speed: number | null;
  readonly course: number | null;
  readonly second: number | null;
  readonly dte: boolean;
  readonly assigned: boolean;
  readonly raim: boolean;
  readonly radio: number | null;
}

/** Class B position report. */
export interface ClassBReport extends AisHeader, AisPlace, Motion {
  readonly type: 18;
  /** True: carrier-sense unit; false: SOTDMA unit. */
  readonly carrierSense: boolean;
  readonly display: boolean;
  readonly dsc: boolean;
  readonly wholeBand: boolean;
  readonly message22: boolean;
  readonly assigned: boolean;
  readonly raim: boolean;
  /** Communication state with its selector, 20 bits as sent. */
  readonly radio: number | null;
}

/** Extended class B report. */
export interface ExtendedClassBReport extends AisHeader, AisPlace, Motion, Hull {
  readonly type: 19;
  readonly shipName: string | null;
  readonly shipType: number | null;
  readonly posDeviceType: number | null;
  readonly raim: boolean;
  readonly dte: boolean;
  readonly assigned: boolean;
}

/** Aid to navigation; the four dimensions are about its reference point. */
export interface AidToNavigation extends AisHeader, AisPlace, Hull {
  readonly type: 21;
  readonly aidType: number | null;
  /** Name with its extension, at most 34 characters. */
  readonly name: string | null;
  readonly posDeviceType: number | null;
  readonly second: number | null;
  readonly offPosition: boolean;
  readonly raim: boolean;
  readonly virtual: boolean;
  readonly assigned: boolean;
}

/** Class B static data, part A: the name. */
export interface StaticDataA extends AisHeader {
  readonly type: 24;
  readonly part: 'A';
  readonly shipName: string | null;
}

/** Class B static data, part B. Auxiliary craft (MMSI 98…) give their mother ship instead of dimensions. */
export interface StaticDataB extends AisHeader, Hull {
  readonly type: 24;
  readonly part: 'B';
  readonly shipType: number | null;
  readonly vendorId: string | null;
  readonly unitModel: number;
  readonly serialNumber: number;
  readonly callSign: string | null;
  readonly mothershipMmsi: number | null;
  readonly posDeviceType: number | null;
}

/** Long-range broadcast, for reception by satellites. */
export interface LongRangeReport extends AisHeader, AisPlace {
  readonly type: 27;
  readonly navStatus: number;
  /** Knots, whole. */
  readonly speed: number | null;
  /** Degrees, whole. */
  readonly course: number | null;
  readonly raim: boolean;
  /** True: the position is less than 5 s old. */
  readonly currentFix: boolean;
}

/** Types of which only the header is read. */
export type UndecodedType =
  | (0 | 6 | 7 | 8 | 10 | 12 | 13 | 14 | 15 | 16 | 17 | 20 | 22 | 23 | 25 | 26 | 28 | 29 | 30 | 31 | 32 | 33)
  | (34 | 35 | 36 | 37 | 38 | 39 | 40 | 41 | 42 | 43 | 44 | 45 | 46 | 47 | 48 | 49 | 50 | 51 | 52 | 53 | 54)
  | (55 | 56 | 57 | 58 | 59 | 60 | 61 | 62 | 63);

/** A message of another type: header only. */
export interface UndecodedMessage extends AisHeader {
  readonly type: UndecodedType;
}

export type DecodedAisMessage =
  | PositionReport
  | BaseStationReport
  | StaticVoyageData
  | AircraftReport
  | ClassBReport
  | ExtendedClassBReport
  | AidToNavigation
  | StaticDataA
  | StaticDataB
  | LongRangeReport;

export type AisMessage = DecodedAisMessage | UndecodedMessage;

/** A message of type M of which only type, MMSI (and the part of type 24) must be given; see `encodeSentences`. */
export type AisDraft = DecodedAisMessage extends infer M
  ? M extends DecodedAisMessage
    ? Pick<M, 'type' | 'mmsi' | Extract<keyof M, 'part'>> & Partial<M>
    : never
  : never;
