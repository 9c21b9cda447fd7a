import type { PolicyId } from '../ids.ts';
import type { DataMode, Label } from '../label.ts';
import { type Policy, readPolicy } from '../policy.ts';

/** The Traffic Light Protocol 2.0 as a policy of five levels. */
export const TLP: Policy = readPolicy({
  id: 'TLP',
  levels: ['CLEAR', 'GREEN', 'AMBER', 'AMBER+STRICT', 'RED'],
});

/** The extension by which STIX 2.1 says TLP 2.0, and the definitions that OASIS gives for it, one a level. */
export const TLP_EXTENSION = 'extension-definition--60a3c5c5-0d10-413e-aab3-9e08dde9e88d';
const TLP_CREATED = '2022-10-01T00:00:00.000Z';
const DEFINITIONS: ReadonlyMap<string, string> = new Map([
  ['CLEAR', 'marking-definition--94868c89-83c2-464b-929b-a1a8aa3c8487'],
  ['GREEN', 'marking-definition--bab4a63c-aed9-4cf5-a766-dfca5abac2bb'],
  ['AMBER', 'marking-definition--55d920b0-5e8b-4f79-9ee9-91f868d9b421'],
  ['AMBER+STRICT', 'marking-definition--939a9414-2ddd-4d32-a0cd-375ea402b003'],
  ['RED', 'marking-definition--e828b379-4e03-4974-9ac4-e53a884c97c1'],
]);

/** The definitions of TLP 1 that STIX 2.1 gives, by what TLP 2.0 calls the level. */
const FIRST_VERSION: ReadonlyMap<string, string> = new Map([
  ['marking-definition--613f2e26-407d-48c7-9eca-b8e91df99dc9', 'CLEAR'],
  ['marking-definition--34098fce-860f-48ae-8e50-ebd3cc5e41da', 'GREEN'],
  ['marking-definition--f88d31f6-486f-44da-b317-01333bde0b82', 'AMBER'],
  ['marking-definition--5e57c739-391a-4eb3-b6be-7d15ca92d5ed', 'RED'],
]);

/** The level for a value of `tlp_2_0`, or of `tlp` of the first version, where `white` is what is now `clear`. */
export const levelOfTlp = (value: unknown, first: boolean): string | undefined => {
  if (typeof value !== 'string') return undefined;
  if (first)
    return value === 'white'
      ? 'CLEAR'
      : ['green', 'amber', 'red'].includes(value)
        ? value.toUpperCase()
        : undefined;
  return TLP.levels.find((one) => one.toLowerCase() === value);
};

/** The level for the identifier of a definition that everybody knows. */
export const levelOfId = (id: string): string | undefined =>
  [...DEFINITIONS].find(([, one]) => one === id)?.[0] ?? FIRST_VERSION.get(id);

export const tlpLabel = (level: string, dataMode: DataMode): Label => ({
  policy: 'TLP' as PolicyId,
  classification: level,
  categories: [],
  caveats: [],
  purposes: [],
  dataMode,
});

export interface MarkingDefinition {
  readonly type: 'marking-definition';
  readonly spec_version: '2.1';
  readonly id: string;
  readonly created: string;
  readonly name?: string;
  readonly definition_type?: 'statement';
  readonly definition?: { readonly statement: string };
  readonly extensions?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** The definition of a level as OASIS has it; undefined for what is no level of TLP 2.0. */
export function tlpDefinition(level: string): MarkingDefinition | undefined {
  const id = DEFINITIONS.get(level);
  if (id === undefined) return undefined;
  return {
    type: 'marking-definition',
    spec_version: '2.1',
    id,
    created: TLP_CREATED,
    name: `TLP:${level}`,
    extensions: { [TLP_EXTENSION]: { extension_type: 'property-extension', tlp_2_0: level.toLowerCase() } },
  };
}
