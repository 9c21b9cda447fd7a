import { BitWriter } from '../bits.ts';
import { GnssError } from '../error.ts';
import type { SatelliteId } from '../satellite.ts';
import {
  CELL_FORMATS,
  FINE_RATE_BITS,
  FINE_RATE_UNIT,
  MAX_CELLS,
  type MsmCell,
  type MsmMessage,
  type MsmSatellite,
  RANGE_MILLISECOND,
  ROUGH_RANGE_INVALID,
  ROUGH_RANGE_UNIT,
  ROUGH_RATE_BITS,
} from './msm.ts';
import { msmSatellitePosition } from './msm-signals.ts';

/**
 * Writes an MSM4 to MSM7 payload. Satellites and cells may come in any order; every cell's satellite has to be
 * among the satellites. Undefined values are written with the marker for invalid.
 *
 * @throws GnssError `encode-range` where a value does not fit: more than 64 possible cells, a range of 255 ms or
 *   more, a fine part too far from the satellite's rough one.
 */
export function encodeMsm(message: MsmMessage): Uint8Array {
  const format = CELL_FORMATS[message.variant];
  const satellites = [...message.satellites].sort((a, b) => order(a.sat) - order(b.sat));
  const bySat = new Map(satellites.map((satellite) => [satellite.sat, satellite]));
  const cells = [...message.cells].sort(
    (a, b) => order(a.sat) - order(b.sat) || a.signalPosition - b.signalPosition,
  );
  const signals = [...new Set(cells.map((cell) => cell.signalPosition))].sort((a, b) => a - b);
  if (satellites.length * signals.length > MAX_CELLS) {
    throw new GnssError('encode-range', `${satellites.length} × ${signals.length} cells exceed ${MAX_CELLS}`);
  }

  const writer = new BitWriter();
  writeHeader(writer, message);
  writeMask(
    writer,
    64,
    satellites.map((satellite) => order(satellite.sat)),
  );
  writeMask(writer, 32, signals);
  writeCellMask(writer, satellites, signals, cells);

  for (const { roughRange } of satellites) {
    writer.unsigned(
      8,
      roughRange === undefined ? ROUGH_RANGE_INVALID : Math.floor(roughSteps(roughRange) / 1024),
    );
  }
  if (format.rates) for (const { extended } of satellites) writer.unsigned(4, fit(extended ?? 0, 4, 'DF419'));
  for (const { roughRange } of satellites) {
    writer.unsigned(10, roughRange === undefined ? 0 : roughSteps(roughRange) % 1024);
  }
  if (format.rates) for (const { roughRate } of satellites) writeMarked(writer, ROUGH_RATE_BITS, roughRate);

  const rough = cells.map((cell) => {
    const satellite = bySat.get(cell.sat);
    if (satellite === undefined)
      throw new GnssError('argument', `no satellite part for the cell of ${cell.sat}`);
    return satellite;
  });
  const fine = (value: number | undefined, satellite: MsmSatellite | undefined, unit: number) =>
    value === undefined || satellite?.roughRange === undefined
      ? undefined
      : (value / RANGE_MILLISECOND - satellite.roughRange) / unit;
  for (const [i, cell] of cells.entries()) {
    writeMarked(writer, format.pseudorangeBits, fine(cell.pseudorange, rough[i], format.pseudorangeUnit));
  }
  for (const [i, cell] of cells.entries()) {
    writeMarked(writer, format.phaseBits, fine(cell.phaseRange, rough[i], format.phaseUnit));
  }
  for (const cell of cells)
    writer.unsigned(format.lockBits, fit(cell.lockIndicator, format.lockBits, 'lock'));
  for (const cell of cells) writer.flag(cell.halfCycle);
  for (const cell of cells) {
    writer.unsigned(format.cnrBits, fit((cell.cnr ?? 0) / format.cnrUnit, format.cnrBits, 'C/N0'));
  }
  if (format.rates) {
    for (const [i, { phaseRangeRate }] of cells.entries()) {
      const base = rough[i]?.roughRate;
      const known = phaseRangeRate !== undefined && base !== undefined;
      writeMarked(writer, FINE_RATE_BITS, known ? (phaseRangeRate - base) / FINE_RATE_UNIT : undefined);
    }
  }
  return writer.bytes();
}

const order = (sat: SatelliteId): number => msmSatellitePosition(sat);

function writeHeader(writer: BitWriter, message: MsmMessage): void {
  writer.unsigned(12, message.type);
  writer.unsigned(12, fit(message.station, 12, 'DF003'));
  writer.unsigned(30, fit(message.epochField, 30, 'epoch'));
  writer.flag(message.multiple);
  writer.unsigned(3, fit(message.iods, 3, 'DF409'));
  writer.unsigned(7, fit(message.reserved, 7, 'DF001'));
  writer.unsigned(2, fit(message.clockSteering, 2, 'DF411'));
  writer.unsigned(2, fit(message.externalClock, 2, 'DF412'));
  writer.flag(message.smoothing);
  writer.unsigned(3, fit(message.smoothingInterval, 3, 'DF418'));
}

function writeMask(writer: BitWriter, width: number, positions: readonly number[]): void {
  const present = new Set(positions);
  if (present.size !== positions.length) throw new GnssError('argument', 'a satellite is listed twice');
  for (const position of positions) {
    if (!(position >= 1 && position <= width)) {
      throw new GnssError('encode-range', `there is no mask position ${position}`);
    }
  }
  for (let position = 1; position <= width; position++) writer.flag(present.has(position));
}

function writeCellMask(
  writer: BitWriter,
  satellites: readonly MsmSatellite[],
  signals: readonly number[],
  cells: readonly MsmCell[],
): void {
  const present = new Set(cells.map((cell) => `${cell.sat}/${cell.signalPosition}`));
  if (present.size !== cells.length) throw new GnssError('argument', 'a signal is listed twice');
  for (const { sat } of satellites)
    for (const signal of signals) writer.flag(present.has(`${sat}/${signal}`));
}

/** Rough range in its steps of 2^-10 ms. */
function roughSteps(milliseconds: number): number {
  const steps = Math.round(milliseconds / ROUGH_RANGE_UNIT);
  if (!(steps >= 0 && steps < ROUGH_RANGE_INVALID * 1024)) {
    throw new GnssError('encode-range', `a range of ${milliseconds} ms does not fit an MSM`);
  }
  return steps;
}

function fit(value: number, bits: number, name: string): number {
  const raw = Math.round(value);
  if (!(raw >= 0 && raw < 2 ** bits))
    throw new GnssError('encode-range', `${name} = ${value} exceeds ${bits} bits`);
  return raw;
}

function writeMarked(writer: BitWriter, bits: number, value: number | undefined): void {
  const invalid = -(2 ** (bits - 1));
  const raw = value === undefined ? invalid : Math.round(value);
  if (value !== undefined && !(raw > invalid && raw < -invalid)) {
    throw new GnssError('encode-range', `a fine part of ${value} units exceeds ${bits} bits`);
  }
  writer.signed(bits, raw);
}
