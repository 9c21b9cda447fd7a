import { useCallback, useEffect, useState } from 'react';
import { ApiError, get } from './client.ts';

export interface Resource<T> {
  readonly data: T | undefined;
  readonly error: ApiError | undefined;
  readonly reload: () => void;
}

/**
 * What a GET of `path` answers, asked again every `everyMs` and on `reload`. An error keeps the data that was there
 * before, except a 401 or 404: what is no longer ours is no longer shown.
 */
export function useResource<T>(path: string | undefined, everyMs?: number): Resource<T> {
  const [state, setState] = useState<{ path: string; data?: T; error?: ApiError }>();
  const [turn, setTurn] = useState(0);
  const reload = useCallback(() => setTurn((n) => n + 1), []);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks again
  useEffect(() => {
    if (path === undefined) return;
    const abort = new AbortController();
    const ask = (): void => {
      get<T>(path, abort.signal).then(
        (data) => setState({ path, data }),
        (error: unknown) => {
          if (abort.signal.aborted || !(error instanceof ApiError)) return;
          const gone = error.status === 401 || error.status === 404;
          setState((before) =>
            before?.path === path && before.data !== undefined && !gone
              ? { ...before, error }
              : { path, error },
          );
        },
      );
    };
    ask();
    const timer = everyMs === undefined ? undefined : window.setInterval(ask, everyMs);
    return () => {
      abort.abort();
      window.clearInterval(timer);
    };
  }, [path, everyMs, turn]);

  const mine = state !== undefined && state.path === path ? state : undefined;
  return { data: mine?.data, error: mine?.error, reload };
}
