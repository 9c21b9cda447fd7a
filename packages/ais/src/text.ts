/** Words for the codes of AIS messages (ITU-R M.1371-5 tables 48, 52 and 53). */

const NAV_STATUS = [
  'Under way using engine',
  'At anchor',
  'Not under command',
  'Restricted manoeuvrability',
  'Constrained by her draught',
  'Moored',
  'Aground',
  'Engaged in fishing',
  'Under way sailing',
  'Reserved for high-speed craft',
  'Reserved for wing-in-ground craft',
  'Power-driven vessel towing astern',
  'Power-driven vessel pushing ahead or towing alongside',
  'Reserved',
  'AIS-SART, MOB or EPIRB active',
  'Undefined',
] as const;

/** Navigational status 0-15 in words. */
export const navStatusText = (code: number): string => NAV_STATUS[code] ?? 'Undefined';

const THIRTIES = [
  'Fishing',
  'Towing',
  'Towing, long or wide',
  'Dredging or underwater operations',
  'Diving operations',
  'Military operations',
  'Sailing',
  'Pleasure craft',
] as const;

const FIFTIES = [
  'Pilot vessel',
  'Search and rescue vessel',
  'Tug',
  'Port tender',
  'Anti-pollution vessel',
  'Law enforcement vessel',
  'Local vessel',
  'Local vessel',
  'Medical transport',
  'Ship of a state not party to a conflict',
] as const;

const BY_TENS: Readonly<Record<number, string>> = {
  2: 'Wing-in-ground craft',
  4: 'High-speed craft',
  6: 'Passenger',
  7: 'Cargo',
  8: 'Tanker',
  9: 'Other',
};

/** Ship and cargo type 0-255 in words, without the hazard of the cargo; null for none and reserved codes. */
export function shipTypeText(code: number | null): string | null {
  if (code === null) return null;
  const tens = Math.trunc(code / 10);
  if (tens === 3) return THIRTIES[code % 10] ?? null;
  if (tens === 5) return FIFTIES[code % 10] ?? null;
  return BY_TENS[tens] ?? null;
}

const POS_DEVICE = [
  null,
  'GPS',
  'GLONASS',
  'GPS and GLONASS',
  'Loran-C',
  'Chayka',
  'Integrated navigation system',
  'Surveyed',
  'Galileo',
] as const;

/** Type of position-fixing device in words; null where not said. */
export const posDeviceText = (code: number | null): string | null =>
  code === 15 ? 'Internal GNSS' : (POS_DEVICE[code ?? 0] ?? null);
