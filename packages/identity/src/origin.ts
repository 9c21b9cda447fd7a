import { type RequestHeaders, singleHeader } from './cookie.ts';
import { IdentityError } from './error.ts';

/**
 * Refuses (`origin`) a request that a page of another origin may have caused. A WebSocket upgrade carries cookies
 * from any page and no browser asks first, so an upgrade by cookie must pass here; an absent `Origin` does not.
 */
export function checkOrigin(headers: RequestHeaders, allowed: readonly string[]): void {
  const origin = singleHeader(headers, 'origin');
  if (origin === undefined || !allowed.includes(origin))
    throw new IdentityError('origin', `a request of ${origin ?? 'no origin'}`);
}
