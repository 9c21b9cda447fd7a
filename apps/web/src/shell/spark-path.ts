/** Path of a line over values, one step each, with a margin of one pixel; equal values run along the bottom. */
export function sparkPath(
  values: readonly number[],
  width: number,
  height: number,
  fromZero = false,
): string {
  if (values.length < 2) return '';
  const low = fromZero ? 0 : Math.min(...values);
  const high = Math.max(...values);
  const span = high - low || 1;
  return values
    .map((value, i) => {
      const x = 1 + (i / (values.length - 1)) * (width - 2);
      const y = height - 1 - ((value - low) / span) * (height - 2);
      return `${i === 0 ? 'M' : 'L'}${x.toFixed(1)} ${y.toFixed(1)}`;
    })
    .join('');
}
