import { IconChevronLeft, IconLayoutSidebar, IconShieldOff } from '@tabler/icons-react';
import { useState } from 'react';
import { PartyName } from '../../shell/marks.tsx';
import { Empty, Loading } from '../../shell/state.tsx';
import { useWatch } from '../../watch/use-watch.ts';
import { say } from '../../words/say.ts';
import { EyeButton } from './eye-button.tsx';
import { Finder } from './finder.tsx';
import { groupStreams, type PartyGroup } from './groups.ts';
import { KindRow } from './kind-row.tsx';
import './streams-panel.css';

/** All streams of the reader, by party and kind: what they are labelled, what is done to them, and how alive they are. */
export function StreamsPanel(props: { onFind: (key: string) => void; onReasons: (stream: string) => void }) {
  const watch = useWatch();
  const [open, setOpen] = useState(true);
  if (!open) {
    return (
      <button
        type="button"
        className="panel-tab"
        aria-label={say('panel.open')}
        onClick={() => setOpen(true)}
      >
        <IconLayoutSidebar size={18} />
      </button>
    );
  }
  return (
    <aside className="panel streams-panel" aria-label={say('panel.title')}>
      <div className="panel-head">
        <h2 className="panel-title">{say('panel.title')}</h2>
        <span className="dim num push">{watch.streams?.length ?? ''}</span>
        <button
          type="button"
          className="icon-button"
          aria-label={say('panel.close')}
          onClick={() => setOpen(false)}
        >
          <IconChevronLeft size={17} className="flips" />
        </button>
      </div>
      <Finder onFind={props.onFind} />
      <div className="panel-body">
        {watch.streams === undefined ? (
          <Loading />
        ) : watch.streams.length === 0 ? (
          <Empty icon={<IconShieldOff size={26} stroke={1.5} />} title={say('panel.none')}>
            {say('panel.none.why')}
          </Empty>
        ) : (
          groupStreams(watch.streams, watch.me.party).map((group) => (
            <PartySection key={group.party} group={group} onReasons={props.onReasons} />
          ))
        )}
      </div>
    </aside>
  );
}

function PartySection(props: { group: PartyGroup; onReasons: (stream: string) => void }) {
  const { party, kinds } = props.group;
  const watch = useWatch();
  const streams = kinds.flatMap((it) => it.streams.map(({ stream }) => stream));
  return (
    <section className="party-section">
      <h3 className="party-section-head">
        <PartyName id={party} />
        {party === watch.me.party && <span className="chip">{say('panel.own')}</span>}
        <span className="push" />
        <EyeButton streams={streams} what={party} />
      </h3>
      <ul>
        {kinds.map((group) => (
          <KindRow key={group.kind} group={group} onReasons={props.onReasons} />
        ))}
      </ul>
    </section>
  );
}
