export interface HexRow {
  readonly offset: string;
  readonly hex: string;
  readonly text: string;
}

/** Rows of 16 bytes of a hexadecimal text; what is not hexadecimal is left out. */
export function hexRows(sample: string): HexRow[] {
  const digits = sample.replace(/[^0-9a-fA-F]/g, '').toLowerCase();
  const bytes = digits.match(/../g) ?? [];
  const rows: HexRow[] = [];
  for (let at = 0; at < bytes.length; at += 16) {
    const row = bytes.slice(at, at + 16);
    rows.push({
      offset: at.toString(16).padStart(4, '0'),
      hex: `${row.slice(0, 8).join(' ')}  ${row.slice(8).join(' ')}`.trimEnd(),
      text: row.map(printable).join(''),
    });
  }
  return rows;
}

function printable(byte: string): string {
  const code = Number.parseInt(byte, 16);
  return code >= 0x20 && code < 0x7f ? String.fromCharCode(code) : '·';
}
