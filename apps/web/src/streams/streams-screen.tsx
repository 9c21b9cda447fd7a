import { IconHelpCircle, IconShieldOff } from '@tabler/icons-react';
import { useState } from 'react';
import type { Permission, Stream } from '../api/contract.ts';
import { perSecond } from '../format/measure.ts';
import { age } from '../format/time.ts';
import { advance, rate } from '../live/tally.ts';
import { Banner, ModeMark, ObligationChips, PartyName } from '../shell/marks.tsx';
import { ScreenFrame, Table } from '../shell/screen.tsx';
import { Sparkline } from '../shell/sparkline.tsx';
import { Empty, Loading } from '../shell/state.tsx';
import { useNow, useWatch } from '../watch/use-watch.ts';
import { say, sayMaybe } from '../words/say.ts';
import { ReasonsDialog } from './reasons-dialog.tsx';

/** Every stream that the reader may have: labels, modes, by which clause, what is done to it, how much arrives. */
export function StreamsScreen() {
  const watch = useWatch();
  const now = useNow();
  const [reasonsOf, setReasonsOf] = useState<string>();
  const { streams } = watch;
  return (
    <ScreenFrame title={say('nav.streams')} lead={say('streams.lead')}>
      {streams === undefined ? (
        <Loading />
      ) : streams.length === 0 ? (
        <Empty icon={<IconShieldOff size={28} stroke={1.5} />} title={say('panel.none')}>
          {say('panel.none.why')}
        </Empty>
      ) : (
        <Table
          caption={say('nav.streams')}
          head={[
            say('streams.stream'),
            say('streams.party'),
            say('streams.label'),
            say('streams.mode'),
            say('streams.by'),
            say('streams.obligations'),
            say('streams.minute'),
            say('streams.rate'),
            '',
          ]}
        >
          {streams.map((stream) => (
            <StreamRow key={stream.stream} stream={stream} now={now} onReasons={setReasonsOf} />
          ))}
        </Table>
      )}
      <ReasonsDialog stream={reasonsOf} onClose={() => setReasonsOf(undefined)} />
    </ScreenFrame>
  );
}

function StreamRow(props: { stream: Stream; now: number; onReasons: (stream: string) => void }) {
  const { stream, now } = props;
  const news = useWatch().news.get(stream.stream);
  const second = Math.floor(now / 1000);
  if (news !== undefined) advance(news.tally, second);
  const label = say('panel.why', { stream: stream.stream });
  return (
    <tr>
      <td>
        <span className="cell-main">{sayMaybe(`kind.${stream.kind}`, stream.kind)}</span>
        <code className="cell-sub">{stream.stream}</code>
      </td>
      <td>
        <PartyName id={stream.party} />
      </td>
      <td>
        {stream.banners.map((it) => (
          <Banner key={it} text={it} />
        ))}
      </td>
      <td>
        {stream.dataModes.map((it) => (
          <ModeMark key={it} mode={it} />
        ))}
      </td>
      <td>
        {stream.permittedBy.map((it) => (
          <PermissionLink key={JSON.stringify(it)} permission={it} />
        ))}
      </td>
      <td>
        <span className="row wrap">
          <ObligationChips obligations={stream.obligations} />
        </span>
      </td>
      <td>
        {news !== undefined && <Sparkline values={news.tally.counts} width={90} height={22} fromZero />}
      </td>
      <td className="num nowrap">
        {news === undefined ? (
          <span className="dim">{say('panel.quiet')}</span>
        ) : (
          <>
            {perSecond(rate(news.tally, second))}
            <span className="cell-sub">
              {say('details.ago', { age: age(Math.max(0, now - news.lastReceived)) })}
            </span>
          </>
        )}
      </td>
      <td>
        <button
          type="button"
          className="icon-button"
          aria-label={label}
          title={label}
          onClick={() => props.onReasons(stream.stream)}
        >
          <IconHelpCircle size={17} />
        </button>
      </td>
    </tr>
  );
}

function PermissionLink({ permission }: { permission: Permission }) {
  if (!('clause' in permission)) return <span className="dim">{say('streams.own')}</span>;
  return (
    <a href={`#/agreements/${encodeURIComponent(permission.agreement)}`}>
      {permission.clause}
      <span className="cell-sub">
        {say('agreement.version', { id: permission.agreement, version: permission.version })}
      </span>
    </a>
  );
}
