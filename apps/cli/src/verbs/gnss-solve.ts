import { positionRecord } from '@concord/derive';
import {
  type EphemerisStore,
  type Klobuchar,
  posHeader,
  posLine,
  type Solution,
  type SolvableSystem,
  solvePosition,
  type Vector3,
} from '@concord/gnss';
import { Findings } from '../findings.ts';
import { readNavigation } from '../gnss/navigation.ts';
import { factsAhead, instantNear, type ObservedEpoch, observedEpochs } from '../gnss/observations.ts';
import { inputName } from '../input.ts';
import { instant } from '../instant.ts';
import { Lines } from '../ndjson.ts';
import { options, say, UsageError } from '../verb.ts';

export const usage = `gnss solve --obs FILE [--nav FILE]… [--systems C|GC|GREC…] [--out ndjson|pos]

Receiver positions from pseudoranges, an epoch each (single point positioning): a line a position with {receiver, ts,
lat, lon, alt, ecef:[x,y,z], satellitesUsed, satellitesExcluded:[{sat, why}], hDop, vDop, pDop, consistency, sigma_m:
[east, north, up], velocity_m_s:[east, north, up]}: degrees, metres above the ellipsoid, metres Earth-fixed; error_m is
the distance to the point that an RTCM station tells of itself.

  --obs FILE     observations, RINEX 3 or 4, or RTCM 3; - is standard input
  --nav FILE     navigation data, RINEX or RTCM 3; may be repeated; not needed where an RTCM stream has its own
  --systems S    letters of RINEX: G is GPS, C is BDS; default GC. The orbits of others are not computed
                 by this version: they are left out, and standard error says so
  --out pos      RTKLIB's solution format, with GPST; default ndjson
  --near UTC     an instant within three days of an RTCM recording that does not tell its week

Epochs without a position are told on standard error. The exit status is 1 where there is damage, or no position.`;

interface Wanted {
  readonly systems: readonly SolvableSystem[];
  readonly pos: boolean;
}

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    obs: { type: 'string' },
    nav: { type: 'string', multiple: true, default: [] },
    systems: { type: 'string', default: 'GC' },
    out: { type: 'string', default: 'ndjson' },
    near: { type: 'string' },
  });
  const { obs } = values;
  if (obs === undefined) throw new UsageError('say where observations are: --obs FILE');
  if (positionals.length > 0 && values.nav.length === 0)
    throw new UsageError(`gnss solve takes no "${positionals[0]}"; navigation data go with --nav`);
  if (values.out !== 'ndjson' && values.out !== 'pos') throw new UsageError('--out is ndjson or pos');
  const systems = systemsOf(values.systems);
  // `--nav a b` reads as one option with two files.
  const nav = await readNavigation([...values.nav, ...positionals]);
  const findings = new Findings(inputName(obs));
  // A file is read twice, so that its first epochs have what came after them; a pipe cannot be.
  const points = new Map<number, Vector3>();
  if (obs !== '-') {
    for await (const fact of factsAhead(obs)) {
      if (fact.kind === 'ephemeris') nav.store.add(fact.ephemeris);
      else points.set(fact.station.station, fact.station.ecef);
    }
  }
  const near = values.near === undefined ? await instantNear(obs) : instant('--near', values.near);
  const wanted = { systems, pos: values.out === 'pos' };
  const epochs = observedEpochs(obs, nav.store, findings, { near, points });
  const solved = await solve(epochs, nav.store, nav.klobuchar, wanted);
  const status = findings.end();
  return solved === 0 || status === 1 || nav.status === 1 ? 1 : 0;
}

function systemsOf(text: string): SolvableSystem[] {
  const letters = [...new Set(text.toUpperCase())];
  const unknown = letters.find((letter) => !'GREJCSI'.includes(letter));
  if (letters.length === 0 || unknown !== undefined)
    throw new UsageError(`--systems are letters such as C, GC or GREC, not "${text}"`);
  const systems = (['G', 'C'] as const).filter((system) => letters.includes(system));
  const left = letters.filter((letter) => letter !== 'G' && letter !== 'C');
  if (systems.length === 0)
    throw new UsageError(`--systems ${text}: this version computes the orbits of G and C only`);
  if (left.length > 0)
    say(`concord: ${left.join(', ')} left out: this version computes the orbits of G and C`);
  return systems;
}

async function solve(
  epochs: AsyncGenerator<ObservedEpoch, void, undefined>,
  ephemerides: EphemerisStore,
  klobuchar: Klobuchar | undefined,
  { systems, pos }: Wanted,
): Promise<number> {
  const lines = new Lines();
  const accuracy = new Accuracy();
  const unsolved = new Findings('concord');
  let all = 0;
  let near: Solution | undefined;
  if (pos) lines.addText(posHeader(systems));
  for await (const { gpst, set, reference } of epochs) {
    all++;
    const result = solvePosition(
      { set, gpst, ephemerides, klobuchar },
      { systems, ...(near && { near: near.ecef }) },
    );
    if (!result.solved) {
      unsolved.add(result.time, `no position: ${result.why}`);
      continue;
    }
    near = result;
    const record = positionRecord(set.receiver, result, reference);
    accuracy.add(record['error_m']);
    if (pos) lines.addText(posLine(result));
    else lines.add({ ...record, ...uncertainty(result) });
    await lines.pace();
  }
  await lines.end();
  unsolved.end();
  say(`concord: ${accuracy.positions} positions of ${all} epochs${accuracy.text()}`);
  return accuracy.positions;
}

const rounded = (value: number) => Number(value.toFixed(4));

function uncertainty({ sigmaEnu, velocity }: Solution): Record<string, unknown> {
  return { sigma_m: sigmaEnu.map(rounded), ...(velocity && { velocity_m_s: velocity.enu.map(rounded) }) };
}

/** How far positions are from the point that their station tells of itself. */
class Accuracy {
  positions = 0;
  #measured = 0;
  #squares = 0;

  add(error: unknown): void {
    this.positions++;
    if (typeof error !== 'number') return;
    this.#measured++;
    this.#squares += error ** 2;
  }

  text(): string {
    if (this.#measured === 0) return '';
    const rms = Math.sqrt(this.#squares / this.#measured);
    return `; ${rms.toFixed(2)} m (3D RMS) from where the station says it is`;
  }
}
