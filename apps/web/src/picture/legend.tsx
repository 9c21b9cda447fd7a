import { useState } from 'react';
import { PartyName } from '../shell/marks.tsx';
import { useParties } from '../shell/parties.ts';
import { useWatch } from '../watch/use-watch.ts';
import { say } from '../words/say.ts';
import type { Layer } from './objects/kind.ts';
import './legend.css';

const shapes: readonly (readonly [string, Layer, React.ReactNode])[] = [
  ['legend.ship', 'vessels', <path key="s" d="M8 1.5 11.5 7v7h-7V7z" />],
  [
    'legend.cell',
    'vessels',
    <path key="c" d="M8 1.5 13.6 4.8v6.4L8 14.5 2.4 11.2V4.8z" fillOpacity="0.3" stroke="currentColor" />,
  ],
  [
    'legend.receiver',
    'receivers',
    <g key="r">
      <circle cx="8" cy="8" r="6.5" fillOpacity="0.3" />
      <circle cx="8" cy="8" r="2.6" />
    </g>,
  ],
  ['legend.satellite', 'satellites', <circle key="o" cx="8" cy="8" r="2.8" />],
  [
    'legend.scene',
    'scenes',
    <path key="f" d="M2 5 12 2l2 9-10 3z" fillOpacity="0.2" stroke="currentColor" />,
  ],
  [
    'legend.detection',
    'detections',
    <path
      key="d"
      d="M2 5V2h3M11 2h3v3M14 11v3h-3M5 14H2v-3"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
    />,
  ],
  ['legend.event', 'events', <path key="e" d="M8 2 15 14H1z" className="legend-event" />],
  [
    'legend.area',
    'scenes',
    <path
      key="a"
      d="M1 8h14"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.5"
      strokeDasharray="3.5 2.5"
    />,
  ],
];

/** What the marks mean; parties by colour. */
export function Legend() {
  const [open, setOpen] = useState(true);
  const watch = useWatch();
  const { colours } = useParties();
  const parties = [...new Set((watch.streams ?? []).map((it) => it.party))].filter((it) => colours.has(it));
  return (
    <details className="legend" open={open} onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary>{say('legend.title')}</summary>
      <ul className="legend-list">
        {shapes.map(([key, , shape]) => (
          <li key={key}>
            <svg viewBox="0 0 16 16" width="15" height="15" fill="currentColor" aria-hidden="true">
              {shape}
            </svg>
            {say(key as 'legend.ship')}
          </li>
        ))}
      </ul>
      {parties.length > 0 && (
        <ul className="legend-list legend-parties">
          {parties.map((id) => (
            <li key={id}>
              <PartyName id={id} />
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}
