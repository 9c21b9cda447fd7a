/**
 * Tropospheric delay in metres after Saastamoinen (1972) for the standard atmosphere at 15 °C and 70 % humidity at
 * sea level. Zero below the horizon and outside −100 m to 10 km of height, where the atmosphere model ends.
 */
export function troposphericDelay(latitude: number, height: number, elevation: number): number {
  if (!(height > -100 && height < 1e4 && elevation > 0)) return 0;
  const h = Math.max(0, height);
  const pressure = 1013.25 * (1 - 2.2557e-5 * h) ** 5.2568;
  const kelvin = 288.15 - 6.5e-3 * h;
  const vapour = 6.108 * 0.7 * Math.exp((17.15 * kelvin - 4684) / (kelvin - 38.45));
  const zenithAngle = Math.PI / 2 - elevation;
  const gravity = 1 - 0.00266 * Math.cos(2 * latitude) - 0.00028 * (h / 1e3);
  const dry = (0.0022768 * pressure) / gravity;
  const wet = 0.002277 * (1255 / kelvin + 0.05) * vapour;
  return (dry + wet) / Math.cos(zenithAngle);
}
