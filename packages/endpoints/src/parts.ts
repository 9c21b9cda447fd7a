import type { Authority } from '@concord/authority';
import type { Intake } from '@concord/intake';
import type { DataMode, Label, OfficerId, PartyId } from '@concord/label';
import type { Release } from '@concord/release';
import type { Callers } from './caller.ts';

/** A party as readers may know of it. */
export interface PartyView {
  readonly id: PartyId;
  readonly name: string;
}

/** A recording that is being fed in, chunk by chunk. */
export interface Run {
  readonly run: string;
  readonly feed: string;
  readonly officer: OfficerId;
  /** Takes bytes that begin at `offset` of the source; resolves when what they completed is durable. */
  push(bytes: Uint8Array, offset: number, last: boolean): Promise<{ acknowledged: number; through: number }>;
  readonly acknowledged: number;
  readonly through: number;
}

/** Opens and finds runs: the feeds' side, given by the server. */
export interface Runs {
  open(of: {
    officer: OfficerId;
    party: PartyId;
    feed: string;
    source: string;
    format?: string;
    label: Label;
  }): Promise<Run>;
  find(run: string, officer: OfficerId): Promise<Run | undefined>;
}

/** The logs of receipts, as files. */
export interface LedgerFiles {
  read(log: string, path: string): Promise<Uint8Array | undefined>;
  state(log: string): { size: number; root: string; at: string } | undefined;
}

/** Everything that the doors open on to. */
export interface Parts {
  readonly nodeName: string;
  readonly dataMode: DataMode;
  /** `http://localhost:8080`, the one origin of the page. */
  readonly origin: string;
  readonly release: Release;
  readonly authority: Authority;
  readonly intake: Intake;
  readonly callers: Callers;
  readonly runs: Runs;
  readonly ledger: LedgerFiles;
  readonly parties: readonly PartyView[];
  /** The label of what an officer feeds in without one. */
  readonly defaultLabel: (party: PartyId, dataMode: DataMode) => Label | undefined;
  readonly onError: (cause: unknown) => void;
  /** Folder of the built page; absent, only the API is served. */
  readonly pageDir?: string;
}
