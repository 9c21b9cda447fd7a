import { cellOf, formOf, type Obligations } from '@concord/agreement';
import type { ItemKind, Point } from '@concord/label';

/** The form in which an item leaves. */
export interface ReleasedForm {
  /** Milliseconds UTC; rounded down where the position is coarser. */
  readonly time: number;
  readonly record: Readonly<Record<string, unknown>>;
}

type Fields = Readonly<Record<string, unknown>>;

const fieldsWithout = (record: Fields, names: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(record).filter(([name]) => !names.includes(name)));

/** An instant of the record, rounded down; undefined where it is not one in UTC, and then it does not stay. */
function rounded(value: unknown, step: number): string | undefined {
  const ms = typeof value === 'string' && value.endsWith('Z') ? Date.parse(value) : Number.NaN;
  return Number.isFinite(ms) ? new Date(Math.floor(ms / step) * step).toISOString() : undefined;
}

/**
 * Does to a record what the obligations say, apart from delay, which is a matter of when. Undefined where it cannot
 * be done, which means deny. The same item, obligations and kind always give the same form; a coarser position leaves
 * only fields that are known not to depend on it, and `cell`, the H3 index.
 */
export function releasedForm(
  kind: ItemKind,
  obligations: Obligations,
  time: number,
  record: Fields,
  point: Point | undefined,
): ReleasedForm | undefined {
  const { position, drop = [] } = obligations;
  const form = formOf(kind);
  if (!position && drop.length === 0) return { time, record };
  const gone = [...drop, ...form.repeats];
  if (!position) return { time, record: fieldsWithout(record, gone) };
  if (form.position === 'cannot') return undefined;
  // Of a kind that says no place none is released, should a record hold one all the same.
  if (form.position === 'none') return { time, record: fieldsWithout(record, [...gone, 'lat', 'lon']) };
  const cell = point && cellOf(point, position.h3);
  if (cell === undefined) return undefined;
  const { stay, instants, round } = form.position;
  const left: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(record)) {
    if (gone.includes(name)) continue;
    if (stay.includes(name)) left[name] = value;
    const instant = instants.includes(name) ? rounded(value, round) : undefined;
    if (instant !== undefined) left[name] = instant;
  }
  return { time: Math.floor(time / round) * round, record: { ...left, cell } };
}
