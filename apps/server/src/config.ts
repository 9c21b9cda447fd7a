import type { Grant, Officer, PartyKeys } from '@concord/authority';
import type { Account } from '@concord/identity';
import type { DataMode, Label, OfficerId, PartyId, Policy } from '@concord/label';
import type { HoldLimit } from '@concord/release';

/** What a feed of the configuration is. */
export type FeedConfig =
  | {
      readonly type: 'ntrip';
      readonly party: PartyId;
      readonly feed: string;
      readonly url: string;
      readonly username?: string;
      readonly password?: string;
      readonly label: Label;
    }
  | {
      readonly type: 'omm';
      readonly party: PartyId;
      readonly feed: string;
      readonly source: string;
      readonly everySeconds: number;
      readonly label: Label;
    };

export interface AgreementFile {
  readonly text: string;
  /** Text of a file that it names; undefined where there is none. */
  readonly file: (path: string) => string | undefined;
  /** Signatures of parties over it, made on their own side; without them it is a proposal to sign. */
  readonly signatures: readonly { readonly party: PartyId; readonly jws: string }[];
  /** Officers of the authority in whose name it is approved at the first start. The demonstration's alone. */
  readonly approvedBy: readonly OfficerId[];
}

/** Everything that a node is told from outside. */
export interface NodeConfig {
  readonly name: string;
  readonly dataMode: DataMode;
  readonly dataDir: string;
  readonly host: string;
  readonly port: number;
  /** Operator's port on loopback; 0 chooses one. */
  readonly operatorPort: number;
  /** How browsers reach the node; absent, `http://localhost:PORT`. */
  readonly origin?: string;
  /** PostgreSQL of one's own: a URL a login. Absent, the embedded one. */
  readonly database?: {
    readonly owner: string;
    readonly writer: string;
    readonly policy: string;
    readonly reader: string;
  };
  /** Who signs in at the embedded issuer. */
  readonly accounts?: readonly Account[];
  /** An issuer of one's own (OpenID Connect). Absent, the embedded one with accounts. */
  readonly oidc?: {
    readonly issuer: string;
    readonly clientId: string;
    readonly clientSecret?: string;
    readonly claim: string;
  };
  readonly parties: readonly {
    readonly id: PartyId;
    readonly name: string;
    readonly defaultClassification?: string;
    readonly policy: string;
  }[];
  /** Public keys of the parties, by which their signatures are checked. */
  readonly keys: PartyKeys;
  readonly policies: readonly Policy[];
  readonly officers: readonly Officer[];
  readonly agreements: readonly AgreementFile[];
  /** Grants that are there from the first start; afterwards the database knows better. */
  readonly grants: readonly Grant[];
  readonly feeds: readonly FeedConfig[];
  /** For how long items are held; without a limit, for ever. */
  readonly retention?: readonly HoldLimit[];
}
