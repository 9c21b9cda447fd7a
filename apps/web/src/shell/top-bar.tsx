import { clock, day } from '../format/time.ts';
import { hrefOf, type Route, type Screen } from '../route/route.ts';
import { useNow, useWatch } from '../watch/use-watch.ts';
import { say } from '../words/say.ts';
import { LiveStatus } from './live-status.tsx';
import { Sign } from './mark.tsx';
import { OfficerMenu } from './officer-menu.tsx';
import './top-bar.css';

const screens: readonly Screen[] = [
  'picture',
  'streams',
  'agreements',
  'grants',
  'recalls',
  'feeds',
  'ledger',
];

export function TopBar(props: { route: Route; signOut: () => void }) {
  const { me } = useWatch();
  const shown = screens.filter((it) => it !== 'feeds' || me.roles.includes('engineer'));
  return (
    <header className="top-bar">
      <a className="top-bar-home" href={hrefOf({ screen: 'picture' })}>
        <Sign size={22} />
        <span className="top-bar-name">{say('app.name')}</span>
        <span className="top-bar-node">{me.nodeName}</span>
      </a>
      <nav className="top-bar-nav" aria-label={say('nav.label')}>
        {shown.map((screen) => (
          <a
            key={screen}
            href={hrefOf({ screen } as Route)}
            aria-current={props.route.screen === screen ? 'page' : undefined}
          >
            {say(`nav.${screen}`)}
          </a>
        ))}
      </nav>
      <LiveStatus />
      <UtcClock />
      <OfficerMenu signOut={props.signOut} />
    </header>
  );
}

function UtcClock() {
  const now = useNow();
  return (
    <time className="top-bar-clock num" dateTime={new Date(now).toISOString()}>
      <span className="top-bar-time">{clock(now)}Z</span>
      <span className="top-bar-day">{day(now)}</span>
    </time>
  );
}
