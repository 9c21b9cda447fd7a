import type { Elset } from './elset.ts';

/** A made-up low orbit whose values fit the columns of a two-line set. For tests only. */
export const LOW: Elset = {
  satNo: 99_001,
  origObjectId: '2030-001A',
  name: 'EXAMPLE 1',
  epoch: '2030-03-01T06:00:00.000000Z',
  meanMotion: 15.21234567,
  eccentricity: 0.0012345,
  inclination: 97.5,
  raan: 120.25,
  argOfPerigee: 88.125,
  meanAnomaly: 272.0625,
  bStar: 0.000123,
  meanMotionDot: 0.00001234,
  meanMotionDDot: 0,
  revNo: 4321,
  ephemType: 0,
  elementSetNo: 999,
  classificationType: 'U',
};

/** A made-up geostationary object. */
export const HIGH: Elset = {
  ...LOW,
  satNo: 99_002,
  origObjectId: '2030-002A',
  name: 'EXAMPLE 2',
  meanMotion: 1.00271234,
  eccentricity: 0.0002,
  inclination: 0.05,
  bStar: 0,
};
