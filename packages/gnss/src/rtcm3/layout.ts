import type { BitReader, BitWriter } from '../bits.ts';
import { GnssError } from '../error.ts';

/** One data field of a message: its name, width, and the value of its least significant bit. */
export interface Field<Name extends string> {
  readonly name: Name;
  readonly bits: number;
  readonly signed: boolean;
  readonly unit: number;
}

/** A message as its sequence of fields: the one description that decoder and encoder share. */
export type Layout<Name extends string> = readonly Field<Name>[];

/** Values of a layout's fields in their physical units. */
export type FieldValues<Name extends string> = { readonly [N in Name]: number };

export const unsigned = <N extends string>(name: N, bits: number, unit = 1): Field<N> => ({
  name,
  bits,
  signed: false,
  unit,
});

export const signed = <N extends string>(name: N, bits: number, unit = 1): Field<N> => ({
  name,
  bits,
  signed: true,
  unit,
});

/** Total width of a layout in bits. */
export function layoutBits(layout: Layout<string>): number {
  return layout.reduce((sum, field) => sum + field.bits, 0);
}

export function readFields<N extends string>(reader: BitReader, layout: Layout<N>): FieldValues<N> {
  const values: Partial<Record<N, number>> = {};
  for (const { name, bits, signed: isSigned, unit } of layout) {
    const raw = isSigned ? reader.signed(bits) : reader.unsigned(bits);
    values[name] = raw === 0 ? 0 : raw * unit;
  }
  return values as FieldValues<N>;
}

/** @throws GnssError `encode-range` for a value that does not fit its field. */
export function writeFields<N extends string>(
  writer: BitWriter,
  layout: Layout<N>,
  values: FieldValues<N>,
): void {
  for (const field of layout) {
    const raw = rawValue(field, values[field.name]);
    if (field.signed) writer.signed(field.bits, raw);
    else writer.unsigned(field.bits, raw);
  }
}

function rawValue(field: Field<string>, value: number): number {
  const raw = Math.round(value / field.unit);
  const min = field.signed ? -(2 ** (field.bits - 1)) : 0;
  const max = field.signed ? 2 ** (field.bits - 1) - 1 : 2 ** field.bits - 1;
  // Negated so that NaN fails as well.
  if (!(raw >= min && raw <= max)) {
    throw new GnssError(
      'encode-range',
      `${field.name} = ${value} does not fit a field of ${field.bits} bits`,
    );
  }
  return raw;
}
