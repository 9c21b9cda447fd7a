/** Concord's sign: two rings that hold each other. */
export function Sign(props: { size: number }) {
  return (
    <svg
      width={props.size}
      height={props.size}
      viewBox="0 0 32 32"
      fill="none"
      strokeWidth="3"
      aria-hidden="true"
    >
      <circle cx="11.5" cy="16" r="8" stroke="var(--accent)" />
      <circle cx="20.5" cy="16" r="8" stroke="var(--ink)" strokeOpacity="0.8" />
      {/* The left ring lies over the right one above, and under it below. */}
      <path d="M11.5 8a8 8 0 0 1 7.6 5.5" stroke="var(--panel)" strokeWidth="6" />
      <path d="M11.5 8a8 8 0 0 1 7.8 6.2" stroke="var(--accent)" />
    </svg>
  );
}
