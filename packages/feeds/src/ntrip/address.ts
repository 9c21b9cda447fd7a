import { FeedError } from '../error.ts';

/** Where a caster is, and what is wanted of it. */
export interface NtripAddress {
  readonly host: string;
  readonly port: number;
  /** Without a slash; empty asks for the source table. */
  readonly mount: string;
  readonly secure: boolean;
  readonly user?: string;
  readonly password?: string;
}

/** The port that IANA keeps for `rtcm-sc104`, and what casters behind TLS commonly have. */
const DEFAULT_PORT = { plain: 2101, secure: 2102 };

// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what must not get into a request
const UNSENDABLE = /[\u0000-\u0020\u007f-\uffff]/;

/**
 * Reads `ntrip://user:password@host:port/MOUNT`, `ntrips://` for TLS. No message says what was between the slashes
 * and the host.
 *
 * @throws FeedError `argument`
 */
export function parseNtripUrl(text: string): NtripAddress {
  let url: URL;
  try {
    url = new URL(text);
  } catch {
    throw new FeedError('argument', 'not a URL such as ntrip://host:2101/MOUNT');
  }
  if (url.protocol !== 'ntrip:' && url.protocol !== 'ntrips:') {
    throw new FeedError('argument', 'the URL of a caster begins with ntrip:// or ntrips://');
  }
  const secure = url.protocol === 'ntrips:';
  const port = url.port === '' ? DEFAULT_PORT[secure ? 'secure' : 'plain'] : Number(url.port);
  const [user, password, mount] = [url.username, url.password, url.pathname.slice(1)].map(decoded);
  return checkedAddress({
    host: url.hostname.replace(/^\[(.*)\]$/, '$1'),
    port,
    mount: mount ?? '',
    secure,
    ...(user && { user }),
    ...(password && { password }),
  });
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new FeedError('argument', 'a % in the URL is not followed by two hexadecimal digits');
  }
}

/** @throws FeedError `argument` for what could not be sent, or would say more than one thing in a request. */
export function checkedAddress(address: NtripAddress): NtripAddress {
  const { host, port, mount, user = '', password = '' } = address;
  if (host === '' || UNSENDABLE.test(host)) throw new FeedError('argument', 'the host is no name or address');
  if (!(Number.isInteger(port) && port >= 1 && port <= 65_535))
    throw new FeedError('argument', `${port} is no port`);
  if (UNSENDABLE.test(mount) || mount.length > 200)
    throw new FeedError('argument', 'the mount point is no name');
  if (user.includes(':')) throw new FeedError('argument', 'a user name has no colon (RFC 7617)');
  if (user.length + password.length > 1000) throw new FeedError('argument', 'name and password are too long');
  return address;
}

/** The same for people and logs: without name and password. */
export function publicAddress({ host, port, mount, secure }: NtripAddress): string {
  return `ntrip${secure ? 's' : ''}://${host.includes(':') ? `[${host}]` : host}:${port}/${mount}`;
}
