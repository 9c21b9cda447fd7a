import type { GnssSystem } from '../satellite.ts';
import type { Gpst } from '../time/time-scale.ts';
import type { Solution } from './solution.ts';

/** Milliseconds of 1980-01-06 as `Date` counts them: calendar readings in GPST are made like those in UTC. */
const GPST_ORIGIN = Date.UTC(1980, 0, 6);

const NAMES: Readonly<Partial<Record<GnssSystem, string>>> = { G: 'GPS', C: 'BDS' };

/** Header of a solution file in RTKLIB's format: degrees, ellipsoidal height, GPST. */
export function posHeader(systems: readonly GnssSystem[]): string {
  return [
    '% program   : Concord',
    '% pos mode  : Single',
    `% navi sys  : ${systems.map((system) => NAMES[system] ?? system).join(' ')}`,
    '%',
    '% (lat/lon/height=WGS84/ellipsoidal,Q=1:fix,2:float,3:sbas,4:dgps,5:single,6:ppp,ns=# of satellites)',
    `%  ${'GPST'.padEnd(22)}latitude(deg) longitude(deg)  height(m)   Q  ns   sdn(m)   sde(m)   sdu(m)  sdne(m)  sdeu(m)  sdun(m) age(s)  ratio`,
  ].join('\n');
}

/** One line of it. */
export function posLine(solution: Solution): string {
  const [east, north, up] = solution.sigmaEnu;
  const [eastNorth, northUp, upEast] = solution.covarianceEnu;
  const root = (covariance: number): number => Math.sign(covariance) * Math.sqrt(Math.abs(covariance));
  const deviations = [north, east, up, root(eastNorth), root(upEast), root(northUp)];
  return [
    calendar(solution.gpst),
    solution.lat.toFixed(9).padStart(14),
    solution.lon.toFixed(9).padStart(14),
    solution.heightEllipsoidal.toFixed(4).padStart(10),
    '5'.padStart(3),
    String(solution.satellitesUsed.length).padStart(3),
    ...deviations.map((value) => value.toFixed(4).padStart(8)),
    '0.00'.padStart(6),
    '0.0'.padStart(6),
  ].join(' ');
}

function calendar(instant: Gpst): string {
  const iso = new Date(GPST_ORIGIN + Math.round(instant * 1e3)).toISOString();
  return `${iso.slice(0, 10).replaceAll('-', '/')} ${iso.slice(11, 23)}`;
}
