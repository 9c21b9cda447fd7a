import { IconChevronRight, IconHelpCircle } from '@tabler/icons-react';
import { useState } from 'react';
import type { Stream } from '../../api/contract.ts';
import { perSecond } from '../../format/measure.ts';
import { age } from '../../format/time.ts';
import { rate } from '../../live/tally.ts';
import { Banner, ModeMark, ObligationChips } from '../../shell/marks.tsx';
import { useNow, useWatch } from '../../watch/use-watch.ts';
import { say, sayMaybe } from '../../words/say.ts';
import { EyeButton } from './eye-button.tsx';
import type { KindGroup } from './groups.ts';

/** One kind of a party: a line for all its feeds, and, opened, a line a feed. */
export function KindRow(props: { group: KindGroup; onReasons: (stream: string) => void }) {
  const { kind, streams } = props.group;
  const [open, setOpen] = useState(false);
  const watch = useWatch();
  const names = streams.map((it) => it.stream);
  const hidden = names.every((it) => watch.hidden.has(it));
  const title = sayMaybe(`kind.${kind}`, kind);
  const single = streams.length === 1 ? streams[0] : undefined;
  const obligations = streams.flatMap((it) => it.obligations);
  return (
    <li className={hidden ? 'kind-row kind-row-hidden' : 'kind-row'} data-kind={kind}>
      <div className="kind-row-top">
        <span className="kind-row-title">{title}</span>
        <span className="push" />
        <Pulse streams={names} />
        {single !== undefined && <WhyButton stream={single.stream} onReasons={props.onReasons} />}
        <EyeButton streams={names} what={title} />
      </div>
      <div className="kind-row-marks">
        {[...new Set(streams.flatMap((it) => it.banners))].map((banner) => (
          <Banner key={banner} text={banner} />
        ))}
        {modesBesides(streams, watch.me.dataMode).map((mode) => (
          <ModeMark key={mode} mode={mode} />
        ))}
        <ObligationChips obligations={obligations} />
      </div>
      {single !== undefined ? (
        <code className="kind-row-name dim">{single.stream}</code>
      ) : (
        <button type="button" className="kind-row-more" aria-expanded={open} onClick={() => setOpen(!open)}>
          <IconChevronRight size={14} className={open ? 'turned' : 'flips'} />
          {say('panel.feeds', { n: streams.length })}
        </button>
      )}
      {open && single === undefined && (
        <ul className="feed-list">
          {streams.map(({ stream, feed }) => (
            <li key={stream} className="feed-line">
              <code title={stream}>{feed}</code>
              <span className="push" />
              <Pulse streams={[stream]} />
              <WhyButton stream={stream} onReasons={props.onReasons} />
              <EyeButton streams={[stream]} what={feed} />
            </li>
          ))}
        </ul>
      )}
    </li>
  );
}

/** Banners carry their mode; a mode other than the node's is marked once more. */
const modesBesides = (streams: readonly Stream[], main: string) =>
  [...new Set(streams.flatMap((it) => it.dataModes))].filter((mode) => mode !== main);

function WhyButton(props: { stream: string; onReasons: (stream: string) => void }) {
  const label = say('panel.why', { stream: props.stream });
  return (
    <button
      type="button"
      className="icon-button"
      aria-label={label}
      title={label}
      onClick={() => props.onReasons(props.stream)}
    >
      <IconHelpCircle size={16} />
    </button>
  );
}

/** Rate over ten seconds and age of the last item. */
function Pulse(props: { streams: readonly string[] }) {
  const watch = useWatch();
  const now = useNow();
  let sum = 0;
  let last = 0;
  for (const stream of props.streams) {
    const news = watch.news.get(stream);
    if (news === undefined) continue;
    sum += rate(news.tally, Math.floor(now / 1000));
    last = Math.max(last, news.lastReceived);
  }
  if (last === 0) return <span className="pulse dim">{say('panel.quiet')}</span>;
  return (
    <span className="pulse num dim">
      {sum > 0 ? perSecond(sum) : age(Math.max(0, now - last))}
      <span className={now - last < 3000 ? 'pulse-dot pulse-dot-on' : 'pulse-dot'} aria-hidden="true" />
    </span>
  );
}
