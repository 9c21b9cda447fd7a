import { useComputedColorScheme } from '@mantine/core';
import { createContext, use, useMemo } from 'react';
import type { Party } from '../api/contract.ts';
import { partyColours, type Scheme } from '../theme/palette.ts';

export const PartiesContext = createContext<readonly Party[]>([]);

export interface Parties {
  readonly nameOf: (id: string) => string;
  readonly colourOf: (id: string) => string;
  readonly colours: ReadonlyMap<string, string>;
}

export function useScheme(): Scheme {
  return useComputedColorScheme('dark', { getInitialValueInEffect: false });
}

export function useParties(): Parties {
  const parties = use(PartiesContext);
  const scheme = useScheme();
  return useMemo(() => {
    const names = new Map(parties.map((it) => [it.id, it.name]));
    const colours = partyColours([...names.keys()], scheme);
    return {
      nameOf: (id) => names.get(id) ?? id,
      colourOf: (id) => colours.get(id) ?? 'var(--ink-dim)',
      colours,
    };
  }, [parties, scheme]);
}
