import type { Place } from './node.ts';
import { listed } from './read-clause.ts';
import { readInstant, readPeriod } from './read-time.ts';
import { SURVIVORS, type Validity } from './terms.ts';

/** Reads `inForce`. */
export function readValidity(place: Place): Validity | undefined {
  if (place.missing) return undefined;
  const f = place.fields('inForce', ['from', 'until'], ['renewal', 'notice', 'survives']);
  const from = readInstant(f.from);
  const until = readInstant(f.until);
  const renewal = f.renewal && readRenewal(f.renewal);
  const notice = f.notice && readPeriod(f.notice, 'notice');
  const survives =
    f.survives && listed(f.survives, 'survives', (one) => one.oneOf('what survives', SURVIVORS));
  if (from === undefined || until === undefined) return undefined;
  if (from >= until) return place.find('bad-value', 'inForce ends before it begins');
  return {
    from,
    until,
    ...(renewal && { renewal }),
    ...(notice !== undefined && { notice }),
    ...(survives && { survives }),
  };
}

function readRenewal(place: Place): Validity['renewal'] {
  const f = place.fields('renewal', ['period', 'unlessNotice']);
  const period = readPeriod(f.period, 'period');
  const unlessNotice = readPeriod(f.unlessNotice, 'unlessNotice');
  return period === undefined || unlessNotice === undefined ? undefined : { period, unlessNotice };
}
