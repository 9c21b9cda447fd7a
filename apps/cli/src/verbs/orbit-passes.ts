import { findPasses, OrbitError, readArea, type Viewpoint } from '@concord/orbit';
import { catalogueOptions, cataloguePath, catalogueUsage, elementSets } from '../catalogue-input.ts';
import { Findings } from '../findings.ts';
import { inputName, textOf } from '../input.ts';
import { instant } from '../instant.ts';
import { Lines } from '../ndjson.ts';
import { options, UsageError } from '../verb.ts';

export const usage = `orbit passes --catalog FILE (--area FILE.geojson|--site LAT,LON,ALT_M) --from UTC --to UTC
             [--min-elevation DEG]

When the satellites of a catalogue stand above an elevation, seen from a site or from any place of an area; a line a
pass: {id, rise, culmination, set, maxElevation_deg, riseAzimuth_deg, setAzimuth_deg, range_km}, by satellite and time;
startsBefore or endsAfter is there where the interval cuts the pass.

${catalogueUsage}
  --site LAT,LON,ALT_M  degrees and metres above the ellipsoid
  --area FILE           a GeoJSON Polygon or MultiPolygon, or features of these
  --from UTC --to UTC   such as 2026-12-01T00:00:00Z; at most 366 days apart
  --min-elevation DEG   from 0 to 89; default 10`;

export async function run(args: readonly string[]): Promise<number> {
  const { values, positionals } = options(args, {
    ...catalogueOptions,
    area: { type: 'string' },
    site: { type: 'string' },
    from: { type: 'string' },
    to: { type: 'string' },
    'min-elevation': { type: 'string', default: '10' },
  });
  if (positionals.length > 0) throw new UsageError(`orbit passes takes no "${positionals[0]}"`);
  const path = cataloguePath(values);
  if (values.from === undefined || values.to === undefined) throw new UsageError('give --from and --to');
  const interval = { from: instant('--from', values.from), to: instant('--to', values.to) };
  if (interval.to <= interval.from) throw new UsageError('--to is after --from');
  const minElevation_deg = Number(values['min-elevation']);
  if (!(minElevation_deg >= 0 && minElevation_deg <= 89))
    throw new UsageError('--min-elevation is a number of degrees from 0 to 89');
  const wanted = { ...(await viewpoint(values)), ...interval, minElevation_deg };
  const findings = new Findings(inputName(path));
  const lines = new Lines();
  for await (const { elset, line } of elementSets(path, values, findings)) {
    const { passes, failure } = passesOf(elset, wanted);
    for (const pass of passes) lines.add(pass);
    if (failure !== null)
      findings.add(`line ${line}, object ${elset.satNo}`, `${failure.error}: ${failure.message}`);
    await lines.pace();
  }
  await lines.end();
  return findings.end();
}

/** An argument that the search refuses (an interval too long, an area too large) is bad usage. */
function passesOf(...[elset, wanted]: Parameters<typeof findPasses>): ReturnType<typeof findPasses> {
  try {
    return findPasses(elset, wanted);
  } catch (cause) {
    if (cause instanceof OrbitError) throw new UsageError(cause.message);
    throw cause;
  }
}

async function viewpoint({
  area,
  site,
}: {
  area?: string | undefined;
  site?: string | undefined;
}): Promise<Viewpoint> {
  if ((area === undefined) === (site === undefined)) throw new UsageError('give --area or --site');
  if (site !== undefined) return { site: siteOf(site) };
  const text = await textOf(area as string, 16 * 1024 * 1024);
  try {
    return { area: readArea(JSON.parse(text)) };
  } catch (cause) {
    if (cause instanceof OrbitError || cause instanceof SyntaxError)
      throw new UsageError(`${inputName(area as string)}: ${cause.message}`);
    throw cause;
  }
}

function siteOf(text: string): { lat: number; lon: number; alt_km: number } {
  const numbers = text.split(',').map((part) => (part.trim() === '' ? Number.NaN : Number(part)));
  const [lat = Number.NaN, lon = Number.NaN, alt = 0] = numbers;
  const fine =
    (numbers.length === 2 || numbers.length === 3) &&
    Math.abs(lat) <= 90 &&
    Math.abs(lon) <= 180 &&
    Math.abs(alt) <= 100_000;
  if (!fine) throw new UsageError(`--site is LAT,LON,ALT_M such as --site=57.05,9.92,20, not "${text}"`);
  return { lat, lon, alt_km: alt / 1000 };
}
