import { MID_OCEAN_CORRIDOR, type Position } from './waters.ts';

/** Lanes in different waters: the default one, a southern one, one on the equator, one over the antimeridian. */
export const CORRIDORS: readonly (readonly [name: string, corridor: readonly Position[]])[] = [
  ['mid-ocean', MID_OCEAN_CORRIDOR],
  [
    'southern',
    [
      [-20, -46],
      [-18.5, -47],
      [-18, -46.6],
      [-19.6, -45.6],
    ],
  ],
  [
    'equatorial',
    [
      [-30, -0.4],
      [-28, -0.2],
      [-28, 0.5],
      [-30, 0.3],
    ],
  ],
  [
    'antimeridian',
    [
      [179.2, 20],
      [-179, 20.4],
      [-179, 21],
      [179.2, 20.6],
    ],
  ],
];
