import { actOptions, instantOption, post, reasonOf } from '../act.ts';
import { clientUsage } from '../client-options.ts';
import { options, UsageError } from '../verb.ts';

export const usage = `grant nominate OFFICER --agreement A --level L --clearance ID --until UTC --as OFFICER
grant nominate OFFICER --agreement A --level L --break-glass --reason TEXT --until UTC --as OFFICER

Nominates an officer of your own party for a grant, on the basis of its clearance certificate; a person of the other
side accepts it. With --break-glass, in an emergency, there is no certificate but a reason, it lasts 24 hours at most,
and the authority is told at once.

  --agreement A     under which agreement
  --level L         a level of the officer's own policy that its certificate reaches
  --compartment C   tagSet:value; may be repeated
  --for PURPOSE     a purpose of the agreement; may be repeated
  --clearance ID    the certificate
  --from UTC        from when; now unless told
  --until UTC       until when
${clientUsage}`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    ...actOptions,
    agreement: { type: 'string' },
    level: { type: 'string' },
    compartment: { type: 'string', multiple: true, default: [] },
    for: { type: 'string', multiple: true, default: [] },
    clearance: { type: 'string' },
    from: { type: 'string' },
    until: { type: 'string' },
    'break-glass': { type: 'boolean', default: false },
  });
  const [officer, ...more] = positionals;
  if (officer === undefined || more.length > 0) throw new UsageError('grant nominate takes one officer');
  const { agreement, level, clearance } = values;
  if (agreement === undefined || level === undefined) throw new UsageError('say --agreement and --level');
  const wish = {
    officer,
    agreement,
    level,
    compartments: values.compartment,
    purposes: values.for,
    until: instantOption('--until', values.until),
  };
  if (values['break-glass'])
    return await post(values, '/api/break-glass', { ...wish, reason: reasonOf(values) });
  if (clearance === undefined) throw new UsageError('say on which certificate: --clearance ID');
  const from = values.from === undefined ? {} : { from: instantOption('--from', values.from) };
  return await post(values, '/api/grants', { ...wish, ...from, clearance });
}
