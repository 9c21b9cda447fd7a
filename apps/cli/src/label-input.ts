import {
  type Label,
  LabelError,
  type Notice,
  parseLabel,
  read4774,
  read4778,
  readEssLabel,
  readSpiffingLabel,
  type Spif,
} from '@concord/label';
import { bytesOf } from './input.ts';
import { say, UsageError } from './verb.ts';

/** No label or policy is larger. */
export const MOST_BYTES = 16 * 1024 * 1024;

export function tellNotices(path: string, notices: readonly Notice[]): void {
  for (const { line, column, text } of notices) say(`${path}:${line}:${column}: ${text}`);
}

/** The one label of a sidecar; several would be several answers. */
export function labelOfSidecar(path: string, text: string): Label {
  const { information, notices } = read4778(text, { dataMode: 'REAL' });
  tellNotices(path, notices);
  const [found, more] = information.bindings
    .flatMap((one) => one.labels)
    .filter((one) => one.role === 'originator');
  if (found && !more && !found.succession) return found.label;
  throw new LabelError('label-unfaithful', '', 'a sidecar that does not hold one label of an originator');
}

/** Reads a label in whichever notation it is: BER, XML of ADatP-4774, ADatP-4778 or spiffing, or JSON. */
export async function readAnyLabel(path: string, spifs: readonly Spif[]): Promise<Label> {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of bytesOf(path)) {
    size += piece.length;
    if (size > MOST_BYTES) throw new UsageError(`${path} has over ${MOST_BYTES} bytes`);
    pieces.push(piece);
  }
  const bytes = Buffer.concat(pieces);
  try {
    return readNotation(path, bytes, spifs);
  } catch (cause) {
    if (cause instanceof LabelError) throw new UsageError(`${path}: ${cause.code}: ${cause.message}`);
    throw cause;
  }
}

/** The set of BER begins with the digit one, which neither XML nor JSON of a label does. */
function readNotation(path: string, bytes: Uint8Array, spifs: readonly Spif[]): Label {
  if (bytes.length === 0 || bytes[0] === 0x31) return readEssLabel(bytes, spifs, 'REAL');
  const text = new TextDecoder().decode(bytes);
  if (text.trimStart().startsWith('{')) return parseLabel(text);
  if (text.includes('BindingInformation')) return labelOfSidecar(path, text);
  if (!text.includes('onfidentialityLabel')) return readSpiffingLabel(text, spifs, 'REAL');
  const { metadata, notices } = read4774(text, { dataMode: 'REAL' });
  tellNotices(path, notices);
  if (metadata.succession)
    throw new LabelError(
      'label-unfaithful',
      '',
      'a label with a succession: one answer would not be for all time',
    );
  return metadata.label;
}
