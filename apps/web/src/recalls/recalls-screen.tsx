import { Button } from '@mantine/core';
import { IconArrowBackUp } from '@tabler/icons-react';
import { useState } from 'react';
import { ReasonDialog } from '../agreements/reason-dialog.tsx';
import type { Recall, RecallCase } from '../api/governance.ts';
import { useAct } from '../api/use-act.ts';
import { useResource } from '../api/use-resource.ts';
import { age, instant, parseTime } from '../format/time.ts';
import { PartyName, StateMark } from '../shell/marks.tsx';
import { ScreenFrame, Table } from '../shell/screen.tsx';
import { Empty, Failed, Loading, StaleNote } from '../shell/state.tsx';
import { useNow, useWatch } from '../watch/use-watch.ts';
import { say } from '../words/say.ts';
import { GivenPart } from './given-part.tsx';

const tones = { asked: 'warn', acknowledged: 'calm', destroyed: 'good', overdue: 'bad' } as const;

/** What has been asked back and how far each recipient has come; and all that was given and got. */
export function RecallsScreen() {
  const { data, error, reload } = useResource<{ recalls: readonly Recall[] }>('/api/recalls', 10_000);
  return (
    <ScreenFrame title={say('nav.recalls')} lead={say('recalls.lead')}>
      {data === undefined ? (
        error === undefined ? (
          <Loading />
        ) : (
          <Failed error={error} retry={reload} />
        )
      ) : data.recalls.length === 0 ? (
        <Empty icon={<IconArrowBackUp size={28} stroke={1.5} />} title={say('recalls.none')}>
          {say('recalls.none.why')}
        </Empty>
      ) : (
        <>
          <StaleNote error={error} />
          <RecallBoard recalls={data.recalls} reload={reload} />
        </>
      )}
      <GivenPart />
    </ScreenFrame>
  );
}

function RecallBoard(props: { recalls: readonly Recall[]; reload: () => void }) {
  const { act, busy, fault } = useAct(props.reload);
  const [certified, setCertified] = useState<string>();
  const now = useNow();
  return (
    <>
      {fault !== undefined && (
        <p className="act-fault" role="alert">
          {fault}
        </p>
      )}
      <Table
        caption={say('nav.recalls')}
        head={[
          say('recalls.what'),
          say('recalls.by'),
          say('recalls.due'),
          say('recalls.recipient'),
          say('recalls.items'),
          say('recalls.state'),
          '',
        ]}
      >
        {props.recalls.flatMap((recall) =>
          (recall.cases.length === 0 ? [undefined] : recall.cases).map((one) => (
            <tr key={`${recall.id}/${one?.party}`} data-recall={recall.id} data-state={one?.state}>
              <td>
                <code>{recall.stream}</code>
                <span className="cell-sub num">
                  {recall.from !== undefined &&
                    `${instant(parseTime(recall.from))} – ${instant(parseTime(recall.to))}`}
                </span>
                <span className="cell-sub">{recall.reason}</span>
              </td>
              <td>
                <PartyName id={recall.party} />
                <span className="cell-sub num">{instant(parseTime(recall.at))}</span>
              </td>
              <td className="num nowrap">
                {instant(parseTime(recall.due))}
                <span className="cell-sub">{age(Math.max(0, parseTime(recall.due) - now))}</span>
              </td>
              <td>{one === undefined ? say('recalls.nobody') : <PartyName id={one.party} />}</td>
              <td className="num end">{one?.items ?? '–'}</td>
              <td>{one !== undefined && <CaseState one={one} />}</td>
              <td className="end">
                {one !== undefined && (
                  <CaseActs
                    one={one}
                    busy={busy}
                    base={`/api/recalls/${recall.id}`}
                    act={act}
                    certify={() => setCertified(recall.id)}
                  />
                )}
              </td>
            </tr>
          )),
        )}
      </Table>
      <ReasonDialog
        title={say('recalls.certify')}
        what={say('recalls.certify.what')}
        opened={certified !== undefined}
        onClose={() => setCertified(undefined)}
        onConfirm={(certificate) => {
          act(`/api/recalls/${certified}/destroyed`, { certificate });
          setCertified(undefined);
        }}
      />
    </>
  );
}

function CaseState({ one }: { one: RecallCase }) {
  const done = one.destroyed ?? one.acknowledged;
  return (
    <>
      <StateMark tone={tones[one.state]}>{say(`recallState.${one.state}`)}</StateMark>
      {done !== undefined && (
        <span className="cell-sub num">
          {instant(parseTime(done.at))} · {done.by}
        </span>
      )}
      {one.destroyed !== undefined && <span className="cell-sub">{one.destroyed.certificate}</span>}
    </>
  );
}

function CaseActs(props: {
  one: RecallCase;
  base: string;
  busy: string | undefined;
  act: (path: string) => void;
  certify: () => void;
}) {
  const { me } = useWatch();
  const { one, base } = props;
  if (one.party !== me.party || one.destroyed !== undefined || !me.roles.includes('officer')) return null;
  return (
    <span className="row wrap">
      {one.acknowledged === undefined && (
        <Button
          size="compact-sm"
          variant="outline"
          loading={props.busy === `${base}/acknowledge`}
          onClick={() => props.act(`${base}/acknowledge`)}
        >
          {say('recalls.acknowledge')}
        </Button>
      )}
      <Button size="compact-sm" variant="outline" onClick={props.certify}>
        {say('recalls.certify')}
      </Button>
    </span>
  );
}
