/** The role names of the three restricted logins, to which migrations grant. */
export interface Roles {
  readonly writer: string;
  readonly policy: string;
  readonly reader: string;
}
