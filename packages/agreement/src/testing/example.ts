import { readAgreement } from '../index.ts';

/** An agreement with every key of the format. */
export const EXAMPLE = `agreement: harbour-approach
version: 2
title: Harbour Approach data arrangement
parties:
  elm: { name: Elm Port Authority, policy: ELM }
  fir: { name: Fir Navy, policy: FIR }
  oak: { name: Oak Hydrographic Service, policy: FIR }
authority: { name: Board of Pilots, quorum: 2 }
inForce: { from: 2027-03-01, until: 2029-03-01T12:00Z }
equivalence:
  - { elm: CLOSED,   fir: TOP SECRET, oak: TOP SECRET }
  - { elm: GUARDED,  fir: SECRET }
  - { elm: INTERNAL, fir: RESTRICTED }
areas:
  roads: areas/roads.geojson
  basin: areas/basin.geojson
assurances:
  no-targeting:
    by: fir
    to: elm
    text: Positions are used for traffic safety only.
    review: P30D
    ifBreached: { suspend: [positions-to-fir] }
  own-use:
    by: elm
    to: fir
    text: Pictures stay with the port.
    ifBreached:
      suspend:
        - pictures-to-elm
clauses:
  positions-to-fir:
    from: elm
    to: fir
    covers: [ais.position, ais.static]
    ceiling: GUARDED
    within: roads
    purposes: [traffic-safety, search-and-rescue]
    dataModes: [REAL, EXERCISE]
    obligations: { position: { h3: 6 }, delay: PT1H, drop: [callSign] }
  pictures-to-elm:
    from: fir
    to: elm
    covers: [eo.scene]
    ceiling: SECRET
    within: basin
  orbits-to-elm:
    from: fir
    to: elm
    covers: [orbit.elset, orbit.pass]
    ceiling: RESTRICTED
    obligations: { delay: P1D, drop: [bStar] }
never:
  - { release: { caveat: NOFORN } }
  - { release: { kind: report }, to: fir, by: file }
  - { release: { originator: oak }, to: elm }
  - release: { dataMode: SIMULATED }
    to: any-other-party
    by: live
thirdParties: originator-consent
`;

const square = (west: number, south: number, size: number) =>
  JSON.stringify({
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [west + size, south],
        [west + size, south + size],
        [west, south + size],
        [west, south],
      ],
    ],
  });

const FILES = new Map([
  ['areas/roads.geojson', square(3, 51, 2)],
  ['areas/basin.geojson', square(3.5, 51.5, 0.5)],
]);

export const file = (path: string): string | undefined => FILES.get(path);
export const read = (text: string) => readAgreement(text, { file });

/** The example with one part exchanged; the part must be there. */
export function changed(from: string, to: string): string {
  if (!EXAMPLE.includes(from)) throw new Error(`the example has no ${JSON.stringify(from)}`);
  return EXAMPLE.replace(from, to);
}
