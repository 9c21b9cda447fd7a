import { sparkPath } from './spark-path.ts';

/** A small line of values, from the first at the start to the last at the end. */
export function Sparkline(props: {
  values: readonly number[];
  width: number;
  height: number;
  fromZero?: boolean;
}) {
  const { values, width, height, fromZero = false } = props;
  return (
    <svg
      width={width}
      height={height}
      viewBox={`0 0 ${width} ${height}`}
      aria-hidden="true"
      className="sparkline"
    >
      <path
        d={sparkPath(values, width, height, fromZero)}
        fill="none"
        stroke="var(--accent)"
        strokeWidth="1.25"
        strokeLinejoin="round"
      />
    </svg>
  );
}
