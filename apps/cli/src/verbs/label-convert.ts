import { randomUUID } from 'node:crypto';
import {
  banner,
  DATA_MODES,
  type DataMode,
  type Label,
  LabelError,
  labelInForce,
  labelText,
  markingDefinitions,
  parseBanner,
  parseLabel,
  read4774,
  readMarkingDefinitions,
  readSpif,
  readSpiffingLabel,
  readStixLabels,
  type Spif,
  write4774,
} from '@concord/label';
import { readText } from '../agreement/files.ts';
import { labelOfSidecar, tellNotices } from '../label-input.ts';
import { options, printText, say, UsageError } from '../verb.ts';

export const usage = `label convert --from F --to F [--mode REAL] [--at UTC] [--policy SPIF]... [--lenient] FILE

Labels from one notation to another. F is json, banner, adatp4774 or stix; adatp4778 and spiffing are read only.
A file of json or stix holds one a line, or one over many lines; a banner stands on a line:
POLICY LEVEL // CAVEAT // TAGSET!VALUE,... // REL party,... // FOR purpose,... // UNTIL instant // DATA MODE,
with ! for restrictive, ~ for permissive and = for informative categories. A file of XML holds one label.
--mode is the data mode of labels that say none (REAL). --at (now) is the instant whose label of a succession is meant,
and that at which one is made; a label made in adatp4774 is to be reviewed five years later. --policy names the policies
by which spiffing's numbers are read. --lenient takes XML in no namespace, and says so. What the other notation cannot
say faithfully is refused.`;

interface Circumstances {
  readonly path: string;
  readonly dataMode: DataMode;
  readonly at: number;
  readonly lenient: boolean;
  readonly spifs: readonly Spif[];
}

const NOTATIONS = ['json', 'banner', 'adatp4774', 'stix', 'adatp4778', 'spiffing'] as const;
type Notation = (typeof NOTATIONS)[number];

const READERS: Readonly<Record<Notation, (text: string, now: Circumstances) => Label>> = {
  json: parseLabel,
  banner: parseBanner,
  adatp4774: readAdatp,
  stix: readStix,
  adatp4778: (text, { path }) => labelOfSidecar(path, text),
  spiffing: (text, { spifs, dataMode }) => readSpiffingLabel(text, spifs, dataMode),
};

const WRITERS: Readonly<Partial<Record<Notation, (label: Label, now: Circumstances) => string>>> = {
  json: (label) => `${labelText(label)}\n`,
  banner: (label) => `${banner(label)}\n`,
  adatp4774: writeAdatp,
  stix: writeStix,
};

function readAdatp(text: string, { path, dataMode, at, lenient }: Circumstances): Label {
  const { metadata, notices } = read4774(text, { dataMode, lenient });
  tellNotices(path, notices);
  const { inForce, until } = labelInForce(metadata, at);
  if (until !== undefined) say(`${path}: this label is in force until ${until}`);
  return inForce.label;
}

function writeAdatp(label: Label, { at }: Circumstances): string {
  const review = new Date(at);
  review.setUTCFullYear(review.getUTCFullYear() + 5);
  return write4774({
    role: 'originator',
    label,
    created: new Date(at).toISOString(),
    review: review.toISOString(),
  });
}

/** A marking definition, a bundle of nothing else, or an object with markings that all concern the whole of it. */
function readStix(text: string, { dataMode }: Circumstances): Label {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new LabelError('label-syntax', '', `not JSON: ${(cause as Error).message}`);
  }
  const { type, objects } = (value ?? {}) as { type?: unknown; objects?: unknown };
  if (type === 'marking-definition') return readMarkingDefinitions([value], { dataMode });
  if (type === 'bundle' && Array.isArray(objects)) return readMarkingDefinitions(objects, { dataMode });
  const { label, portions } = readStixLabels(value, { dataMode });
  if (label && portions.length === 0) return label;
  throw new LabelError(
    'label-unfaithful',
    '',
    'an object whose markings are not one label for the whole of it',
  );
}

function writeStix(label: Label, { at }: Circumstances): string {
  const idOf = () => `marking-definition--${randomUUID()}`;
  const made = markingDefinitions(label, { idOf, created: new Date(at).toISOString() });
  const [only, more] = made;
  const bundle = { type: 'bundle', id: `bundle--${randomUUID()}`, objects: made };
  return `${JSON.stringify(more ? bundle : only)}\n`;
}

const notation = (option: string, name: string | undefined): Notation => {
  const found = NOTATIONS.find((one) => one === name);
  if (found) return found;
  throw new UsageError(`${option} is one of ${NOTATIONS.join(', ')}`);
};

/** Labels with the line on which each begins. */
function* labelsIn(text: string, from: Notation): Generator<[line: number, label: string]> {
  // One over many lines: its first line is nothing by itself.
  const whole = !['json', 'banner', 'stix'].includes(from) || (from !== 'banner' && /^\s*\{\s*\n/.test(text));
  if (whole) {
    yield [1, text];
    return;
  }
  for (const [i, line] of text.split('\n').entries()) if (line.trim() !== '') yield [i + 1, line];
}

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    from: { type: 'string' },
    to: { type: 'string' },
    mode: { type: 'string' },
    at: { type: 'string' },
    policy: { type: 'string', multiple: true },
    lenient: { type: 'boolean' },
  });
  const from = notation('--from', values.from);
  const write = WRITERS[notation('--to', values.to)];
  if (!write) throw new UsageError(`${values.to} is read only`);
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError('label convert takes one file');
  const dataMode = DATA_MODES.find((one) => one === (values.mode ?? 'REAL'));
  const at = values.at === undefined ? Date.now() : Date.parse(values.at);
  if (!dataMode) throw new UsageError(`--mode is one of ${DATA_MODES.join(', ')}`);
  if (!Number.isFinite(at)) throw new UsageError('--at is an instant such as 2026-12-01T00:00:00Z');
  const spifs: Spif[] = [];
  for (const file of values.policy ?? []) {
    const text = await readText(file);
    spifs.push(inFile(file, 1, () => readSpif(text, true).spif));
  }
  const now = { path, dataMode, at, lenient: values.lenient === true, spifs };
  for (const [line, text] of labelsIn(await readText(path), from))
    await printText(inFile(path, line, () => write(READERS[from](text, now), now)));
  return 0;
}

/** What is wrong is bad input, told with its place and code. */
function inFile<T>(path: string, line: number, read: () => T): T {
  try {
    return read();
  } catch (cause) {
    if (cause instanceof LabelError) throw new UsageError(`${path}:${line}: ${cause.code}: ${cause.message}`);
    throw cause;
  }
}
