import { hexRows } from '../format/hexdump.ts';

/** The first bytes of what could not be read, as offset, hexadecimal and text. */
export function Hexdump(props: { sample: string }) {
  return (
    <pre className="hexdump mono">
      {hexRows(props.sample)
        .slice(0, 4)
        .map(({ offset, hex, text }) => `${offset}  ${hex.padEnd(48)}  ${text}`)
        .join('\n')}
    </pre>
  );
}
