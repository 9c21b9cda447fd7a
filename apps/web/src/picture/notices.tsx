import { CloseButton } from '@mantine/core';
import { IconInfoCircle, IconPlugConnectedX } from '@tabler/icons-react';
import { clock } from '../format/time.ts';
import type { Notice } from '../watch/notice.ts';
import { useWatch } from '../watch/use-watch.ts';
import { say } from '../words/say.ts';

/** Calm notices over the map: what was cut, what the server said, and that the connection is gone. */
export function Notices() {
  const watch = useWatch();
  return (
    <div className="notices" role="status" aria-live="polite">
      {watch.live.phase === 'waiting' && (
        <p className="notice notice-problem">
          <IconPlugConnectedX size={18} />
          <span>{say('notice.waiting')}</span>
        </p>
      )}
      {watch.notices.map((notice) => (
        <div key={notice.id} className={`notice notice-${notice.tone}`} data-testid={`notice-${notice.tone}`}>
          <IconInfoCircle size={18} aria-hidden="true" />
          <p>
            {textOf(notice)}
            <span className="dim num"> {clock(notice.at)}Z</span>
          </p>
          <CloseButton
            size="sm"
            aria-label={say('notice.dismiss')}
            onClick={() => watch.dismiss(notice.id)}
          />
        </div>
      ))}
    </div>
  );
}

/** Streams that a notice names; of more it tells the number. */
const NAMED = 3;

function textOf(notice: Notice): string {
  const { tone, subjects } = notice;
  if (tone === 'problem') return say('notice.problem', { message: subjects[0] ?? '' });
  if (subjects.length === 1) return say('notice.cut', { stream: subjects[0] ?? '' });
  const first = subjects.slice(0, NAMED).join(', ');
  const rest = subjects.length - NAMED;
  const streams = rest > 0 ? say('notice.more', { streams: first, n: rest }) : first;
  return say('notice.cuts', { n: subjects.length, streams });
}
