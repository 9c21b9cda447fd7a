import type { NtripAddress } from './address.ts';

const AGENT = 'NTRIP Concord/0.1';

/**
 * The request for a mount point, or for the source table. Version 2 is HTTP/1.1 with `Ntrip-Version` (RTCM 10410.1,
 * section 2.2); version 1 looks like HTTP/1.0 (Ntrip 1.0, 2004, section 4). Casters of version 1 answer both.
 */
export function ntripRequest(address: NtripAddress, version: 1 | 2): string {
  const { host, port, mount, user, password } = address;
  const authority = `${host.includes(':') ? `[${host}]` : host}:${port}`;
  const lines = [`GET /${mount} HTTP/${version === 2 ? '1.1' : '1.0'}`];
  if (version === 2) lines.push(`Host: ${authority}`, 'Ntrip-Version: Ntrip/2.0');
  lines.push(`User-Agent: ${AGENT}`);
  if (user !== undefined) {
    lines.push(`Authorization: Basic ${Buffer.from(`${user}:${password ?? ''}`, 'utf8').toString('base64')}`);
  }
  if (version === 2) lines.push('Connection: close');
  return `${lines.join('\r\n')}\r\n\r\n`;
}
