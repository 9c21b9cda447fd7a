import { useState } from 'react';
import { useWatch } from '../watch/use-watch.ts';
import { sayMaybe } from '../words/say.ts';
import { ApiError, post } from './client.ts';

/** Does something at the node, once at a time, and says in words why it was not done. */
export function useAct(done: () => void) {
  const { me } = useWatch();
  const [busy, setBusy] = useState<string>();
  const [fault, setFault] = useState<string>();
  const act = async (path: string, body: unknown = {}): Promise<void> => {
    setBusy(path);
    setFault(undefined);
    try {
      await post(path, me.csrf, body);
      done();
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      setFault(sayMaybe(`problem.${caught.code}`, caught.detail || caught.title));
    } finally {
      setBusy(undefined);
    }
  };
  return { act: (path: string, body?: unknown) => void act(path, body), busy, fault };
}
