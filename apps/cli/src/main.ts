import { UsageError } from './verb.ts';
import { find, isThere, load, verbs } from './verbs.ts';

function help(group?: string): string {
  const shown = [...verbs].filter(([words]) => isThere(words) && (!group || words.startsWith(`${group} `)));
  const width = Math.max(...shown.map(([words]) => words.length));
  return [
    'Concord: share intelligence and live sensor data under a written agreement, and prove what was shared.',
    '',
    'Usage: concord VERB …          concord VERB --help says more about one verb',
    '',
    ...shown.map(([words, summary]) => `  ${words.padEnd(width)}  ${summary}`),
    '',
    'Output is NDJSON on standard output; progress and errors go to standard error.',
    'Exit status: 0 done, 1 findings, 2 bad usage or input. Verbs that talk to a server take --url',
    '(default $CONCORD_URL, then http://localhost:8080).',
    '',
  ].join('\n');
}

async function main(args: readonly string[]): Promise<number> {
  const first = args[0];
  if (first === undefined || first === '--help' || first === '-h' || first === 'help') {
    process.stdout.write(help());
    return first === undefined ? 2 : 0;
  }
  const found = find(args);
  if (found === undefined) {
    const isGroup = [...verbs.keys()].some((words) => words.startsWith(`${first} `) && isThere(words));
    if (isGroup && (args[1] === '--help' || args[1] === '-h')) {
      process.stdout.write(help(first));
      return 0;
    }
    const asked = args.slice(0, isGroup ? 2 : 1).join(' ');
    process.stderr.write(isGroup ? help(first) : '');
    process.stderr.write(`concord: there is no verb "${asked}"; concord --help lists them\n`);
    return 2;
  }
  const verb = await load(found.words);
  if (found.rest.includes('--help') || found.rest.includes('-h')) {
    process.stdout.write(`Usage: concord ${verb.usage.trim()}\n`);
    return 0;
  }
  try {
    return await verb.run(found.rest);
  } catch (error) {
    if (!(error instanceof UsageError)) throw error;
    process.stderr.write(`concord: ${error.message}\nUsage: concord ${verb.usage.trim()}\n`);
    return 2;
  }
}

// A reader that has seen enough (`concord gnss decode … | head -1`) closes the pipe: that is no failure of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  process.exit(error.code === 'EPIPE' ? 0 : 1);
});

try {
  process.exitCode = await main(process.argv.slice(2));
} catch (error) {
  const { message, stack } = error instanceof Error ? error : new Error(String(error));
  process.stderr.write(`concord: ${process.env['CONCORD_DEBUG'] ? stack : message}\n`);
  process.exitCode = 1;
}
