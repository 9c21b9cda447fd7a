import { Button } from '@mantine/core';
import { useState } from 'react';
import type { VersionSummary } from '../api/governance.ts';
import { useAct } from '../api/use-act.ts';
import { useResource } from '../api/use-resource.ts';
import { ends } from '../format/measure.ts';
import { instant, parseTime } from '../format/time.ts';
import { StateMark } from '../shell/marks.tsx';
import { Part, Table } from '../shell/screen.tsx';
import { useWatch } from '../watch/use-watch.ts';
import { say, sayMaybe } from '../words/say.ts';
import { ReasonDialog } from './reason-dialog.tsx';

/** Versions in the order of time: who has signed and approved, and what may be done next. */
export function VersionsPart(props: { agreement: string; changed: () => void }) {
  const base = `/api/agreements/${encodeURIComponent(props.agreement)}`;
  const { me } = useWatch();
  const { data, reload } = useResource<{ versions: readonly VersionSummary[] }>(`${base}/versions`, 15_000);
  const { act, busy, fault } = useAct(() => {
    reload();
    props.changed();
  });
  const [asked, setAsked] = useState<'suspend' | 'terminate'>();
  const isAuthority = me.roles.includes('authority');
  const speaks = isAuthority || me.roles.includes('release-authority');
  const versions = data?.versions ?? [];
  const active = versions.find((one) => one.phase === 'active');
  return (
    <Part
      title={say('versions.title')}
      aside={
        speaks &&
        active !== undefined && (
          <span className="row wrap">
            {active.suspended === undefined ? (
              <Button
                size="compact-sm"
                variant="outline"
                color="var(--bad)"
                onClick={() => setAsked('suspend')}
              >
                {say('versions.suspend')}
              </Button>
            ) : (
              <Button
                size="compact-sm"
                variant="outline"
                loading={busy === `${base}/resume`}
                onClick={() => act(`${base}/resume`)}
              >
                {say('versions.resume')}
              </Button>
            )}
            <Button
              size="compact-sm"
              variant="outline"
              color="var(--bad)"
              onClick={() => setAsked('terminate')}
            >
              {say('versions.terminate')}
            </Button>
          </span>
        )
      }
    >
      {fault !== undefined && (
        <p className="act-fault" role="alert">
          {fault}
        </p>
      )}
      <Table
        caption={say('versions.title')}
        head={[
          say('versions.version'),
          say('versions.phase'),
          say('versions.signedBy'),
          say('versions.approvedBy'),
          say('versions.since'),
          say('agreement.digest'),
          '',
        ]}
      >
        {versions.map((one) => (
          <tr key={one.version} data-version={one.version} data-phase={one.phase}>
            <td className="num">{one.version}</td>
            <td>
              <StateMark tone={one.suspended ? 'warn' : one.phase === 'active' ? 'good' : 'calm'}>
                {one.suspended
                  ? say('agreementState.suspended')
                  : sayMaybe(`versionPhase.${one.phase}`, one.phase)}
              </StateMark>
              {one.suspended !== undefined && (
                <span className="cell-sub">
                  {one.suspended.by}: {one.suspended.reason}
                </span>
              )}
              {one.resumeAgreedBy !== undefined && one.resumeAgreedBy.length > 0 && (
                <span className="cell-sub">
                  {say('versions.resumeAgreed', { who: one.resumeAgreedBy.join(', ') })}
                </span>
              )}
              {one.refused?.map((why) => (
                <span key={why} className="cell-sub act-fault">
                  {why}
                </span>
              ))}
            </td>
            <td>{one.signedBy.join(', ') || '–'}</td>
            <td>{one.approvedBy.join(', ') || '–'}</td>
            <td className="num nowrap">{instant(parseTime(one.activatedAt ?? one.draftedAt))}</td>
            <td>
              <code title={one.digest}>{ends(one.digest, 8)}</code>
            </td>
            <td className="end">
              {isAuthority && one.phase === 'signed' && (
                <Button
                  size="compact-sm"
                  loading={busy === `${base}/versions/${one.version}/approvals`}
                  onClick={() => act(`${base}/versions/${one.version}/approvals`)}
                >
                  {say('versions.approve')}
                </Button>
              )}
            </td>
          </tr>
        ))}
      </Table>
      <ReasonDialog
        title={say(asked === 'terminate' ? 'versions.terminate' : 'versions.suspend')}
        what={say(asked === 'terminate' ? 'versions.terminate.what' : 'versions.suspend.what')}
        opened={asked !== undefined}
        onClose={() => setAsked(undefined)}
        onConfirm={(reason) => {
          act(`${base}/${asked}`, { reason });
          setAsked(undefined);
        }}
      />
    </Part>
  );
}
