import { chmodSync, existsSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DATA_MODES, isPartyId } from '@concord/label';
import { beginNode } from '@concord/server';
import { options, print, say, UsageError } from '../verb.ts';

export const usage = `init DIR --party ID=NAME --party ID=NAME [--authority NAME] [--name NODE] [--mode MODE]

Writes what a node begins with into an empty folder: concord.yaml, accounts of the first officers, a draft agreement, and a
key for each party. Prints {dir, files, accounts:[{officer, password}]}; passwords are shown once and kept as hashes.
A private key in keys/ belongs on its party's own side: hand it over and delete it here.

  --party ID=NAME   a party, such as alder="Alder Coast Guard"; two or more
  --authority NAME  who supervises; default "Supervising authority"
  --name NODE       the node's name in its logs; default "node"
  --mode MODE       REAL, TEST, EXERCISE or SIMULATED, shown wherever data are; default TEST`;

function partyOf(text: string): { id: string; name: string } {
  const at = text.indexOf('=');
  const [id, name] = [text.slice(0, at), text.slice(at + 1).trim()];
  if (at < 1 || name === '' || !isPartyId(id) || id === 'authority')
    throw new UsageError(`"${text}" is no party: id=Name, the id in lower case`);
  return { id, name };
}

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    party: { type: 'string', multiple: true },
    authority: { type: 'string', default: 'Supervising authority' },
    name: { type: 'string', default: 'node' },
    mode: { type: 'string', default: 'TEST' },
  });
  const [dir, ...more] = positionals;
  if (dir === undefined || more.length > 0) throw new UsageError('init takes one folder');
  if (existsSync(dir) && readdirSync(dir).length > 0) throw new UsageError(`${dir} is not empty`);
  const parties = (values.party ?? []).map(partyOf);
  if (new Set(parties.map(({ id }) => id)).size < 2)
    throw new UsageError('say at least two parties: --party');
  if (!/^[^\s+]{1,100}$/.test(values.name)) throw new UsageError('--name has no spaces and no plus');
  const dataMode = DATA_MODES.find((one) => one === values.mode);
  if (!dataMode) throw new UsageError(`--mode is one of ${DATA_MODES.join(', ')}`);
  const { name, authority } = values;
  const today = new Date().toISOString().slice(0, 10);
  const { files, accounts } = await beginNode({ name, dataMode, parties, authority }, today);
  mkdirSync(dir, { recursive: true });
  for (const { path, text, secret } of files) {
    mkdirSync(dirname(join(dir, path)), { recursive: true });
    writeFileSync(join(dir, path), text, { mode: secret ? 0o600 : 0o644 });
  }
  chmodSync(join(dir, 'keys'), 0o700);
  await print({ dir, files: files.map(({ path }) => path), accounts });
  say(`concord: next: concord serve --config ${join(dir, 'concord.yaml')}`);
  return 0;
}
