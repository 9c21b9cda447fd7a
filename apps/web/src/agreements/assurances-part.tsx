import { Button } from '@mantine/core';
import type { Assurance } from '../api/governance.ts';
import { useAct } from '../api/use-act.ts';
import { age, instant, parseTime } from '../format/time.ts';
import { PartyName, StateMark } from '../shell/marks.tsx';
import { Part } from '../shell/screen.tsx';
import { useNow, useWatch } from '../watch/use-watch.ts';
import { say } from '../words/say.ts';

const tones = { live: 'good', lapsed: 'warn', breached: 'bad' } as const;

/** What the parties have promised, until when that holds, and what rests while it does not. */
export function AssurancesPart(props: {
  agreement: string;
  assurances: readonly Assurance[];
  reload: () => void;
}) {
  const { me } = useWatch();
  const { act, busy, fault } = useAct(props.reload);
  const now = useNow();
  const speaks = me.roles.includes('release-authority');
  const path = (one: Assurance, what: string) =>
    `/api/agreements/${encodeURIComponent(props.agreement)}/assurances/${encodeURIComponent(one.id)}/${what}`;
  return (
    <Part title={say('assurances.title')}>
      {fault !== undefined && (
        <p className="act-fault" role="alert">
          {fault}
        </p>
      )}
      <ul className="clause-list plain-list">
        {props.assurances.map((one) => (
          <li key={one.id} className="card" data-assurance={one.id} data-standing={one.standing}>
            <div className="row wrap">
              <code>{one.id}</code>
              <StateMark tone={tones[one.standing]}>{say(`assuranceState.${one.standing}`)}</StateMark>
              <span className="dim">
                <PartyName id={one.by} />
              </span>
            </div>
            <p>{one.text}</p>
            <p className="dim num">
              {one.lapsesAt !== undefined &&
                one.standing === 'live' &&
                say('assurances.lapses', {
                  at: instant(parseTime(one.lapsesAt)),
                  in: age(Math.max(0, parseTime(one.lapsesAt) - now)),
                })}
              {one.breached !== undefined &&
                say('assurances.breached', {
                  at: instant(parseTime(one.breached.at)),
                  by: one.breached.by,
                  reason: one.breached.reason,
                })}
            </p>
            {speaks && me.party === one.by && (
              <Button
                size="compact-sm"
                variant="outline"
                loading={busy === path(one, 'confirm')}
                onClick={() => act(path(one, 'confirm'))}
              >
                {say('assurances.confirm')}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Part>
  );
}
