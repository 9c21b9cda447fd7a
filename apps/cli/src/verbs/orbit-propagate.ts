import { isFailure, minutesSinceEpoch, propagationLine } from '@concord/orbit';
import { catalogueOptions, cataloguePath, catalogueUsage, elementSets } from '../catalogue-input.ts';
import { Findings } from '../findings.ts';
import { inputName } from '../input.ts';
import { instant } from '../instant.ts';
import { Lines } from '../ndjson.ts';
import { options, UsageError } from '../verb.ts';

export const usage = `orbit propagate --catalog FILE [--at UTC|--minutes=0,360]

States of every element set of a catalogue by SGP4, a line each: {id, epoch, minutes, position_km:[x,y,z],
velocity_km_s:[x,y,z], frame:"TEME"}; id is the catalogue number, minutes are counted from the set's epoch.

${catalogueUsage}
  --at UTC          at an instant, such as 2026-12-01T06:30:00Z
  --minutes=A,B,…   at minutes after each set's own epoch, negative ones before it; default 0

Element sets that cannot be read, and states that SGP4 cannot give (decayed, diverged, …), are told on standard error;
the exit status is then 1.`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    ...catalogueOptions,
    at: { type: 'string' },
    minutes: { type: 'string' },
  });
  if (positionals.length > 0) throw new UsageError(`orbit propagate takes no "${positionals[0]}"`);
  const path = cataloguePath(values);
  if (values.at !== undefined && values.minutes !== undefined)
    throw new UsageError('give --at or --minutes, not both');
  const at = values.at === undefined ? undefined : instant('--at', values.at);
  const minutes = minutesOf(values.minutes ?? '0');
  const findings = new Findings(inputName(path));
  const lines = new Lines();
  for await (const { elset, line } of elementSets(path, values, findings)) {
    for (const minute of at === undefined ? minutes : [minutesSinceEpoch(elset, at)]) {
      const state = propagationLine(elset, minute);
      if (isFailure(state)) {
        const place = `line ${line}, object ${elset.satNo}, ${minute} minutes after its epoch`;
        findings.add(place, `${state.error}: ${state.message}`);
      } else lines.add(state);
    }
    await lines.pace();
  }
  await lines.end();
  return findings.end();
}

function minutesOf(text: string): number[] {
  const minutes = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  if (!minutes.every(Number.isFinite))
    throw new UsageError(`--minutes are numbers with commas between, such as --minutes=-10,0,360`);
  return minutes;
}
