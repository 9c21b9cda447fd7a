import { randomUUID } from 'node:crypto';
import { issueClearance } from '@concord/authority';
import { isOfficerId, partyOf } from '@concord/label';
import { instantOption } from '../act.ts';
import { readPartyKey } from '../party-key.ts';
import { options, printText, say, UsageError } from '../verb.ts';

export const usage = `clearance issue OFFICER --level L --until UTC --key KEY.jwk

Issues a clearance certificate for an officer of your party and prints it, a JWS. Offline, on the party's own side: the
key stays there. concord clearance hand-in takes it to a server.

  --level L         a level of your party's policy
  --compartment C   tagSet:value; may be repeated
  --nationality N   country code
  --from UTC        from when; now unless told
  --until UTC       until when
  --id ID           its identifier; a random one unless told
  --status URL      where you say whether it still holds
  --key FILE        the party's private Ed25519 key, a JWK`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    level: { type: 'string' },
    compartment: { type: 'string', multiple: true, default: [] },
    nationality: { type: 'string' },
    from: { type: 'string' },
    until: { type: 'string' },
    id: { type: 'string' },
    status: { type: 'string' },
    key: { type: 'string' },
  });
  const [officer, ...more] = positionals;
  if (officer === undefined || more.length > 0 || !isOfficerId(officer))
    throw new UsageError('clearance issue takes one officer, such as ada@alder');
  if (values.level === undefined) throw new UsageError('say how high: --level L');
  const key = await readPartyKey(values.key);
  const { nationality, status, id = randomUUID() } = values;
  const from = values.from === undefined ? Date.now() : Date.parse(instantOption('--from', values.from));
  const jws = await issueClearance(
    {
      id,
      party: partyOf(officer),
      officer,
      level: values.level,
      compartments: values.compartment,
      from,
      until: Date.parse(instantOption('--until', values.until)),
      ...(nationality !== undefined && { nationality }),
      ...(status !== undefined && { status }),
    },
    key,
  );
  await printText(`${jws}\n`);
  say(`certificate ${id} for ${officer}`);
  return 0;
}
