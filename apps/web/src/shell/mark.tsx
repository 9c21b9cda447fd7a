/** Concord's sign: two open rings that hold each other. */
export function Sign(props: { size: number }) {
  return (
    <svg width={props.size} height={props.size} viewBox="0 0 32 32" aria-hidden="true">
      <g fill="none" strokeWidth="3.2" strokeLinecap="round">
        <path d="M20.5 8.4A9 9 0 1 0 20.5 23.6" stroke="var(--accent)" />
        <path d="M11.5 8.4A9 9 0 1 1 11.5 23.6" stroke="var(--ink)" strokeOpacity="0.75" />
      </g>
    </svg>
  );
}
