import { IconCircleCheck, IconPlugConnected } from '@tabler/icons-react';
import type { Feed, QuarantineEntry } from '../api/contract.ts';
import { useResource } from '../api/use-resource.ts';
import { perSecond, whole } from '../format/measure.ts';
import { age, instant, parseTime } from '../format/time.ts';
import { ModeMark, StateMark } from '../shell/marks.tsx';
import { Part, ScreenFrame, Table } from '../shell/screen.tsx';
import { Empty, Failed, Loading, StaleNote } from '../shell/state.tsx';
import { useNow } from '../watch/use-watch.ts';
import { say } from '../words/say.ts';
import { Hexdump } from './hexdump-view.tsx';
import { placeWords } from './place-words.ts';
import './feeds-screen.css';

const tones = { running: 'good', waiting: 'warn', failed: 'bad', done: 'calm' } as const;

/** For engineers: how the own party's feeds are, and what could not be read. */
export function FeedsScreen() {
  const feeds = useResource<{ feeds: readonly Feed[] }>('/api/feeds', 3000);
  const quarantine = useResource<{ entries: readonly QuarantineEntry[] }>('/api/quarantine?limit=50', 10_000);
  return (
    <ScreenFrame title={say('nav.feeds')} lead={say('feeds.lead')}>
      <Part title={say('feeds.health')}>
        {feeds.data === undefined ? (
          feeds.error === undefined ? (
            <Loading />
          ) : (
            <Failed error={feeds.error} retry={feeds.reload} />
          )
        ) : feeds.data.feeds.length === 0 ? (
          <Empty icon={<IconPlugConnected size={28} stroke={1.5} />} title={say('feeds.none')} />
        ) : (
          <>
            <StaleNote error={feeds.error} />
            <div className="feed-cards">
              {feeds.data.feeds.map((it) => (
                <FeedCard key={it.feed} feed={it} />
              ))}
            </div>
          </>
        )}
      </Part>
      <Part title={say('quarantine.title')}>
        {quarantine.data === undefined ? (
          quarantine.error === undefined ? (
            <Loading />
          ) : (
            <Failed error={quarantine.error} retry={quarantine.reload} />
          )
        ) : quarantine.data.entries.length === 0 ? (
          <Empty icon={<IconCircleCheck size={28} stroke={1.5} />} title={say('quarantine.none')} />
        ) : (
          <Quarantine entries={quarantine.data.entries} />
        )}
      </Part>
    </ScreenFrame>
  );
}

function FeedCard({ feed }: { feed: Feed }) {
  const now = useNow();
  const last = feed.lastItemAt == null ? undefined : parseTime(feed.lastItemAt);
  return (
    <article className="feed-card card" data-state={feed.state}>
      <div className="row">
        <h3 className="feed-card-name">{feed.feed}</h3>
        <span className="push" />
        <StateMark tone={tones[feed.state]}>{say(`feedState.${feed.state}`)}</StateMark>
      </div>
      <p className="feed-card-source dim">
        <code>{feed.source}</code>
      </p>
      <dl className="feed-card-figures num">
        <div>
          <dt>{say('feeds.rate')}</dt>
          <dd>{perSecond(feed.itemsPerSecond)}</dd>
        </div>
        <div>
          <dt>{say('feeds.items')}</dt>
          <dd>{whole(feed.items)}</dd>
        </div>
        <div>
          <dt>{say('feeds.last')}</dt>
          <dd>{last === undefined ? '–' : age(Math.max(0, now - last))}</dd>
        </div>
        <div className={feed.quarantined > 0 ? 'feed-card-warn' : undefined}>
          <dt>{say('feeds.quarantined')}</dt>
          <dd>{whole(feed.quarantined)}</dd>
        </div>
      </dl>
      <p className="row">
        <ModeMark mode={feed.dataMode} />
        <span className="chip">{feed.format}</span>
      </p>
      {feed.message !== undefined && (
        <p
          className={
            feed.state === 'running' ? 'feed-card-message dim' : 'feed-card-message feed-card-warning'
          }
        >
          {feed.message}
        </p>
      )}
    </article>
  );
}

function Quarantine(props: { entries: readonly QuarantineEntry[] }) {
  return (
    <Table
      caption={say('quarantine.title')}
      head={[
        say('quarantine.at'),
        say('quarantine.feed'),
        say('quarantine.what'),
        say('quarantine.place'),
        say('quarantine.sample'),
      ]}
    >
      {props.entries.map((it) => (
        <tr key={it.id}>
          <td className="num nowrap">{instant(parseTime(it.at))}</td>
          <td>
            <code>{it.feed}</code>
          </td>
          <td>
            <span className="cell-main">{it.message}</span>
            <code className="cell-sub">{it.code}</code>
          </td>
          <td className="num nowrap">{placeWords(it.place)}</td>
          <td>
            <Hexdump sample={it.sample} />
          </td>
        </tr>
      ))}
    </Table>
  );
}
