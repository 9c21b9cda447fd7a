import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** Tells programs of the same account where the node of a data folder is: `{url, operatorUrl, pid}`. */
export function writeNodeFile(
  dataDir: string,
  facts: { readonly url: string; readonly operatorUrl: string },
): () => void {
  const path = join(dataDir, 'node.json');
  const { url, operatorUrl } = facts;
  writeFileSync(path, `${JSON.stringify({ url, operatorUrl, pid: process.pid })}\n`, { mode: 0o600 });
  return () => rmSync(path, { force: true });
}
