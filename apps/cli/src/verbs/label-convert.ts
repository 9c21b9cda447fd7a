import { banner, type Label, LabelError, labelText, parseBanner, parseLabel } from '@concord/label';
import { readText } from '../agreement/files.ts';
import { options, printText, UsageError } from '../verb.ts';

export const usage = `label convert --from json|banner --to json|banner FILE

Labels from one notation to another, a line a label. A file of JSON holds a label a line, or one label over many lines;
a banner reads POLICY LEVEL // CAVEAT // TAGSET!VALUE,… // REL party,… // FOR purpose,… // UNTIL instant // DATA MODE,
with ! for restrictive, ~ for permissive and = for informative categories.`;

interface Notation {
  readonly read: (text: string) => Label;
  readonly write: (label: Label) => string;
}

const NOTATIONS: Readonly<Record<string, Notation>> = {
  json: { read: parseLabel, write: labelText },
  banner: { read: parseBanner, write: banner },
};

const notation = (option: string, name: string | undefined): Notation => {
  const found = name !== undefined && Object.hasOwn(NOTATIONS, name) ? NOTATIONS[name] : undefined;
  if (found) return found;
  throw new UsageError(`${option} is one of ${Object.keys(NOTATIONS).join(', ')}`);
};

/** Labels with the line on which each begins. */
function* labelsIn(text: string, from: string | undefined): Generator<[line: number, label: string]> {
  // One label over many lines: its first line is no label by itself.
  if (from === 'json' && /^\s*\{\s*\n/.test(text)) {
    yield [1, text];
    return;
  }
  for (const [i, line] of text.split('\n').entries()) if (line.trim() !== '') yield [i + 1, line];
}

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, { from: { type: 'string' }, to: { type: 'string' } });
  const [from, to] = [notation('--from', values.from), notation('--to', values.to)];
  const [path, ...more] = positionals;
  if (path === undefined || more.length > 0) throw new UsageError('label convert takes one file');
  for (const [line, text] of labelsIn(await readText(path), values.from)) {
    try {
      await printText(`${to.write(from.read(text))}\n`);
    } catch (cause) {
      if (cause instanceof LabelError)
        throw new UsageError(`${path}:${line}: ${cause.code}: ${cause.message}`);
      throw cause;
    }
  }
  return 0;
}
