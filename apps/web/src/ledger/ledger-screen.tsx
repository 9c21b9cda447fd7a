import { CopyButton } from '@mantine/core';
import { IconCheck, IconCopy, IconReceipt2 } from '@tabler/icons-react';
import type { LedgerLog } from '../api/contract.ts';
import { useResource } from '../api/use-resource.ts';
import { whole } from '../format/measure.ts';
import { age, instant, parseTime } from '../format/time.ts';
import { ScreenFrame } from '../shell/screen.tsx';
import { Empty, Failed, Loading, StaleNote } from '../shell/state.tsx';
import { useNow } from '../watch/use-watch.ts';
import { say } from '../words/say.ts';
import './ledger-screen.css';

/** The logs of receipts: how large, from when, and how anybody verifies them without trusting this page. */
export function LedgerScreen() {
  const { data, error, reload } = useResource<{ logs: readonly LedgerLog[] }>('/api/ledger', 5000);
  return (
    <ScreenFrame title={say('nav.ledger')} lead={say('ledger.lead')}>
      {data === undefined ? (
        error === undefined ? (
          <Loading />
        ) : (
          <Failed error={error} retry={reload} />
        )
      ) : data.logs.length === 0 ? (
        <Empty icon={<IconReceipt2 size={28} stroke={1.5} />} title={say('ledger.none')}>
          {say('ledger.none.why')}
        </Empty>
      ) : (
        <>
          <StaleNote error={error} />
          <div className="logs">
            {data.logs.map((it) => (
              <Log key={it.log} log={it} />
            ))}
          </div>
        </>
      )}
    </ScreenFrame>
  );
}

function Log({ log }: { log: LedgerLog }) {
  const now = useNow();
  const url = `${window.location.origin}/ledger/${encodeURIComponent(log.log)}`;
  const command = `concord ledger verify ${url}`;
  const at = parseTime(log.at);
  return (
    <article className="log card">
      <h2 className="part-title">{log.log}</h2>
      <dl className="log-figures num">
        <div>
          <dt>{say('ledger.size')}</dt>
          <dd className="log-size">{whole(log.size)}</dd>
        </div>
        <div>
          <dt>{say('ledger.checkpoint')}</dt>
          <dd>
            {instant(at)}{' '}
            <span className="dim">{say('details.ago', { age: age(Math.max(0, now - at)) })}</span>
          </dd>
        </div>
        <div className="log-root">
          <dt>{say('ledger.root')}</dt>
          <dd className="mono">{log.root}</dd>
        </div>
      </dl>
      <div>
        <p className="dim">{say('ledger.verify')}</p>
        <p className="log-command">
          <code>{command}</code>
          <CopyButton value={command}>
            {({ copied, copy }) => (
              <button
                type="button"
                className="icon-button push"
                onClick={copy}
                aria-label={say('ledger.copy')}
              >
                {copied ? <IconCheck size={16} /> : <IconCopy size={16} />}
              </button>
            )}
          </CopyButton>
        </p>
        <p>
          <a href={`/ledger/${encodeURIComponent(log.log)}/checkpoint`}>{say('ledger.open')}</a>
        </p>
      </div>
    </article>
  );
}
