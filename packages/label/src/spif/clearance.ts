import { LabelError } from '../error.ts';
import { readLabel } from '../json.ts';
import type { Category } from '../label.ts';

/** What a reader is cleared for under one policy: levels one by one, and category values. */
export interface Clearance {
  readonly policy: string;
  readonly classifications: readonly string[];
  readonly categories: readonly Category[];
}

/**
 * Reads `{policy, classifications, categories}`, as strictly as a label.
 *
 * @throws LabelError `label-syntax`, `label-field`
 */
export function readClearance(value: unknown): Clearance {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new LabelError('label-syntax', '', 'a clearance is an object');
  const { policy, classifications, categories, ...rest } = value as Record<string, unknown>;
  const extra = Object.keys(rest)[0];
  if (extra !== undefined) throw new LabelError('label-field', extra, 'is not a field of a clearance');
  if (!Array.isArray(classifications) || classifications.length === 0 || classifications.length > 200)
    throw new LabelError('label-field', 'classifications', 'lists the levels that are held');
  const labels = Array.from(classifications, (classification: unknown) =>
    readLabel({ policy, classification, categories: categories ?? [], dataMode: 'REAL' }),
  );
  return {
    policy: labels[0]?.policy ?? '',
    classifications: [...new Set(labels.map((one) => one.classification))].sort(),
    categories: labels[0]?.categories ?? [],
  };
}
