import { createContext, use, useMemo } from 'react';
import type { Agreement } from '../api/contract.ts';
import { type Levels, levelsOf } from '../watch/banner.ts';

/** The agreements that bind the reader's party, for all screens. */
export const AgreementsContext = createContext<readonly Agreement[]>([]);

export const useAgreements = (): readonly Agreement[] => use(AgreementsContext);

/** The order of levels as far as the agreements tell it. */
export function useLevels(): Levels {
  const agreements = useAgreements();
  return useMemo(() => levelsOf(agreements.map((it) => it.equivalence ?? [])), [agreements]);
}
