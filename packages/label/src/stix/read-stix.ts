import { parseBanner } from '../banner.ts';
import { LabelError } from '../error.ts';
import { joinLabels } from '../join.ts';
import type { DataMode, Label } from '../label.ts';
import type { Policies } from '../policy.ts';
import { levelOfId, levelOfTlp, TLP, TLP_EXTENSION, tlpLabel } from './tlp.ts';

/** The label of a part of a STIX object; `selector` is as in `granular_markings`. */
export interface StixPortion {
  readonly selector: string;
  readonly label: Label;
}

/** What markings say of an object: as a whole, where they do, and of its parts, for which that of the whole is void. */
export interface StixLabels {
  readonly label?: Label;
  readonly portions: readonly StixPortion[];
}

export interface StixReading {
  /** Of labels that do not say one: TLP has none. */
  readonly dataMode: DataMode;
  /** Marking definitions by `id`; those of TLP are known. */
  readonly definitions?: ReadonlyMap<string, unknown>;
  /** By which several markings of one policy are joined; TLP is known. */
  readonly policies?: Policies;
}

/** A label as a marking says it; TLP says no data mode. */
interface Marking {
  readonly label: Label;
  readonly saysMode: boolean;
}

const ofTlp = (level: string): Marking => ({ label: tlpLabel(level, 'REAL'), saysMode: false });

type Fields = Readonly<Record<string, unknown>>;

const unfaithful = (path: string, why: string): never => {
  throw new LabelError('label-unfaithful', path, why);
};
const wrong = (path: string, why: string): never => {
  throw new LabelError('label-field', path, why);
};

function fieldsOf(value: unknown, path: string): Fields {
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return value as Fields;
  return wrong(path, 'is an object');
}

function listOf(value: unknown, path: string): readonly unknown[] {
  if (value === undefined) return [];
  return Array.isArray(value) && value.length <= 1000
    ? Array.from(value)
    : wrong(path, 'is a list of at most 1000');
}

/**
 * The label that a marking definition stands for: a level of TLP, or a statement that is a banner. Any other statement
 * or extension asks for what this version does not enforce, so it is refused rather than ignored.
 */
function readMarking(value: unknown): Marking {
  const marking = fieldsOf(value, '');
  const { type, definition_type: kind } = marking;
  if (type !== 'marking-definition') return wrong('type', 'is no marking-definition');
  if (marking['extensions'] !== undefined) {
    const extensions = fieldsOf(marking['extensions'], 'extensions');
    const other = Object.keys(extensions).find((one) => one !== TLP_EXTENSION);
    if (other !== undefined || kind !== undefined)
      return unfaithful('extensions', `${other ?? String(kind)}: only the extension for TLP 2.0 is read`);
    const said = fieldsOf(extensions[TLP_EXTENSION], 'extensions')['tlp_2_0'];
    const level = levelOfTlp(said, false) ?? wrong('tlp_2_0', 'is no level of TLP 2.0');
    return ofTlp(level);
  }
  const definition = fieldsOf(marking['definition'], 'definition');
  if (kind === 'tlp') return ofTlp(levelOfTlp(definition['tlp'], true) ?? wrong('tlp', 'is no level'));
  const { statement } = definition;
  if (kind !== 'statement' || typeof statement !== 'string')
    return unfaithful('definition_type', `${String(kind)}: only tlp and statement are read`);
  try {
    return { label: parseBanner(statement), saysMode: true };
  } catch (cause) {
    const why = cause instanceof LabelError ? cause.message : String(cause);
    return unfaithful('statement', `a statement that is no banner, which nobody here would enforce (${why})`);
  }
}

/** What several markings say together: whoever may have it may have it by each. One that says a mode says it for all. */
function joined(markings: readonly Marking[], reading: StixReading): Label | undefined {
  const known: Policies = new Map([[TLP.id, TLP], ...(reading.policies ?? [])]);
  const dataMode = markings.find((one) => one.saysMode)?.label.dataMode ?? reading.dataMode;
  const [first, ...more] = markings.map(({ label, saysMode }) => (saysMode ? label : { ...label, dataMode }));
  return more.reduce<Label | undefined>((sum, one) => sum && joinLabels(known, sum, one), first);
}

/**
 * The label that several marking definitions stand for together.
 *
 * @throws LabelError
 */
export function readMarkingDefinitions(values: readonly unknown[], reading: StixReading): Label {
  return joined(values.map(readMarking), reading) ?? wrong('', 'there is no marking');
}

function readRef(ref: unknown, path: string, reading: StixReading): Marking {
  if (typeof ref !== 'string') return wrong(path, 'is an identifier');
  const level = levelOfId(ref);
  if (level !== undefined) return ofTlp(level);
  const definition = reading.definitions?.get(ref);
  if (definition === undefined)
    return unfaithful(path, `${ref} is not defined: what it asks for is not known`);
  return readMarking(definition);
}

const SELECTOR = /^[a-z0-9_-]+(?:\.(?:\[\d{1,6}\]|[A-Za-z0-9_-]+))*$/;

/** Whether the object has what a selector names. */
function selects(object: Fields, selector: string): boolean {
  let value: unknown = object;
  for (const step of selector.split('.')) {
    const key = step.replace(/^\[(\d+)\]$/, '$1');
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return false;
    value = (value as Fields)[key];
  }
  return true;
}

/**
 * The labels of a STIX object by its `object_marking_refs` and `granular_markings`. Granular markings of languages are
 * none of confidentiality and are left aside.
 *
 * @throws LabelError
 */
export function readStixLabels(value: unknown, reading: StixReading): StixLabels {
  const object = fieldsOf(value, '');
  const refs = listOf(object['object_marking_refs'], 'object_marking_refs');
  const label = joined(
    refs.map((ref, i) => readRef(ref, `object_marking_refs[${i}]`, reading)),
    reading,
  );
  const parts = new Map<string, Marking[]>();
  for (const [i, one] of listOf(object['granular_markings'], 'granular_markings').entries()) {
    const path = `granular_markings[${i}]`;
    const { marking_ref: ref, selectors, lang } = fieldsOf(one, path);
    if (ref === undefined && lang !== undefined) continue;
    const its = readRef(ref, `${path}.marking_ref`, reading);
    const names = listOf(selectors, `${path}.selectors`);
    if (names.length === 0) wrong(`${path}.selectors`, 'is empty');
    for (const name of names) {
      if (typeof name !== 'string' || !SELECTOR.test(name) || !selects(object, name))
        return wrong(`${path}.selectors`, `${JSON.stringify(name)} selects nothing`);
      parts.set(name, [...(parts.get(name) ?? []), its]);
    }
  }
  const portions = [...parts].flatMap(([selector, all]) => {
    const its = joined(all, reading);
    return its ? [{ selector, label: its }] : [];
  });
  return { ...(label && { label }), portions };
}
