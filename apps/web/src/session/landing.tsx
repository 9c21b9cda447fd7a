import { Button } from '@mantine/core';
import { IconArrowRight, IconFileCheck, IconShieldLock, IconWritingSign } from '@tabler/icons-react';
import { Sign } from '../shell/mark.tsx';
import { say } from '../words/say.ts';
import './landing.css';

const points = [
  ['landing.agreement', IconWritingSign],
  ['landing.release', IconShieldLock],
  ['landing.proof', IconFileCheck],
] as const;

/** What stands here before somebody signs in. */
export function Landing(props: { ended: boolean }) {
  return (
    <main className="landing">
      <Rings />
      <div className="landing-card">
        <div className="row">
          <Sign size={34} />
          <span className="landing-name">{say('app.name')}</span>
        </div>
        <h1 className="landing-title">{say('landing.title')}</h1>
        <ul className="landing-points">
          {points.map(([key, Icon]) => (
            <li key={key}>
              <Icon size={20} stroke={1.5} aria-hidden="true" />
              <span>{say(key)}</span>
            </li>
          ))}
        </ul>
        {props.ended && (
          <p className="landing-ended" role="status">
            {say('landing.ended')}
          </p>
        )}
        <Button component="a" href="/login" size="md" rightSection={<IconArrowRight size={16} />}>
          {say('landing.signIn')}
        </Button>
        <p className="landing-foot">{say('landing.node', { node: window.location.host })}</p>
        <p className="landing-foot">{say('landing.recorded')}</p>
      </div>
    </main>
  );
}

/** Two spheres of interest, drawn calmly. */
function Rings() {
  const radii = [90, 150, 210, 270, 330, 390];
  return (
    <svg
      className="landing-rings"
      viewBox="0 0 1200 800"
      preserveAspectRatio="xMidYMid slice"
      aria-hidden="true"
    >
      {radii.map((r) => (
        <g key={r} fill="none" strokeOpacity={0.5 - r / 1000}>
          <circle cx="470" cy="400" r={r} stroke="var(--accent)" />
          <circle cx="760" cy="400" r={r} stroke="var(--ink-dim)" />
        </g>
      ))}
    </svg>
  );
}
