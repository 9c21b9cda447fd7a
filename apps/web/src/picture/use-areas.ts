import { useEffect, useState } from 'react';
import { get } from '../api/client.ts';
import type { Agreement, AgreementDetail, Area } from '../api/contract.ts';
import { useResource } from '../api/use-resource.ts';

export interface NamedArea extends Area {
  readonly agreement: string;
}

/** Areas of all agreements that the reader knows. */
export function useAreas(): readonly NamedArea[] {
  const { data } = useResource<{ agreements: readonly Agreement[] }>('/api/agreements');
  const [areas, setAreas] = useState<readonly NamedArea[]>([]);
  useEffect(() => {
    const abort = new AbortController();
    const read = async (): Promise<void> => {
      const found: NamedArea[] = [];
      for (const { id } of data?.agreements ?? []) {
        const detail = await get<AgreementDetail>(`/api/agreements/${encodeURIComponent(id)}`, abort.signal);
        found.push(...(detail.areas ?? []).map((area) => ({ ...area, agreement: id })));
      }
      setAreas(found);
    };
    read().catch(() => undefined);
    return () => abort.abort();
  }, [data]);
  return areas;
}
