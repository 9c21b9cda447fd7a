/**
 * The scaled fields of ITU-R M.1371-5 table 48 and following, from wire units to degrees, knots, degrees a minute and
 * back. "Not available" and values outside the field's meaning are null.
 */

const rounded = (value: number, step: number): number => Math.round(value * step) / step;

/** Longitude in degrees from units of 1/600,000 degree (28 bits); 181° is "not available". */
export const longitude = (raw: number): number | null => (raw > 108e6 || raw < -108e6 ? null : raw / 6e5);

/** Latitude in degrees from units of 1/600,000 degree (27 bits); 91° is "not available". */
export const latitude = (raw: number): number | null => (raw > 54e6 || raw < -54e6 ? null : raw / 6e5);

/** Longitude in degrees from units of 1/600 degree (18 bits, types 17 and 27). */
export const coarseLongitude = (raw: number): number | null =>
  raw > 108e3 || raw < -108e3 ? null : raw / 600;

/** Latitude in degrees from units of 1/600 degree (17 bits, types 17 and 27). */
export const coarseLatitude = (raw: number): number | null => (raw > 54e3 || raw < -54e3 ? null : raw / 600);

/** Speed over ground in knots from tenths; 1022 means 102.2 kn or more, 1023 not available. */
export const speed = (raw: number): number | null => (raw === 1023 ? null : raw / 10);

/** Course over ground in degrees from tenths; 3600 is not available, more is not used. */
export const course = (raw: number): number | null => (raw >= 3600 ? null : raw / 10);

/** True heading in degrees; 511 is not available, 360 to 510 are not used. */
export const heading = (raw: number): number | null => (raw >= 360 ? null : raw);

/** Rate of turn in degrees a minute by its raw byte (ROT_AIS = 4.733 √ROT), null at ±127 and -128. */
const RATES: readonly (number | null)[] = Array.from({ length: 256 }, (_, byte) => {
  const raw = (byte << 24) >> 24;
  if (Math.abs(raw) >= 127) return null;
  return raw === 0 ? 0 : Math.sign(raw) * rounded((raw / 4.733) ** 2, 100);
});

export const rateOfTurn = (raw: number): number | null => RATES[raw & 255] as number | null;

/** Raw rate of turn from degrees a minute; beyond 708°/min saturates at ±126. */
export const rawRateOfTurn = (rate: number): number =>
  Math.sign(rate) * Math.min(126, Math.round(4.733 * Math.sqrt(Math.abs(rate))));

/** A raw unsigned value whose zero means "not available". */
export const orNull = (raw: number): number | null => (raw === 0 ? null : raw);
