import type { Area } from '../api/contract.ts';
import type { Position } from '../geometry/antimeridian.ts';
import { boundsOf, positionsOf } from '../geometry/bounds.ts';
import { latitudeName, longitudeName } from '../geometry/graticule.ts';
import { flatMap } from './flat-map.ts';

const WIDTH = 380;
const HEIGHT = 220;

/** Areas on a small chart of their own, true to scale in their middle latitude, with the graticule for its only land mark. */
export function AreaMap(props: { areas: readonly Area[] }) {
  const bounds = boundsOf(props.areas.flatMap(({ geojson }) => positionsOf(geojson)));
  if (bounds === undefined) return null;
  const { project, meridians, parallels } = flatMap(bounds, WIDTH, HEIGHT);
  const path = (points: readonly Position[]): string =>
    points
      .map(
        (p, i) =>
          `${i === 0 ? 'M' : 'L'}${project(p)
            .map((v) => v.toFixed(1))
            .join(' ')}`,
      )
      .join('');
  return (
    <figure className="area-map card">
      <svg
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        role="img"
        aria-label={props.areas.map((it) => it.name).join(', ')}
      >
        <rect width={WIDTH} height={HEIGHT} className="area-map-sea" />
        <g className="area-map-grid">
          {meridians.map((lon) => {
            const [x] = project([lon, 0]);
            return (
              <g key={lon}>
                <path d={`M${x} 0V${HEIGHT}`} />
                <text x={x + 3} y={HEIGHT - 4}>
                  {longitudeName(lon)}
                </text>
              </g>
            );
          })}
          {parallels.map((lat) => {
            const [, y] = project([0, lat]);
            return (
              <g key={lat}>
                <path d={`M0 ${y}H${WIDTH}`} />
                <text x={3} y={y - 3}>
                  {latitudeName(lat)}
                </text>
              </g>
            );
          })}
        </g>
        {props.areas.map((area) => (
          <path key={area.name} d={path(positionsOf(area.geojson))} className="area-map-area" />
        ))}
      </svg>
      <figcaption className="dim">{props.areas.map((it) => it.name).join(', ')}</figcaption>
    </figure>
  );
}
