export { Positions, type PositionsOptions } from './positions.ts';
export { ephemerisOf, observationOf, positionRecord } from './records.ts';
