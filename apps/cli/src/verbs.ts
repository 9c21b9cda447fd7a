import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { Verb } from './verb.ts';

/** The verbs in the order of `--help`. The words name the file: `gnss decode` is `verbs/gnss-decode.ts`. */
export const verbs: ReadonlyMap<string, string> = new Map([
  ['demo', 'starts everything embedded, with an exercise to look at'],
  ['test', 'runs every check and test; last line "N passed, N failed"'],
  ['init', 'writes configuration, keys and first officers into a folder'],
  ['serve', 'runs a node from its configuration'],
  ['backup', 'keeps all data of a node in a folder'],
  ['restore', 'makes the data of a node anew from a backup'],
  ['doctor', 'says what is configured, reachable and wrong'],
  ['token', 'prints a bearer token for an officer of this node'],
  ['watch', 'prints the live items of a running server'],
  ['replay', 'feeds a recording into a running server'],
  ['recall', 'asks back what was given, and says who has destroyed it'],
  ['given', 'what a party gave and got, counted from receipts'],
  ['gnss decode', 'RTCM 3, RINEX, NMEA or UBX to messages or epochs'],
  ['gnss ephemeris', 'satellite positions and clocks at an instant'],
  ['gnss solve', 'receiver positions from observations'],
  ['gnss monitor', 'jamming, spoofing and other integrity events'],
  ['orbit propagate', 'states of a catalogue of element sets'],
  ['orbit passes', 'when satellites see an area or a site'],
  ['ais decode', 'AIVDM sentences to messages'],
  ['label convert', 'a label from one notation to another'],
  ['label decide', 'may this clearance read this label, and why'],
  ['agreement check', 'reads an agreement and says what is wrong with it'],
  ['agreement simulate', 'who would see what, and why'],
  ['agreement diff', 'what a new version would change'],
  ['agreement cedar', 'the agreement as Cedar policies'],
  ['agreement sign', "a party's signature over a version, made offline"],
  ['agreement propose', 'hands a version in and proposes it to its parties'],
  ['agreement hand-in', "hands in a party's signature"],
  ['agreement approve', 'approves for the authority; with the quorum it is in force'],
  ['agreement activate', 'checks an approved version again and puts it in force'],
  ['agreement withdraw', 'takes back a version that is not in force'],
  ['agreement suspend', 'suspends at once; one is enough'],
  ['agreement resume', 'agrees that it goes on; takes all'],
  ['agreement notice', 'gives notice for a time to come'],
  ['agreement terminate', 'ends it at once; one is enough'],
  ['agreement incident', 'reports a loss or compromise'],
  ['agreement close-incident', 'agrees that an incident is over'],
  ['assurance confirm', 'confirms a promise of your party'],
  ['assurance breach', 'tells a breach; the clauses that rest on it are cut'],
  ['assurance restore', 'agrees that it holds again after a breach'],
  ['clearance issue', 'a clearance certificate, made offline'],
  ['clearance hand-in', 'hands in a certificate'],
  ['clearance withdraw', 'withdraws a certificate; what rests on it ends'],
  ['grant list', 'grants and nominations that concern you'],
  ['grant nominate', 'nominates an officer of your party; also breaks glass'],
  ['grant accept', 'accepts for the other side'],
  ['grant revoke', 'revokes a grant; one is enough'],
  ['ledger verify', 'consistency, inclusion and cosignatures of a log'],
  ['ledger prove', 'the proof for one receipt'],
  ['bench', 'measures this machine, each figure beside its peer or ceiling'],
]);

function fileOf(words: string): URL {
  return new URL(`./verbs/${words.replace(' ', '-')}.ts`, import.meta.url);
}

/** Whether this version has the verb: its file is there. */
export function isThere(words: string): boolean {
  return existsSync(fileURLToPath(fileOf(words)));
}

/** The verb's module, loaded when it is called for: no verb pays for another's imports. */
export async function load(words: string): Promise<Verb> {
  return (await import(fileOf(words).href)) as Verb;
}

/** The verb that the arguments begin with, two words before one, and the arguments after it. */
export function find(args: readonly string[]): { words: string; rest: readonly string[] } | undefined {
  for (const length of [2, 1]) {
    const words = args.slice(0, length).join(' ');
    if (args.length >= length && verbs.has(words) && isThere(words))
      return { words, rest: args.slice(length) };
  }
  return undefined;
}
