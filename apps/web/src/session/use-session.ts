import { useCallback, useEffect, useState } from 'react';
import { ApiError, get, post } from '../api/client.ts';
import type { Me } from '../api/contract.ts';

export type Session =
  | { readonly state: 'asking' }
  | { readonly state: 'out'; readonly ended: boolean }
  | { readonly state: 'failed'; readonly error: ApiError }
  | { readonly state: 'in'; readonly me: Me };

/** Whether somebody is logged in here. Asked again when the live connection says that the session ended. */
export function useSession() {
  const [session, setSession] = useState<Session>({ state: 'asking' });

  const ask = useCallback(() => {
    get<Me>('/api/me').then(
      (me) => setSession({ state: 'in', me }),
      (error: unknown) => {
        if (!(error instanceof ApiError)) throw error;
        if (error.status === 401) setSession((before) => ({ state: 'out', ended: before.state === 'in' }));
        else setSession((before) => (before.state === 'in' ? before : { state: 'failed', error }));
      },
    );
  }, []);

  useEffect(ask, [ask]);

  const signOut = useCallback(async (csrf: string) => {
    await post('/logout', csrf, {}).catch(() => undefined);
    setSession({ state: 'out', ended: false });
  }, []);

  return { session, ask, signOut };
}
