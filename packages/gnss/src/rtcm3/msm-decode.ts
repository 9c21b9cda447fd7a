import { BitReader } from '../bits.ts';
import type { GnssSystem } from '../satellite.ts';
import {
  CELL_FORMATS,
  type CellFormat,
  cellBits,
  FINE_RATE_BITS,
  FINE_RATE_UNIT,
  HEADER_BITS,
  MAX_CELLS,
  type MsmCell,
  type MsmMessage,
  type MsmSatellite,
  RANGE_MILLISECOND,
  ROUGH_RANGE_INVALID,
  ROUGH_RANGE_UNIT,
  ROUGH_RATE_BITS,
  satelliteBits,
} from './msm.ts';
import { type MsmVariant, msmSatellite, msmSignal } from './msm-signals.ts';

/**
 * Reads an MSM4 to MSM7 payload; a string says why it cannot be one.
 *
 * Ranges are rough plus fine: milliseconds × c (RTCM 10403.3, 3.5.16.2). A value whose rough or fine part carries
 * the marker for invalid is left undefined.
 */
export function decodeMsm(
  type: number,
  system: GnssSystem,
  variant: MsmVariant,
  payload: Uint8Array,
): MsmMessage | string {
  const reader = new BitReader(payload);
  if (reader.remaining < HEADER_BITS) return `an MSM header needs ${HEADER_BITS} bits`;
  reader.skip(12);
  const station = reader.unsigned(12);
  const epochField = reader.unsigned(30);
  const multiple = reader.flag();
  const iods = reader.unsigned(3);
  const reserved = reader.unsigned(7);
  const clockSteering = reader.unsigned(2);
  const externalClock = reader.unsigned(2);
  const smoothing = reader.flag();
  const smoothingInterval = reader.unsigned(3);
  const satellitePositions = maskPositions(reader, 64);
  const signalPositions = maskPositions(reader, 32);
  const possible = satellitePositions.length * signalPositions.length;
  if (possible > MAX_CELLS) return `${possible} cells exceed the ${MAX_CELLS} that the cell mask may have`;

  const places: Place[] = [];
  for (let satellite = 0; satellite < satellitePositions.length; satellite++) {
    for (const position of signalPositions) if (reader.flag()) places.push({ satellite, position });
  }
  const format = CELL_FORMATS[variant];
  const satelliteData = satellitePositions.length * satelliteBits(format);
  const needed = satelliteData + places.length * cellBits(format);
  if (reader.remaining < needed) return `${needed} bits of data announced, ${reader.remaining} there`;
  const satellites = readSatellites(reader, format, system, satellitePositions);
  reader.skip(satelliteData);
  const cells = readCells(reader, format, system, satellites, places);
  return {
    kind: 'msm',
    type,
    system,
    variant,
    station,
    epochField,
    multiple,
    iods,
    reserved,
    clockSteering,
    externalClock,
    smoothing,
    smoothingInterval,
    satellites,
    cells,
  };
}

/** A bit set in the cell mask: index of the satellite and position of the signal. */
interface Place {
  readonly satellite: number;
  readonly position: number;
}

function maskPositions(reader: BitReader, width: number): number[] {
  const positions: number[] = [];
  for (let base = 0; base < width; base += 32) {
    let bits = reader.unsigned(32);
    while (bits !== 0) {
      const leading = Math.clz32(bits);
      positions.push(base + leading + 1);
      bits -= 2 ** (31 - leading);
    }
  }
  return positions;
}

/** The data come field by field for all satellites, not satellite by satellite. */
function readSatellites(
  reader: BitReader,
  format: CellFormat,
  system: GnssSystem,
  positions: readonly number[],
): MsmSatellite[] {
  const count = positions.length;
  const extendedAt = reader.position + count * 8;
  const fractionAt = extendedAt + (format.rates ? count * 4 : 0);
  const rateAt = fractionAt + count * 10;
  const satellites: MsmSatellite[] = [];
  for (let i = 0; i < count; i++) {
    const whole = reader.unsignedAt(reader.position + i * 8, 8);
    const fraction = reader.unsignedAt(fractionAt + i * 10, 10);
    satellites.push({
      sat: msmSatellite(system, positions[i] as number),
      roughRange: whole === ROUGH_RANGE_INVALID ? undefined : whole + fraction * ROUGH_RANGE_UNIT,
      extended: format.rates ? reader.unsignedAt(extendedAt + i * 4, 4) : undefined,
      roughRate: format.rates ? marked(reader, rateAt + i * ROUGH_RATE_BITS, ROUGH_RATE_BITS) : undefined,
    });
  }
  return satellites;
}

/** As with the satellites, field by field for all cells. */
function readCells(
  reader: BitReader,
  format: CellFormat,
  system: GnssSystem,
  satellites: readonly MsmSatellite[],
  places: readonly Place[],
): MsmCell[] {
  const { pseudorangeBits, phaseBits, lockBits, cnrBits, rates } = format;
  const count = places.length;
  const pseudorangeAt = reader.position;
  const phaseAt = pseudorangeAt + count * pseudorangeBits;
  const lockAt = phaseAt + count * phaseBits;
  const halfAt = lockAt + count * lockBits;
  const cnrAt = halfAt + count;
  const rateAt = cnrAt + count * cnrBits;
  const cells: MsmCell[] = [];
  for (let i = 0; i < count; i++) {
    const { satellite, position } = places[i] as Place;
    const { sat, roughRange, roughRate } = satellites[satellite] as MsmSatellite;
    const pseudorange = marked(reader, pseudorangeAt + i * pseudorangeBits, pseudorangeBits);
    const phase = marked(reader, phaseAt + i * phaseBits, phaseBits);
    const rate = rates ? marked(reader, rateAt + i * FINE_RATE_BITS, FINE_RATE_BITS) : undefined;
    const cnr = reader.unsignedAt(cnrAt + i * cnrBits, cnrBits);
    cells.push({
      sat,
      signalPosition: position,
      signal: msmSignal(system, position),
      pseudorange: total(roughRange, pseudorange, format.pseudorangeUnit, RANGE_MILLISECOND),
      phaseRange: total(roughRange, phase, format.phaseUnit, RANGE_MILLISECOND),
      phaseRangeRate: total(roughRate, rate, FINE_RATE_UNIT, 1),
      // DF403 and DF408: zero means not computed.
      cnr: cnr === 0 ? undefined : cnr * format.cnrUnit,
      lockIndicator: reader.unsignedAt(lockAt + i * lockBits, lockBits),
      halfCycle: reader.unsignedAt(halfAt + i, 1) === 1,
    });
  }
  return cells;
}

/** A signed field whose most negative value marks it as invalid. */
function marked(reader: BitReader, position: number, bits: number): number | undefined {
  const raw = reader.signedAt(position, bits);
  return raw === -(1 << (bits - 1)) ? undefined : raw;
}

function total(
  rough: number | undefined,
  fine: number | undefined,
  fineUnit: number,
  scale: number,
): number | undefined {
  return rough === undefined || fine === undefined ? undefined : (rough + fine * fineUnit) * scale;
}
