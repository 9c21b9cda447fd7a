import { Button } from '@mantine/core';
import { IconId } from '@tabler/icons-react';
import { useState } from 'react';
import type { Grant, Revocation } from '../api/contract.ts';
import { useResource } from '../api/use-resource.ts';
import { day, instant, parseTime } from '../format/time.ts';
import { PartyName, StateMark } from '../shell/marks.tsx';
import { ScreenFrame, Table } from '../shell/screen.tsx';
import { Empty, Failed, Loading, StaleNote } from '../shell/state.tsx';
import { say, sayMaybe } from '../words/say.ts';
import { RevocationReport } from './revocation-report.tsx';
import { RevokeDialog } from './revoke-dialog.tsx';
import './grants-screen.css';

const tones = {
  active: 'good',
  revoked: 'bad',
  expired: 'calm',
  'not-yet': 'warn',
  nominated: 'warn',
  'no-clearance': 'bad',
} as const;

/** Grants that concern the reader: the own ones, those over data of the own party, for the authority all. */
export function GrantsScreen() {
  const { data, error, reload } = useResource<{ grants: readonly Grant[] }>('/api/grants', 15_000);
  const [asked, setAsked] = useState<Grant>();
  const [done, setDone] = useState<{ grant: Grant; revocation: Revocation }>();
  return (
    <ScreenFrame title={say('nav.grants')} lead={say('grants.lead')}>
      {done !== undefined && (
        <RevocationReport
          grant={done.grant}
          revocation={done.revocation}
          onClose={() => setDone(undefined)}
        />
      )}
      {data === undefined ? (
        error === undefined ? (
          <Loading />
        ) : (
          <Failed error={error} retry={reload} />
        )
      ) : data.grants.length === 0 ? (
        <Empty icon={<IconId size={28} stroke={1.5} />} title={say('grants.none')}>
          {say('grants.none.why')}
        </Empty>
      ) : (
        <>
          <StaleNote error={error} />
          <Table
            caption={say('nav.grants')}
            head={[
              say('grants.officer'),
              say('grants.party'),
              say('grants.agreement'),
              say('grants.level'),
              say('grants.purposes'),
              say('grants.validity'),
              say('grants.sponsor'),
              say('grants.state'),
              '',
            ]}
          >
            {data.grants.map((grant) => (
              <GrantRow key={grant.id} grant={grant} onRevoke={() => setAsked(grant)} />
            ))}
          </Table>
        </>
      )}
      <RevokeDialog
        grant={asked}
        onClose={() => setAsked(undefined)}
        onDone={(revocation) => {
          if (asked !== undefined) setDone({ grant: asked, revocation });
          setAsked(undefined);
          reload();
        }}
      />
    </ScreenFrame>
  );
}

function GrantRow(props: { grant: Grant; onRevoke: () => void }) {
  const { grant } = props;
  return (
    <tr data-grant={grant.id} data-state={grant.state}>
      <td>
        <span className="cell-main">{grant.officerName}</span>
        <code className="cell-sub">{grant.officer}</code>
      </td>
      <td>
        <PartyName id={grant.party} />
      </td>
      <td>
        <a href={`#/agreements/${encodeURIComponent(grant.agreement)}`}>{grant.agreement}</a>
      </td>
      <td className="nowrap">{grant.level}</td>
      <td>{grant.purposes.map((it) => sayMaybe(`purpose.${it}`, it)).join(', ')}</td>
      <td className="num nowrap">
        {day(parseTime(grant.from))} – {day(parseTime(grant.until))}
      </td>
      <td>
        <span className="nowrap">{grant.sponsor}</span>
        <span className="cell-sub">
          {say('grants.approvedBy', { who: grant.approvedBy.join(', ') || '–' })}
        </span>
      </td>
      <td>
        <StateMark tone={tones[grant.state]}>{say(`grantState.${grant.state}`)}</StateMark>
        {grant.revokedAt !== undefined && (
          <span className="cell-sub num">
            {instant(parseTime(grant.revokedAt))} · {grant.revokedBy}
          </span>
        )}
      </td>
      <td className="end">
        {grant.mayRevoke && grant.state === 'active' && (
          <Button size="compact-sm" variant="outline" color="var(--bad)" onClick={props.onRevoke}>
            {say('grants.revoke')}
          </Button>
        )}
      </td>
    </tr>
  );
}
