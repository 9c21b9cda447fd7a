import { type AisBatch, AisDecoder, aisLine } from '@concord/ais';
import { Findings } from '../findings.ts';
import { bytesOf, inputName } from '../input.ts';
import { Lines } from '../ndjson.ts';
import { options, UsageError } from '../verb.ts';

export const usage = `ais decode FILE…

AIVDM and AIVDO sentences (NMEA 0183), with tag blocks or time lines around them or without, to messages: a line each
with type, repeat, mmsi and the names of the Unified Data Library (lat, lon, speed, course, trueHeading, navStatus,
rateOfTurn, shipName, callSign, imon, shipType, destination, draught, …) in degrees, knots and metres, null where not
available; ts, source and channel where they are told. Types whose content is not read have type, repeat and mmsi.
FILE may be - for standard input.

What cannot be read is told on standard error with its line; the exit status is then 1.`;

export async function run(args: readonly string[]): Promise<number> {
  const { positionals } = options(args, {});
  if (positionals.length === 0) throw new UsageError('say which files, or - for standard input');
  let status = 0;
  for (const path of positionals) status = Math.max(status, await decode(path));
  return status;
}

async function decode(path: string): Promise<number> {
  const findings = new Findings(inputName(path));
  const lines = new Lines();
  const decoder = new AisDecoder();
  const take = async ({ reports, faults }: AisBatch): Promise<void> => {
    for (const report of reports) lines.add(aisLine(report));
    for (const { line, reason, text } of faults) findings.add(`line ${line}`, `${reason}: ${text}`);
    await lines.pace();
  };
  for await (const bytes of bytesOf(path)) await take(decoder.push(bytes));
  await take(decoder.end());
  await lines.end();
  if (lines.count === 0 && findings.count === 0) findings.add('line 1', 'there is no AIS sentence in it');
  return findings.end();
}
