/** A process of a test that starts the cluster of a folder without `setpriv` and waits until it is killed. */
import { launchAs } from './account.ts';
import { openCluster } from './cluster.ts';
import { freePort, startPostgres } from './server.ts';

const cluster = await openCluster(process.argv[2] ?? '');
const child = await startPostgres(cluster, await freePort(), (account, command, args) =>
  launchAs(account, command, args, null),
);
child.ref();
process.stdout.write(`${child.pid}\n`);
