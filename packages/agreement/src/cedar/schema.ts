import { DATA_MODES, ITEM_KINDS } from '@concord/label';
import { DOORS } from '../terms.ts';

const text = { type: 'String' } as const;
const truth = { type: 'Boolean' } as const;
const entity = (name: string) => ({ type: 'Entity', name }) as const;
const set = <T>(element: T) => ({ type: 'Set', element }) as const;
const record = <T>(attributes: T) => ({ type: 'Record', attributes }) as const;
const enumeration = (all: readonly string[]) => ({ enum: [...all] });

/** What a reader holds under one agreement: an entity tag, named after the agreement. */
const grant = record({ level: text, compartments: set(text), purposes: set(text), confirmed: truth });

/**
 * The Cedar schema (JSON form) of every agreement: who asks, for what, and in which circumstances. Kinds, data modes,
 * doors and states are enumerations, so that an unknown one is refused before any policy is asked. Sets that end in
 * `inForce` and `promises` name agreements as `id/version`, `live` and `lapsed` name assurances as `id/version/assurance`.
 */
export const CEDAR_SCHEMA = {
  Concord: {
    entityTypes: {
      Party: {},
      Kind: enumeration(ITEM_KINDS),
      DataMode: enumeration(DATA_MODES),
      Door: enumeration(DOORS),
      State: enumeration(['normal', 'embargoed', 'recalled']),
      Reader: {
        shape: record({
          party: entity('Party'),
          roles: set(text),
          nationality: { ...text, required: false },
          home: record({ level: text, compartments: set(text) }),
          /** Whether the session states purposes; those of the grants are then what it states of them. */
          statesPurpose: truth,
        }),
        tags: grant,
      },
      Item: {
        shape: record({
          policy: text,
          classification: text,
          /** All values of restrictive tag sets. */
          restrictive: set(text),
          /** The values of one permissive tag set; of several each is asked by itself. Empty, there is none. */
          anyOf: set(text),
          /** Tag sets of its restrictive and permissive categories. */
          tagSets: set(text),
          caveats: set(text),
          releasableTo: { ...set(entity('Party')), required: false },
          purposes: set(text),
          dataMode: entity('DataMode'),
          kind: entity('Kind'),
          /** Area versions within which it lies, as itself (`hash`) and as its cell (`hash#resolution`), and clear of which (`hash!`). */
          areas: set(text),
          consents: set(entity('Party')),
          state: entity('State'),
        }),
      },
    },
    actions: {
      release: {
        appliesTo: {
          principalTypes: ['Reader'],
          resourceTypes: ['Item'],
          context: record({
            /** One request for each of the item's originators. */
            originator: entity('Party'),
            others: set(entity('Party')),
            door: entity('Door'),
            inForce: set(text),
            promises: set(text),
            thirdRules: set(text),
            live: set(text),
            lapsed: set(text),
            /** Clauses whose embargo has passed, as `id/version/clause`. */
            opened: set(text),
            /** Agreements with a suspicion that is not closed. */
            suspected: set(text),
            /** When obligations have been joined: the cell, and the areas within which it lies whole. */
            joined: { ...record({ cell: { type: 'Long' }, areas: set(text) }), required: false },
            /** For an originator without a clause: the agreements whose clauses carry the item for others. */
            third: { ...record({ under: set(text) }), required: false },
          }),
        },
      },
    },
  },
};
