import { NOBODY } from '@concord/label';
import type { ClauseCase, Rule } from '../rule.ts';

/**
 * The purposes that the reader stated (or, stating none, was granted) and that serve the grant, the clause and the
 * label; undefined where none of them asks for a purpose, so that any will do.
 */
export function purposesServed({ item, reader, grant, clause }: ClauseCase): readonly string[] | undefined {
  if (clause.purposes.length === 0 && item.purposes.length === 0 && reader.purposes.length === 0)
    return undefined;
  const granted = grant?.purposes ?? [];
  const stated = reader.purposes.length === 0 ? granted : reader.purposes;
  return stated.filter(
    (one) =>
      one !== NOBODY &&
      granted.includes(one) &&
      (clause.purposes.length === 0 || clause.purposes.includes(one)) &&
      (item.purposes.length === 0 || item.purposes.includes(one)),
  );
}

/** One purpose that the reader stated (or, stating none, was granted) serves the grant, the clause and the label. */
export const purpose: Rule<ClauseCase> = {
  name: 'purpose',
  permits: (c) => purposesServed(c)?.length !== 0,
  says: ({ clause }) =>
    `none of your purposes serves clause ${clause.id}${clause.purposes.length ? ` (${clause.purposes.join(', ')})` : ''}`,
};
