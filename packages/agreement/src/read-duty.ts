import { DISPUTE_STEPS, type DisputeStep, type DutyTerms, type RecallTerms } from './duty-terms.ts';
import type { Place } from './node.ts';
import { listed } from './read-clause.ts';
import { readPeriod } from './read-time.ts';

/** The places of the terms that open duties; each may be left out. */
export type DutyPlaces = { readonly [key in 'recall' | 'incidents' | 'lawChange' | 'disputes']?: Place };

/** Reads `recall`, `incidents`, `lawChange` and `disputes`. */
export function readDuties(places: DutyPlaces, clauses: readonly string[]): DutyTerms {
  const recall = places.recall && readRecall(places.recall);
  const incidents = places.incidents && readIncidents(places.incidents, clauses);
  const lawChange = places.lawChange && readLawChange(places.lawChange);
  const disputes = places.disputes && readDisputes(places.disputes);
  return {
    ...(recall && { recall }),
    ...(incidents && { incidents }),
    ...(lawChange && { lawChange }),
    ...(disputes && { disputes }),
  };
}

function readRecall(place: Place): RecallTerms | undefined {
  const f = place.fields('recall', ['acknowledge', 'destroy'], ['certificate', 'atEnd']);
  const acknowledge = readPeriod(f.acknowledge, 'acknowledge');
  const destroy = readPeriod(f.destroy, 'destroy');
  const certificate = f.certificate?.oneOf('certificate', ['required', 'none']) === 'required';
  const end = f.atEnd?.fields('atEnd', ['what', 'within']);
  const what = end?.what.oneOf('what', ['destroy', 'return']);
  const within = end && readPeriod(end.within, 'within');
  if (acknowledge === undefined || destroy === undefined) return undefined;
  if (destroy < acknowledge)
    return f.destroy.find('bad-value', 'what is recalled is acknowledged before it is destroyed, not after');
  return {
    acknowledge,
    destroy,
    certificate,
    ...(what && within !== undefined && { atEnd: { what, within } }),
  };
}

function readIncidents(place: Place, clauses: readonly string[]): DutyTerms['incidents'] {
  const f = place.fields('incidents', ['notify'], ['suspendOnSuspicion']);
  const notify = readPeriod(f.notify, 'notify');
  const suspend = f.suspendOnSuspicion
    ? listed(f.suspendOnSuspicion, 'suspendOnSuspicion', (one) =>
        one.oneOf('a clause', clauses, 'unknown-clause'),
      )
    : [];
  return notify === undefined ? undefined : { notify, suspend };
}

function readLawChange(place: Place): DutyTerms['lawChange'] {
  const f = place.fields('lawChange', ['notify', 'consult']);
  const notify = readPeriod(f.notify, 'notify');
  const consult = readPeriod(f.consult, 'consult');
  return notify === undefined || consult === undefined ? undefined : { notify, consult };
}

function readDisputes(place: Place): readonly DisputeStep[] {
  const items = place.items('disputes');
  if (items.length === 0) place.find('bad-value', 'disputes names at least one step');
  return items.flatMap((one) => {
    const f = one.fields('a step', ['step', 'within']);
    const step = f.step.oneOf('step', DISPUTE_STEPS);
    const within = readPeriod(f.within, 'within');
    return step === undefined || within === undefined ? [] : [{ step, within }];
  });
}
