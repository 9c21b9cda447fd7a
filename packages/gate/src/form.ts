import { formOf, type Obligations } from '@concord/agreement';
import type { ItemKind, Point } from '@concord/label';
import { latLngToCell } from 'h3-js';

/** The form in which an item leaves. */
export interface ReleasedForm {
  /** Milliseconds UTC; rounded down where the position is coarser. */
  readonly time: number;
  readonly record: Readonly<Record<string, unknown>>;
}

const MINUTE = /^(\d{4}-\d\d-\d\dT\d\d:\d\d)(:\d\d(?:\.\d+)?)?Z$/;

/**
 * Does to a record what the obligations say, apart from delay, which is a matter of when. Undefined where it cannot
 * be done, which means deny. The same item, obligations and kind always give the same form.
 */
export function releasedForm(
  kind: ItemKind,
  obligations: Obligations,
  time: number,
  record: Readonly<Record<string, unknown>>,
  point: Point | undefined,
): ReleasedForm | undefined {
  const { position, drop } = obligations;
  if (!position && !drop) return { time, record };
  const form = formOf(kind);
  const out: Record<string, unknown> = { ...record };
  for (const field of drop ?? []) delete out[field];
  if (!position || form.position === 'none') return { time, record: out };
  if (form.position === 'cannot' || !point) return undefined;
  for (const field of form.position) delete out[field];
  out['cell'] = latLngToCell(point.lat, point.lon, position.h3);
  const step = form.roundTime ?? 1;
  // Every instant of the record is rounded as the item's own time is: seconds and less are left out of the text.
  for (const [name, value] of Object.entries(out)) {
    const match = typeof value === 'string' && step === 60_000 ? MINUTE.exec(value) : null;
    if (match) out[name] = `${match[1]}:00.000Z`;
  }
  return { time: Math.floor(time / step) * step, record: out };
}
