import { Button, Modal, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { say } from '../words/say.ts';

/** Asks for a reason before something is done that cannot be undone by one alone. */
export function ReasonDialog(props: {
  title: string;
  what: string;
  opened: boolean;
  onClose: () => void;
  onConfirm: (reason: string) => void;
}) {
  const [reason, setReason] = useState('');
  useEffect(() => {
    if (props.opened) setReason('');
  }, [props.opened]);
  return (
    <Modal
      opened={props.opened}
      onClose={props.onClose}
      title={props.title}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': say('dialog.close') }}
    >
      <div className="reason">
        <p>{props.what}</p>
        <Textarea
          label={say('revoke.reason')}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
          maxLength={2000}
          autosize={false}
          rows={3}
          data-autofocus
        />
        <div className="row reason-actions">
          <Button variant="default" onClick={props.onClose}>
            {say('dialog.cancel')}
          </Button>
          <Button
            color="var(--bad-fill)"
            disabled={reason.trim() === ''}
            onClick={() => props.onConfirm(reason.trim())}
          >
            {say('dialog.confirm')}
          </Button>
        </div>
      </div>
    </Modal>
  );
}
