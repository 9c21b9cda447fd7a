import { banner } from '../banner.ts';
import { labelText } from '../json.ts';
import type { Label } from '../label.ts';
import type { StixPortion } from './read-stix.ts';
import { type MarkingDefinition, tlpDefinition, tlpLabel } from './tlp.ts';

export interface StixWriting {
  /** `marking-definition--` and a UUID, for a label that OASIS has no definition for. */
  readonly idOf: (label: Label) => string;
  /** When such a definition is made: UTC, ISO 8601. */
  readonly created: string;
}

/** Markings for an object, and the definitions that they refer to. */
export interface StixMarkings {
  readonly definitions: readonly MarkingDefinition[];
  readonly object_marking_refs?: readonly string[];
  readonly granular_markings?: readonly {
    readonly marking_ref: string;
    readonly selectors: readonly string[];
  }[];
}

/**
 * The marking definitions for a label. A level of TLP with data mode REAL and nothing else is the definition that OASIS
 * gives for it. Any other label is a statement, its banner; where it is of TLP, that level's definition stands before
 * it, for those who read no banners.
 */
export function markingDefinitions(label: Label, writing: StixWriting): MarkingDefinition[] {
  const level = label.policy === 'TLP' ? tlpDefinition(label.classification) : undefined;
  if (level && labelText(label) === labelText(tlpLabel(label.classification, 'REAL'))) return [level];
  const statement: MarkingDefinition = {
    type: 'marking-definition',
    spec_version: '2.1',
    id: writing.idOf(label),
    created: writing.created,
    definition_type: 'statement',
    definition: { statement: banner(label) },
  };
  return level ? [level, statement] : [statement];
}

/** Markings for an object as a whole and for its parts. */
export function stixMarkings(
  label: Label | undefined,
  portions: readonly StixPortion[],
  writing: StixWriting,
): StixMarkings {
  const definitions = new Map<string, MarkingDefinition>();
  const byLabel = new Map<string, string[]>();
  const refsOf = (one: Label): string[] => {
    const text = labelText(one);
    const made =
      byLabel.get(text) ??
      markingDefinitions(one, writing).map((its) => {
        definitions.set(its.id, its);
        return its.id;
      });
    byLabel.set(text, made);
    return made;
  };
  const refs = label ? refsOf(label) : [];
  const granular = portions.flatMap((one) =>
    refsOf(one.label).map((marking_ref) => ({ marking_ref, selectors: [one.selector] })),
  );
  return {
    definitions: [...definitions.values()],
    ...(refs.length > 0 && { object_marking_refs: refs }),
    ...(granular.length > 0 && { granular_markings: granular }),
  };
}
