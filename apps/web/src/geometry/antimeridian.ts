/** [longitude, latitude] in degrees. */
export type Position = readonly [number, number];

/**
 * Makes a line continuous in longitude: each point is moved by whole turns to lie within 180° of the one before, so that
 * what crosses the antimeridian runs on past ±180 instead of around the Earth.
 */
export function unwrap(line: readonly Position[]): Position[] {
  const out: Position[] = [];
  let last = line[0]?.[0] ?? 0;
  for (const [lon, lat] of line) {
    const near = lon + 360 * Math.round((last - lon) / 360);
    out.push([near, lat]);
    last = near;
  }
  return out;
}

/**
 * Closes an unwrapped ring for drawing. A ring that encloses a pole ends a turn away from where it began: it is led
 * along the pole's parallel and back.
 */
export function closeRing(ring: readonly Position[]): Position[] {
  const line = unwrap(ring);
  const first = line[0];
  const last = line.at(-1);
  if (first === undefined || last === undefined) return [];
  const home = unwrap([last, first])[1] ?? first;
  const turn = Math.round((home[0] - first[0]) / 360);
  if (turn === 0) {
    const shut = first[0] === last[0] && first[1] === last[1];
    return shut ? line : [...line, first];
  }
  const mean = line.reduce((sum, [, lat]) => sum + lat, 0) / line.length;
  const pole = mean < 0 ? -90 : 90;
  return [...line, home, [home[0], pole], [first[0], pole], first];
}
