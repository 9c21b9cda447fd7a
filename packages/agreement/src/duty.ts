import type { PartyId } from '@concord/label';
import type { Survivor, Terms } from './terms.ts';

/** Something that has happened; `at` in milliseconds UTC. */
export type DutyEvent =
  | { readonly kind: 'recall'; readonly at: number; readonly by: PartyId; readonly to: readonly PartyId[] }
  | { readonly kind: 'incident'; readonly at: number; readonly by: PartyId }
  | { readonly kind: 'law-change'; readonly at: number; readonly by: PartyId }
  | { readonly kind: 'dispute'; readonly at: number; readonly by: PartyId; readonly with: PartyId }
  | { readonly kind: 'receipt'; readonly at: number; readonly clause: string }
  | { readonly kind: 'end'; readonly at: number };

export type DutyKind =
  | 'acknowledge-recall'
  | 'destroy'
  | 'certify-destruction'
  | 'return'
  | 'notify-incident'
  | 'notify-law-change'
  | 'consult'
  | 'refer-to-authority';

/** What a party owes others until an instant. Plain data: who keeps it opens and closes it. */
export interface Duty {
  readonly kind: DutyKind;
  readonly owedBy: PartyId;
  readonly to: readonly PartyId[];
  /** Owed to the authority as well. */
  readonly authority: boolean;
  /** Milliseconds UTC; `due` is the last instant at which it is met in time. */
  readonly from: number;
  readonly due: number;
}

const SURVIVES: Readonly<Record<DutyEvent['kind'], Survivor | undefined>> = {
  recall: 'recall',
  incident: 'incidents',
  'law-change': undefined,
  dispute: 'disputes',
  receipt: 'recall',
  end: undefined,
};

/**
 * The duties that an event opens, each for one party. After `endedAt` only what survives the end opens anything. An
 * event of somebody who is no party opens nothing.
 */
export function dutiesOpenedBy(terms: Terms, event: DutyEvent, endedAt?: number): Duty[] {
  const survivor = SURVIVES[event.kind];
  const over = endedAt !== undefined && event.at >= endedAt && event.kind !== 'end';
  if (over && (survivor === undefined || !terms.inForce.survives?.includes(survivor))) return [];
  if ('by' in event && !terms.parties.some((one) => one.id === event.by)) return [];
  switch (event.kind) {
    case 'recall':
      return recalled(terms, event);
    case 'incident':
      return incident(terms, event);
    case 'law-change':
      return lawChanged(terms, event);
    case 'dispute':
      return disputed(terms, event);
    case 'receipt':
      return received(terms, event);
    case 'end':
      return ended(terms, event);
  }
}

type Of<K extends DutyEvent['kind']> = Extract<DutyEvent, { readonly kind: K }>;

const others = ({ parties }: Terms, but: PartyId): PartyId[] =>
  parties.map((one) => one.id).filter((one) => one !== but);

const duty = (
  kind: DutyKind,
  owedBy: PartyId,
  to: readonly PartyId[],
  from: number,
  period: number,
  authority = false,
): Duty => ({ kind, owedBy, to, authority, from, due: from + period });

function recalled(terms: Terms, { at, by, to }: Of<'recall'>): Duty[] {
  const { recall } = terms;
  if (!recall) return [];
  return others(terms, by)
    .filter((party) => to.includes(party))
    .flatMap((party) => [
      duty('acknowledge-recall', party, [by], at, recall.acknowledge),
      duty('destroy', party, [by], at, recall.destroy),
      ...(recall.certificate ? [duty('certify-destruction', party, [by], at, recall.destroy)] : []),
    ]);
}

const incident = (terms: Terms, { at, by }: Of<'incident'>): Duty[] =>
  terms.incidents ? [duty('notify-incident', by, others(terms, by), at, terms.incidents.notify, true)] : [];

function lawChanged(terms: Terms, { at, by }: Of<'law-change'>): Duty[] {
  if (!terms.lawChange) return [];
  const { notify, consult } = terms.lawChange;
  const all = terms.parties.map((one) => one.id);
  return [
    duty('notify-law-change', by, others(terms, by), at, notify, true),
    ...all.map((party) => duty('consult', party, others(terms, party), at, consult)),
  ];
}

/** One step after the other: each begins where the last one has run out. */
function disputed(terms: Terms, { at, by, with: other }: Of<'dispute'>): Duty[] {
  if (by === other || !terms.parties.some((one) => one.id === other)) return [];
  let from = at;
  return (terms.disputes ?? []).flatMap(({ step, within }) => {
    const begin = from;
    from += within;
    return step === 'consultation'
      ? [duty('consult', by, [other], begin, within), duty('consult', other, [by], begin, within)]
      : [duty('refer-to-authority', by, [other], begin, within, true)];
  });
}

function received(terms: Terms, { at, clause: id }: Of<'receipt'>): Duty[] {
  const clause = terms.clauses.find((one) => one.id === id);
  return clause?.hold === undefined ? [] : [duty('destroy', clause.to, [clause.from], at, clause.hold)];
}

/** At the end each recipient owes each of its originators. */
function ended(terms: Terms, { at }: Of<'end'>): Duty[] {
  const { recall } = terms;
  if (!recall?.atEnd) return [];
  const { what, within } = recall.atEnd;
  const pairs = new Map(terms.clauses.map((one) => [`${one.to} ${one.from}`, one]));
  return [...pairs.values()].flatMap(({ from, to }) => [
    duty(what, to, [from], at, within),
    ...(what === 'destroy' && recall.certificate
      ? [duty('certify-destruction', to, [from], at, within)]
      : []),
  ]);
}
