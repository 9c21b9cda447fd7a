import { useEffect, useState } from 'react';
import { get } from '../api/client.ts';
import type { AgreementDetail, Area } from '../api/contract.ts';
import { useAgreements } from '../shell/agreements.ts';

export interface NamedArea extends Area {
  readonly agreement: string;
}

/** Areas of all agreements that the reader knows. */
export function useAreas(): readonly NamedArea[] {
  const agreements = useAgreements();
  const [areas, setAreas] = useState<readonly NamedArea[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    const read = async (): Promise<void> => {
      const found: NamedArea[] = [];
      for (const { id } of agreements) {
        const detail = await get<AgreementDetail>(`/api/agreements/${encodeURIComponent(id)}`, abort.signal);
        found.push(...(detail.areas ?? []).map((area) => ({ ...area, agreement: id })));
      }
      setAreas(found);
    };
    read().catch(() => undefined);
    return () => abort.abort();
  }, [agreements]);
  return areas;
}
