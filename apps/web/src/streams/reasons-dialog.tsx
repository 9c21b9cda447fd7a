import { Modal } from '@mantine/core';
import { IconAdjustments, IconCheck, IconX } from '@tabler/icons-react';
import type { Reason, Reasons } from '../api/contract.ts';
import { useResource } from '../api/use-resource.ts';
import { ObligationChips, StateMark } from '../shell/marks.tsx';
import { Failed, Loading } from '../shell/state.tsx';
import { say, sayMaybe } from '../words/say.ts';
import './reasons-dialog.css';

/** Why a stream is released, and in which form: the gate's reasons as a tree. */
export function ReasonsDialog(props: { stream: string | undefined; onClose: () => void }) {
  return (
    <Modal
      opened={props.stream !== undefined}
      onClose={props.onClose}
      title={say('reasons.title')}
      size="lg"
      lockScroll={false}
      closeButtonProps={{ 'aria-label': say('dialog.close') }}
    >
      {props.stream !== undefined && <ReasonsOf stream={props.stream} />}
    </Modal>
  );
}

function ReasonsOf(props: { stream: string }) {
  const { data, error, reload } = useResource<Reasons>(
    `/api/reasons?stream=${encodeURIComponent(props.stream)}`,
  );
  if (data === undefined) return error === undefined ? <Loading /> : <Failed error={error} retry={reload} />;
  return (
    <div className="reasons" data-testid="reasons">
      <p className="row wrap">
        <code>{props.stream}</code>
        <StateMark tone={data.verdict === 'release' ? 'good' : 'bad'}>
          {say(`verdict.${data.verdict}`)}
        </StateMark>
        <ObligationChips obligations={[data.obligations]} />
      </p>
      <ul className="reason-tree">
        <ReasonNode reason={data.why} />
      </ul>
    </div>
  );
}

const icons = { deny: IconX, obligation: IconAdjustments, pass: IconCheck, release: IconCheck } as const;

function ReasonNode(props: { reason: Reason }) {
  const { rule, says, outcome, agreement, clause, children = [] } = props.reason;
  const Icon = icons[outcome] ?? IconCheck;
  return (
    <li className="reason">
      <div className={`reason-line reason-${outcome}`}>
        <Icon size={16} aria-label={sayMaybe(`outcome.${outcome}`, outcome)} />
        <div>
          <p>{says}</p>
          <p className="reason-source dim">
            <span>{sayMaybe(`rule.${rule}`, rule)}</span>
            {agreement !== undefined && (
              <a href={`#/agreements/${encodeURIComponent(agreement)}`}>
                {clause === undefined ? agreement : `${agreement} · ${clause}`}
              </a>
            )}
          </p>
        </div>
      </div>
      {children.length > 0 && (
        <ul className="reason-tree">
          {children.map((child, i) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: a tree is drawn once
            <ReasonNode key={i} reason={child} />
          ))}
        </ul>
      )}
    </li>
  );
}
