const AREA = JSON.stringify({
  type: 'Polygon',
  coordinates: [
    [
      [9, 53],
      [12, 53],
      [12, 56],
      [9, 56],
      [9, 53],
    ],
  ],
});
/** What the text names. */
export const FILES = { 'areas/bay.geojson': AREA };
/** An agreement of the demonstration's parties beside the one that runs. */
export const bay = (version: number) => `agreement: bay-watch
version: ${version}
title: Bay Watch
parties:
  alder: { name: Alder Coast Guard, policy: ALDER }
  birch: { name: Birch Maritime Authority, policy: BIRCH }
authority: { name: Joint Staff Commission, quorum: all }
inForce: { from: 2026-01-01, until: 2036-01-01 }
equivalence:
  - { alder: SECRET, birch: SECRET }
  - { alder: CONFIDENTIAL, birch: CONFIDENTIAL }
  - { alder: RESTRICTED, birch: OFFICIAL }
areas:
  bay: areas/bay.geojson
assurances:
  own-use:
    by: birch
    to: alder
    text: Positions stay with Birch.
    ifBreached: { suspend: [positions] }
clauses:
  positions: { from: alder, to: birch, covers: [gnss.position], ceiling: SECRET, within: bay, purposes: [rescue] }
`;
