import { DOORS, impliedPolicies, type Recorded, standingAt, type Terms } from '@concord/agreement';
import {
  type AgreementState,
  type AssuranceStanding,
  areaQuestions,
  classify,
  type GrantFacts,
  type ReleaseFacts,
  ROLES,
  type SubjectFacts,
  type World,
} from '@concord/gate';
import {
  type AgreementId,
  ITEM_KINDS,
  isAgreementId,
  isPartyId,
  LabelError,
  type PartyId,
  type Place,
  type Policies,
  readLabel,
  readPolicy,
} from '@concord/label';
import { UsageError } from '../verb.ts';
import { readJson } from './files.ts';
import { Reader } from './record.ts';

/** What a world file says, before it is put under an agreement. */
export interface WorldFile {
  /** Milliseconds UTC; undefined, the first instant of the agreement. */
  readonly at: number | undefined;
  readonly policies: Policies | undefined;
  readonly suspended: boolean;
  readonly assurances: ReadonlyMap<string, AssuranceStanding>;
  readonly readers: readonly NamedReader[];
  readonly items: readonly ItemEntry[];
}

interface NamedReader {
  readonly name: string;
  /** Grants without an agreement are under the one that is looked at. */
  readonly facts: (terms: Terms) => SubjectFacts;
}

interface ItemEntry {
  readonly name: string;
  readonly facts: (world: World, now: number) => ReleaseFacts;
}

export const WORLD_HELP = `WORLD is JSON: {at?, policies?, suspended?, assurances?, readers, items}
  at          UTC instant at which it is looked at; the agreement's first unless told
  policies    [{id, levels}], lowest level first; those that the agreement's table implies unless told
  suspended   true: the agreement is suspended
  assurances  {name: "live"|"lapsed"|"breached"}; live unless told
  readers     [{name?, party, roles?, nationality?, home?: {level, compartments?}, purposes?, door?: "api"|"live"|"file",
                grants?: [{level, compartments?, purposes?, agreement?, confirmed?: true}]}]
  items       [{name?, kind, label, originators, place?: {point: {lat, lon}} | {ring: [{lat, lon}…]}, consents?,
                recalled?}]`;

export async function readWorldFile(path: string): Promise<WorldFile> {
  const f = new Reader(await readJson(path), path).fields(
    'at',
    'policies',
    'suspended',
    'assurances',
    'readers',
    'items',
  );
  const policies = f.policies.list().map((one) => labelled(one, readPolicy));
  return {
    at: f.at.missing ? undefined : f.at.instant(),
    policies: policies.length > 0 ? new Map(policies.map((one) => [one.id, one])) : undefined,
    suspended: flag(f.suspended),
    assurances: new Map(
      f.assurances.entries().map(([id, one]) => [id, one.oneOf(['live', 'lapsed', 'breached'] as const)]),
    ),
    readers: f.readers.list().map(readReader),
    items: f.items.list().map(readItem),
  };
}

/** Refuses what is said of an assurance that none of the agreements has. */
export function checkAssurances(file: WorldFile, ...agreements: readonly Terms[]): void {
  const known = agreements.flatMap(({ assurances }) => assurances.map((one) => one.id));
  for (const id of file.assurances.keys())
    if (!known.includes(id)) throw new UsageError(`there is no assurance "${id}"`);
}

const UNRECORDED: Recorded = {
  suspended: false,
  confirmed: new Map(),
  breached: [],
  notices: [],
  suspicion: false,
};

/** The world at the instant of the file, with one agreement in it. */
export function worldUnder(terms: Terms, file: WorldFile): { world: World; now: number } {
  const { from, until } = terms.inForce;
  const now = file.at ?? from;
  const { opened } = standingAt(terms, UNRECORDED, now);
  const state: AgreementState = {
    terms,
    opened,
    standing: now < from ? 'not-yet' : now >= until ? 'ended' : file.suspended ? 'suspended' : 'in-force',
    assurances: new Map(terms.assurances.map(({ id }) => [id, file.assurances.get(id) ?? 'live'])),
  };
  return { world: { epoch: 0, policies: file.policies ?? impliedPolicies(terms), agreements: [state] }, now };
}

const flag = (one: Reader): boolean =>
  one.missing ? false : typeof one.value === 'boolean' ? one.value : one.fail('is true or false');

function party(one: Reader): PartyId {
  const text = one.text();
  return isPartyId(text) ? text : one.fail('is the name of a party');
}

function agreementId(one: Reader): AgreementId {
  const text = one.text();
  return isAgreementId(text) ? text : one.fail('is the name of an agreement');
}

/** Complaints about labels and policies, at their place in the file. */
function labelled<T>(one: Reader, read: (value: unknown) => T): T {
  try {
    return read(one.value);
  } catch (cause) {
    if (cause instanceof LabelError) return one.fail(cause.message);
    throw cause;
  }
}

function readReader(one: Reader, i: number): NamedReader {
  const f = one.fields('name', 'party', 'roles', 'nationality', 'home', 'purposes', 'door', 'grants');
  const home = f.home.missing ? undefined : f.home.fields('level', 'compartments');
  const grants = f.grants.list().map((grant) => {
    const g = grant.fields('agreement', 'level', 'compartments', 'purposes', 'confirmed');
    return {
      agreement: g.agreement.missing ? undefined : agreementId(g.agreement),
      level: g.level.text(),
      compartments: g.compartments.texts().sort(),
      purposes: g.purposes.texts().sort(),
      ...(flag(g.confirmed) && { confirmed: true as const }),
    };
  });
  const facts = {
    party: party(f.party),
    roles: f.roles.missing ? (['officer'] as const) : f.roles.list().map((role) => role.oneOf(ROLES)),
    ...(f.nationality.missing ? {} : { nationality: f.nationality.text() }),
    home: { level: home?.level.text() ?? '', compartments: home?.compartments.texts().sort() ?? [] },
    purposes: f.purposes.texts().sort(),
    door: f.door.missing ? 'api' : f.door.oneOf(DOORS),
  } as const;
  return {
    name: f.name.missing ? `reader ${i + 1}` : f.name.text(),
    facts: (terms) => ({
      ...facts,
      grants: grants.map((grant): GrantFacts => ({ ...grant, agreement: grant.agreement ?? terms.id })),
    }),
  };
}

function readItem(one: Reader, i: number): ItemEntry {
  const f = one.fields('name', 'kind', 'label', 'originators', 'place', 'consents', 'recalled');
  const item = {
    kind: f.kind.oneOf(ITEM_KINDS),
    time: 0,
    series: '',
    label: labelled(f.label, readLabel),
    originators: f.originators.list().map(party),
    ...(f.place.missing ? {} : { place: readPlace(f.place) }),
    record: {},
  };
  if (item.originators.length === 0) f.originators.fail('names at least one party');
  const consents = f.consents.list().map(party);
  const recalled = flag(f.recalled);
  return {
    name: f.name.missing ? `item ${i + 1}` : f.name.text(),
    facts: (world, now) => {
      const { areas, resolutions } = areaQuestions(world);
      const facts = classify(item, areas, resolutions, now, consents);
      return recalled ? { ...facts, state: 'recalled' } : facts;
    },
  };
}

function readPlace(one: Reader): Place {
  const f = one.fields('point', 'ring');
  const point = (at: Reader) => {
    const { lat, lon } = at.fields('lat', 'lon');
    return { lat: lat.number(), lon: lon.number() };
  };
  if (f.point.missing === f.ring.missing) return one.fail('has a point or a ring');
  return f.point.missing ? { ring: f.ring.list().map(point) } : { point: point(f.point) };
}
