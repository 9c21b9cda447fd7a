import { FeedError, type NtripAddress, parseNtripUrl, publicAddress, readMount } from '@concord/feeds';
import { UsageError } from '../verb.ts';

/**
 * The bytes of a caster's mount point, until Ctrl-C.
 *
 * @throws UsageError for an address that is none
 */
export async function* ntripBytes(url: string): AsyncGenerator<Uint8Array, void, undefined> {
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  try {
    yield* readMount(addressOf(url), {}, stopping.signal);
  } finally {
    process.off('SIGINT', stop);
    process.off('SIGTERM', stop);
  }
}

/** A caster's address for people: without name and password. */
export const casterName = (url: string): string => publicAddress(addressOf(url));

function addressOf(url: string): NtripAddress {
  try {
    return parseNtripUrl(url);
  } catch (cause) {
    if (cause instanceof FeedError) throw new UsageError(cause.message);
    throw cause;
  }
}
