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
  const header = {
    station: reader.unsigned(12),
    epochField: reader.unsigned(30),
    multiple: reader.flag(),
    iods: reader.unsigned(3),
    reserved: reader.unsigned(7),
    clockSteering: reader.unsigned(2),
    externalClock: reader.unsigned(2),
    smoothing: reader.flag(),
    smoothingInterval: reader.unsigned(3),
  };
  const satellitePositions = maskPositions(reader, 64);
  const signalPositions = maskPositions(reader, 32);
  const possible = satellitePositions.length * signalPositions.length;
  if (possible > MAX_CELLS) return `${possible} cells exceed the ${MAX_CELLS} that the cell mask may have`;

  const places: Place[] = [];
  for (let satellite = 0; satellite < satellitePositions.length; satellite++) {
    for (const position of signalPositions) if (reader.flag()) places.push({ satellite, position });
  }
  const format = CELL_FORMATS[variant];
  const needed = satellitePositions.length * satelliteBits(format) + places.length * cellBits(format);
  if (reader.remaining < needed) return `${needed} bits of data announced, ${reader.remaining} there`;
  const satellites = readSatellites(reader, format, system, satellitePositions);
  const cells = readCells(reader, format, system, satellites, places);
  return { kind: 'msm', type, system, variant, ...header, satellites, cells };
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

function readSatellites(
  reader: BitReader,
  format: CellFormat,
  system: GnssSystem,
  positions: readonly number[],
): MsmSatellite[] {
  const whole = positions.map(() => reader.unsigned(8));
  const extended = positions.map(() => (format.rates ? reader.unsigned(4) : undefined));
  const fraction = positions.map(() => reader.unsigned(10));
  const rates = format.rates ? readColumn(reader, ROUGH_RATE_BITS, positions.length) : undefined;
  return positions.map((position, index) => {
    const milliseconds = whole[index] as number;
    const roughRate = rates?.[index];
    return {
      sat: msmSatellite(system, position),
      roughRange:
        milliseconds === ROUGH_RANGE_INVALID
          ? undefined
          : milliseconds + (fraction[index] as number) * ROUGH_RANGE_UNIT,
      extended: extended[index],
      roughRate: Number.isNaN(roughRate) ? undefined : roughRate,
    };
  });
}

function readCells(
  reader: BitReader,
  format: CellFormat,
  system: GnssSystem,
  satellites: readonly MsmSatellite[],
  places: readonly Place[],
): MsmCell[] {
  const pseudoranges = readColumn(reader, format.pseudorangeBits, places.length);
  const phases = readColumn(reader, format.phaseBits, places.length);
  const locks = places.map(() => reader.unsigned(format.lockBits));
  const halves = places.map(() => reader.flag());
  const cnrs = places.map(() => reader.unsigned(format.cnrBits));
  const rates = format.rates ? readColumn(reader, FINE_RATE_BITS, places.length) : undefined;
  const cells: MsmCell[] = [];
  for (let i = 0; i < places.length; i++) {
    const { satellite, position } = places[i] as Place;
    const { sat, roughRange, roughRate } = satellites[satellite] as MsmSatellite;
    const cnr = cnrs[i] as number;
    cells.push({
      sat,
      signalPosition: position,
      signal: msmSignal(system, position),
      pseudorange: total(roughRange, pseudoranges[i], format.pseudorangeUnit, RANGE_MILLISECOND),
      phaseRange: total(roughRange, phases[i], format.phaseUnit, RANGE_MILLISECOND),
      phaseRangeRate: total(roughRate, rates?.[i], FINE_RATE_UNIT, 1),
      // DF403 and DF408: zero means not computed.
      cnr: cnr === 0 ? undefined : cnr * format.cnrUnit,
      lockIndicator: locks[i] as number,
      halfCycle: halves[i] as boolean,
    });
  }
  return cells;
}

/** Signed fields in a row; the most negative value marks an invalid one and becomes NaN. */
function readColumn(reader: BitReader, bits: number, count: number): Float64Array {
  const column = new Float64Array(count);
  const invalid = -(2 ** (bits - 1));
  for (let i = 0; i < count; i++) {
    const raw = reader.signed(bits);
    column[i] = raw === invalid ? Number.NaN : raw;
  }
  return column;
}

function total(
  rough: number | undefined,
  fine: number | undefined,
  fineUnit: number,
  scale: number,
): number | undefined {
  if (rough === undefined || fine === undefined || Number.isNaN(fine)) return undefined;
  return (rough + fine * fineUnit) * scale;
}
