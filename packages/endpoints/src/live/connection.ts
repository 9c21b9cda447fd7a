import type { Release, Sink } from '@concord/release';
import { type Caller, type Callers, principal } from '../caller.ts';

/** An open way for live data together with what ends it: the credential's end, and the client. */
export async function openLive(parts: { release: Release; callers: Callers }, caller: Caller, sink: Sink) {
  const reader = await parts.release.admit(principal(caller, 'live'));
  const handle = parts.release.connect(reader, sink);
  const end = () => {
    handle.close();
    sink.reset();
  };
  const forget = parts.callers.onEnd(caller.key, end);
  // It may have ended while the reader was admitted.
  if (!parts.callers.isLive(caller)) end();
  const timer = setTimeout(end, Math.min(Math.max(0, caller.expiresAt - Date.now()), 2 ** 31 - 1));
  timer.unref();
  return {
    handle,
    close() {
      clearTimeout(timer);
      forget();
      handle.close();
    },
  };
}
