import { LabelError } from '../error.ts';
import { type CategoryType, type Label, NOBODY } from '../label.ts';

/**
 * What a label of ours says beside policy, classification and categories stands in ADatP-4774 as categories whose tag
 * names no tag set of a label can have, for they hold a colon. Their types make a reader who does not know them deny:
 * nobody holds their values.
 */
const OWN: Readonly<Record<string, CategoryType>> = {
  'concord:caveat': 'RESTRICTIVE',
  'concord:releasable-to': 'PERMISSIVE',
  'concord:purpose': 'PERMISSIVE',
  'concord:embargo-until': 'RESTRICTIVE',
  'concord:data-mode': 'INFORMATIVE',
};

export interface TaggedValues {
  readonly tagName: string;
  readonly type: CategoryType;
  readonly values: readonly string[];
}

/** A list of parties that is there and empty: nobody. No party has such a name. */
const parties = (all: readonly string[]) => (all.length > 0 ? all : [NOBODY]);

export function ownCategories(label: Label): TaggedValues[] {
  const said: Readonly<Record<string, readonly string[]>> = {
    'concord:caveat': label.caveats,
    'concord:releasable-to': label.releasableTo ? parties(label.releasableTo) : [],
    'concord:purpose': label.purposes,
    'concord:embargo-until': label.embargoUntil === undefined ? [] : [label.embargoUntil],
    'concord:data-mode': [label.dataMode],
  };
  return Object.entries(OWN)
    .map(([tagName, type]) => ({ tagName, type, values: said[tagName] ?? [] }))
    .filter(({ values }) => values.length > 0);
}

/** The fields that such categories stand for, and the categories that are none of them. */
export function fieldsOf(all: readonly TaggedValues[]): {
  fields: Record<string, unknown>;
  others: TaggedValues[];
} {
  const fields: Record<string, unknown> = {};
  const others: TaggedValues[] = [];
  const set = (tagName: string, field: string, value: unknown) => {
    if (field in fields) throw new LabelError('label-field', tagName, 'stands here twice');
    fields[field] = value;
  };
  for (const one of all) {
    const { tagName, type, values } = one;
    if (!tagName.startsWith('concord:')) others.push(one);
    else if (!Object.hasOwn(OWN, tagName) || OWN[tagName] !== type)
      throw new LabelError('label-field', tagName, `is not known as ${type}`);
    else if (tagName === 'concord:caveat') set(tagName, 'caveats', values);
    else if (tagName === 'concord:purpose') set(tagName, 'purposes', values);
    else if (tagName === 'concord:releasable-to')
      set(tagName, 'releasableTo', values.length === 1 && values[0] === NOBODY ? [] : values);
    else if (values.length > 1) throw new LabelError('label-field', tagName, 'has more than one value');
    else set(tagName, tagName === 'concord:data-mode' ? 'dataMode' : 'embargoUntil', values[0]);
  }
  return { fields, others };
}
