import { LabelError } from './error.ts';
import { readLabel } from './json.ts';
import { CATEGORY_TYPES, type Label } from './label.ts';

const TYPE_MARK = { RESTRICTIVE: '!', PERMISSIVE: '~', INFORMATIVE: '=' } as const;

/**
 * One line that says all that a label says, as it is printed above and below what it protects:
 * `ALDER SECRET // NOFORN // SAR!MED,SEA // REL birch,cedar // FOR search-and-rescue // UNTIL 2026-…Z // EXERCISE`.
 * A category is its tag set, a mark of its type (`!` restrictive, `~` permissive, `=` informative) and its values.
 */
export function banner(label: Label): string {
  return [
    `${label.policy} ${label.classification}`,
    ...label.caveats,
    ...label.categories.map((one) => `${one.tagSet}${TYPE_MARK[one.type]}${one.values.join(',')}`),
    ...(label.releasableTo ? [`REL ${label.releasableTo.join(',') || 'NONE'}`] : []),
    ...(label.purposes.length > 0 ? [`FOR ${label.purposes.join(',')}`] : []),
    ...(label.embargoUntil ? [`UNTIL ${label.embargoUntil}`] : []),
    label.dataMode,
  ].join(' // ');
}

/**
 * Reads a banner line back; the policy is its first word, the data mode its last part. What is no category, list or
 * instant is a caveat, and a caveat that is not known is refused.
 *
 * @throws LabelError `label-syntax`, `label-field`
 */
export function parseBanner(line: string): Label {
  const parts = line.trim().split(' // ');
  const head = parts[0] ?? '';
  const space = head.indexOf(' ');
  if (parts.length < 2 || space < 1) {
    throw new LabelError('label-syntax', '', 'a banner reads POLICY LEVEL // … // DATA MODE');
  }
  const raw: Record<string, unknown> = {
    policy: head.slice(0, space),
    classification: head.slice(space + 1),
    dataMode: parts.at(-1),
  };
  const caveats: string[] = [];
  const categories: unknown[] = [];
  const once = (field: string, value: unknown) => {
    if (field in raw) throw new LabelError('label-field', field, 'stands in the banner already');
    raw[field] = value;
  };
  for (const part of parts.slice(1, -1)) {
    const list = (after: number) => part.slice(after).split(',');
    const mark = /^([^!~=]+)([!~=])(.+)$/.exec(part);
    if (part.startsWith('REL ')) once('releasableTo', part === 'REL NONE' ? [] : list(4));
    else if (part.startsWith('FOR ')) once('purposes', list(4));
    else if (part.startsWith('UNTIL ')) once('embargoUntil', part.slice(6));
    else if (mark) {
      const type = CATEGORY_TYPES.find((one) => TYPE_MARK[one] === mark[2]);
      categories.push({ tagSet: mark[1], type, values: mark[3]?.split(',') });
    } else caveats.push(part);
  }
  return readLabel({ ...raw, caveats, categories });
}
