/**
 * A server process of a test: opens the folder's database, tells its PostgreSQL on stdout, and does as it is told.
 * Arguments: folder, then `wait` (until killed), `exit` (without closing) or `throw` (an error nobody catches).
 */
import { openDatabase } from '../database.ts';

const [folder = '', ending = 'wait'] = process.argv.slice(2);
const database = await openDatabase({ dataDir: folder });
process.stdout.write(`${database.pid}\n`, () => {
  if (ending === 'exit') process.exit(0);
  if (ending === 'throw') throw new Error('uncaught');
});
