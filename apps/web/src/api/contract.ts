import type { Assurance } from './governance.ts';

/** Shapes of the server's answers. Times are ISO 8601 in UTC; angles degrees, speeds knots, lengths metres. */

export type DataMode = 'REAL' | 'TEST' | 'EXERCISE' | 'SIMULATED';
export interface Me {
  readonly officer: string;
  readonly name: string;
  readonly party: string;
  readonly partyName: string;
  readonly roles: readonly string[];
  readonly purposes: readonly string[];
  readonly dataMode: DataMode;
  readonly csrf: string;
  readonly nodeName: string;
  readonly expiresAt: string;
}

export interface Label {
  readonly policy: string;
  readonly classification: string;
  readonly dataMode: DataMode;
  readonly banner: string;
  readonly caveats?: readonly string[];
  readonly purposes?: readonly string[];
}

/** What is done to an item before release. */
export interface Obligations {
  readonly position?: { readonly h3: number };
  /** ISO 8601 duration counted from ingest. */
  readonly delay?: string;
  readonly drop?: readonly string[];
}

export interface Released {
  readonly id: string;
  readonly stream: string;
  readonly kind: string;
  readonly time: string;
  readonly label: Label;
  readonly dataMode: DataMode;
  readonly obligations: Obligations;
  readonly originators: readonly string[];
  readonly series?: string;
  readonly item: Readonly<Record<string, unknown>>;
}

export type Permission =
  | { readonly agreement: string; readonly version: number; readonly clause: string }
  /** Own data of a party. */
  | { readonly home: string };

export interface Stream {
  readonly stream: string;
  readonly party: string;
  readonly feed: string;
  readonly kind: string;
  readonly banners: readonly string[];
  readonly dataModes: readonly DataMode[];
  readonly obligations: readonly Obligations[];
  readonly permittedBy: readonly Permission[];
}

export interface Party {
  readonly id: string;
  readonly name: string;
}

export interface Grant {
  readonly id: string;
  readonly officer: string;
  readonly officerName: string;
  readonly party: string;
  readonly agreement: string;
  readonly level: string;
  readonly purposes: readonly string[];
  readonly from: string;
  readonly until: string;
  readonly sponsor: string;
  readonly approvedBy: readonly string[];
  readonly state: 'active' | 'revoked' | 'expired' | 'not-yet' | 'nominated' | 'no-clearance';
  readonly mayRevoke: boolean;
  readonly revokedAt?: string;
  readonly revokedBy?: string;
}

export interface Cutoff {
  readonly officer: string;
  readonly door: 'live' | 'sse' | 'query';
  readonly stream: string;
  readonly cursor: string;
  readonly acknowledged: boolean;
}

export interface Revocation {
  readonly epoch: number | string;
  readonly at: string;
  readonly cutoffs: readonly Cutoff[];
  readonly pending?: true;
}

export interface Clause {
  readonly id: string;
  readonly from: string;
  readonly to: string | readonly string[];
  readonly covers: readonly string[];
  readonly ceiling?: string;
  readonly within?: string;
  readonly purposes?: readonly string[];
  readonly obligations?: Obligations;
  readonly inWords?: string;
}

export interface Agreement {
  readonly id: string;
  readonly version: number;
  readonly title: string;
  readonly state: string;
  readonly from?: string;
  readonly until?: string;
  readonly parties: readonly Party[];
  readonly authority?: string | { readonly name: string };
  readonly clauses: readonly Clause[];
  readonly digest: string;
  /** Rows of equal protection from the highest to the lowest: level by policy. */
  readonly equivalence?: readonly Readonly<Record<string, string>>[];
}

export interface Area {
  readonly name: string;
  readonly geojson: GeoJSON.GeoJSON;
}

export interface AgreementDetail extends Agreement {
  readonly assurances?: readonly Assurance[];
  /** Lines of what is never released, as they stand in the text. */
  readonly never?: readonly string[];
  readonly text?: string;
  readonly areas?: readonly Area[];
}

/** What is wrong with a draft, with its place in the text. */
export interface Finding {
  readonly code: string;
  readonly message: string;
  readonly line: number;
  readonly column: number;
}

export interface WhatIfVerdict {
  readonly effect: 'widens' | 'narrows' | 'alters';
  readonly kind: string;
  readonly classification: string;
  readonly dataMode: DataMode;
  readonly caveats: readonly string[];
  /** Names of areas in which the items lie. */
  readonly within: readonly string[];
  readonly readers: readonly string[];
  readonly before: string;
  readonly after: string;
  readonly clausesBefore: readonly string[];
  readonly clausesAfter: readonly string[];
  readonly count: number;
}

export interface WhatIfChanges {
  readonly version: number;
  readonly before?: number;
  readonly terms: readonly {
    readonly change: 'added' | 'removed' | 'changed';
    readonly what: string;
    readonly name?: string;
    readonly before?: string;
    readonly after?: string;
  }[];
  readonly verdicts: readonly WhatIfVerdict[];
  readonly items: number;
  readonly unplaced: number;
  readonly officers: number;
  readonly supposedGrants: boolean;
}

export type WhatIf = WhatIfChanges | { readonly findings: readonly Finding[] };

export interface Reason {
  readonly rule: string;
  readonly says: string;
  readonly outcome: 'deny' | 'obligation' | 'pass' | 'release';
  readonly agreement?: string;
  readonly clause?: string;
  readonly children?: readonly Reason[];
}

export interface Reasons {
  readonly subject: { readonly stream?: string };
  readonly verdict: 'release' | 'deny';
  readonly obligations: Obligations;
  readonly why: Reason;
}

export interface Feed {
  readonly feed: string;
  readonly party: string;
  readonly source: string;
  readonly format: string;
  readonly dataMode: DataMode;
  readonly state: 'running' | 'waiting' | 'failed' | 'done';
  readonly since: string;
  readonly lastItemAt?: string | null;
  readonly items: number;
  readonly itemsPerSecond: number;
  readonly quarantined: number;
  readonly message?: string;
}

export interface QuarantineEntry {
  readonly id: string;
  readonly at: string;
  readonly feed: string;
  readonly code: string;
  readonly message: string;
  readonly place: unknown;
  readonly sample: string;
}

export interface LedgerLog {
  readonly log: string;
  readonly size: number;
  readonly root: string;
  readonly at: string;
}

/** RFC 9457. */
export interface Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;
}
