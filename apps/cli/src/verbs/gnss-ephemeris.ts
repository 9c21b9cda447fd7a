import { gpstFromUtc, isoFromGpst, parseSatelliteId, satelliteState, utcMillis } from '@concord/gnss';
import { readNavigation } from '../gnss/navigation.ts';
import { instant } from '../instant.ts';
import { options, print, say, UsageError } from '../verb.ts';

export const usage = `gnss ephemeris --nav FILE… --at UTC [--sat C19]…

Where the GPS and BDS satellites of navigation data are at an instant, and what their clocks show, by the broadcast
ephemeris whose reference time is nearest; a line a satellite: {sat, at, position_m:[x,y,z], velocity_m_s:[x,y,z],
clock_s, health, toe, source}. Positions are of the antenna, Earth-fixed at that instant (WGS 84, CGCS2000); clocks are
with the relativistic term and without group delay; health is as broadcast, 0 is healthy; source is the file. An
ephemeris that must not be used for positioning although it is in time has refused: "unhealthy" or "no-accuracy".

  --nav FILE   RINEX 3 or 4 navigation data, or RTCM 3 with 1019 and 1042; may be repeated; - is standard input
  --at UTC     such as 2020-06-25T12:00:00Z
  --sat ID     only this satellite; may be repeated

Satellites whose ephemerides are too far from the instant are named on standard error; where that is one that was asked
for, the exit status is 1.`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    nav: { type: 'string', multiple: true, default: [] },
    at: { type: 'string' },
    sat: { type: 'string', multiple: true },
  });
  // `--nav a b` reads as one option with two files.
  const files = [...values.nav, ...positionals];
  if (values.nav.length === 0) throw new UsageError('say where navigation data are: --nav FILE');
  if (values.at === undefined) throw new UsageError('say when: --at UTC');
  const at = gpstFromUtc(utcMillis(instant('--at', values.at)));
  const asked = values.sat?.map((text) => {
    const sat = parseSatelliteId(text);
    if (sat === undefined) throw new UsageError(`--sat is a satellite such as C19, not "${text}"`);
    return sat;
  });
  const { store, sources, status } = await readNavigation(files);
  let missing = 0;
  let found = 0;
  for (const sat of asked ?? store.satellites()) {
    const choice = store.select(sat, at);
    const ephemeris = 'refused' in choice ? store.nearest(sat, at) : choice.ephemeris;
    const refused = 'refused' in choice ? choice.refused : undefined;
    if (ephemeris === undefined || (refused !== 'unhealthy' && refused !== 'no-accuracy' && refused)) {
      say(`${sat}: ${refused ?? 'no-ephemeris'}${ephemeris ? `, toe ${isoFromGpst(ephemeris.toe)}` : ''}`);
      missing++;
      continue;
    }
    const { position, velocity, clock } = satelliteState(ephemeris, at);
    found++;
    await print({
      sat,
      at: isoFromGpst(at),
      position_m: position,
      velocity_m_s: velocity,
      clock_s: clock,
      health: ephemeris.health,
      toe: isoFromGpst(ephemeris.toe),
      source: sources.get(ephemeris) ?? files[0],
      ...(refused && { refused }),
    });
  }
  return found === 0 || (asked && missing > 0) ? 1 : status;
}
