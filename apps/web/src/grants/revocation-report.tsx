import { CloseButton } from '@mantine/core';
import { IconCircleCheck, IconClockPause } from '@tabler/icons-react';
import type { Grant, Revocation } from '../api/contract.ts';
import { parseTime, preciseClock } from '../format/time.ts';
import { StateMark } from '../shell/marks.tsx';
import { Table } from '../shell/screen.tsx';
import { say } from '../words/say.ts';

/** What a revocation did: from which epoch and instant, and what became of each open stream. */
export function RevocationReport(props: { grant: Grant; revocation: Revocation; onClose: () => void }) {
  const { grant, revocation } = props;
  const { epoch, at, cutoffs, pending } = revocation;
  return (
    <section className="revocation card" role="status" data-testid="revocation">
      <div className="row">
        {pending ? (
          <IconClockPause size={20} className="revocation-pending" />
        ) : (
          <IconCircleCheck size={20} className="revocation-done" />
        )}
        <h2 className="part-title">{say('revocation.title', { name: grant.officerName })}</h2>
        <CloseButton className="push" aria-label={say('notice.dismiss')} onClick={props.onClose} />
      </div>
      <dl className="revocation-facts num">
        <dt>{say('revocation.epoch')}</dt>
        <dd>{epoch}</dd>
        <dt>{say('revocation.at')}</dt>
        <dd>{preciseClock(parseTime(at))}</dd>
        <dt>{say('revocation.streams')}</dt>
        <dd>{cutoffs.length}</dd>
      </dl>
      {pending && <p className="revocation-note">{say('revocation.pending')}</p>}
      {cutoffs.length === 0 ? (
        <p className="dim">{say('revocation.none')}</p>
      ) : (
        <Table
          caption={say('revocation.streams')}
          head={[
            say('revocation.stream'),
            say('revocation.door'),
            say('revocation.cursor'),
            say('revocation.end'),
          ]}
        >
          {cutoffs.map((it) => (
            <tr key={`${it.door}|${it.officer}|${it.stream}|${it.cursor}`}>
              <td>
                <code>{it.stream}</code>
              </td>
              <td>{say(`door.${it.door}`)}</td>
              <td className="cursor">
                <code>{it.cursor}</code>
              </td>
              <td>
                <StateMark tone={it.acknowledged ? 'good' : 'warn'}>
                  {say(it.acknowledged ? 'revocation.acknowledged' : 'revocation.reset')}
                </StateMark>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </section>
  );
}
