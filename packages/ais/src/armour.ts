/**
 * The two 6-bit alphabets of AIS: payload armouring (NMEA 0183 / IEC 61162-1, "symbols" `0`…`W` and backquote…`w`)
 * and message text (ITU-R M.1371-5 table 47, `@`…`_` and space…`?`).
 */

/** Marks a byte that armours nothing. */
export const NOT_ARMOUR = 0xff;

/** Byte of a payload to its sextet, or `NOT_ARMOUR`. */
export const SEXTET_OF_BYTE = new Uint8Array(256).fill(NOT_ARMOUR);

/** Sextet to the byte of a payload. */
export const BYTE_OF_SEXTET = new Uint8Array(64);

for (let sextet = 0; sextet < 64; sextet++) {
  const byte = sextet < 40 ? sextet + 48 : sextet + 56;
  BYTE_OF_SEXTET[sextet] = byte;
  SEXTET_OF_BYTE[byte] = sextet;
}

/** Sextet to its character in message text. */
export const TEXT_OF_SEXTET: readonly string[] = Array.from({ length: 64 }, (_, sextet) =>
  String.fromCharCode(sextet < 32 ? sextet + 64 : sextet),
);

/** Character of message text to its sextet; undefined where the alphabet lacks it. */
export function sextetOfText(character: string): number | undefined {
  const code = character.charCodeAt(0);
  if (code >= 64 && code < 96) return code - 64;
  return code >= 32 && code < 64 ? code : undefined;
}

/** Value of a hexadecimal digit given as a byte, or -1. */
export function hexDigit(byte: number): number {
  if (byte >= 48 && byte <= 57) return byte - 48;
  if (byte >= 65 && byte <= 70) return byte - 55;
  return byte >= 97 && byte <= 102 ? byte - 87 : -1;
}
