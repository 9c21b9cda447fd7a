import { Button } from '@mantine/core';
import { perSecond } from '../format/measure.ts';
import type { Phase } from '../live/connection.ts';
import { rate } from '../live/tally.ts';
import { useNow, useWatch } from '../watch/use-watch.ts';
import { say } from '../words/say.ts';
import { StateMark } from './marks.tsx';

const tones: Readonly<Record<Phase, 'good' | 'warn' | 'bad' | 'calm'>> = {
  idle: 'calm',
  connecting: 'calm',
  backfill: 'calm',
  live: 'good',
  waiting: 'warn',
  ended: 'bad',
};

/** The live connection in a word, with the rate of what arrives. */
export function LiveStatus() {
  const watch = useWatch();
  const second = Math.floor(useNow() / 1000);
  const { phase, message } = watch.live;
  let sum = 0;
  for (const { tally } of watch.news.values()) sum += rate(tally, second);
  return (
    <div className="live-status" role="status" data-phase={phase} title={message}>
      <StateMark tone={tones[phase]}>{say(`live.${phase}`)}</StateMark>
      {phase === 'live' && <span className="live-status-rate num dim">{perSecond(sum)}</span>}
      {phase === 'waiting' && (
        <Button size="compact-xs" variant="default" onClick={watch.retryNow}>
          {say('live.now')}
        </Button>
      )}
    </div>
  );
}
