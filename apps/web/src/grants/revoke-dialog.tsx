import { Button, Modal, Textarea } from '@mantine/core';
import { useEffect, useState } from 'react';
import { ApiError, post } from '../api/client.ts';
import type { Grant, Revocation } from '../api/contract.ts';
import { useParties } from '../shell/parties.ts';
import { useWatch } from '../watch/use-watch.ts';
import { say, sayMaybe } from '../words/say.ts';

/** Asks once more before a grant is revoked, and says what will happen. */
export function RevokeDialog(props: {
  grant: Grant | undefined;
  onClose: () => void;
  onDone: (revocation: Revocation) => void;
}) {
  const { grant } = props;
  const { me } = useWatch();
  const { nameOf } = useParties();
  const [reason, setReason] = useState('');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<ApiError>();
  // biome-ignore lint/correctness/useExhaustiveDependencies: another grant begins anew
  useEffect(() => {
    setReason('');
    setError(undefined);
  }, [grant?.id]);

  const revoke = async (): Promise<void> => {
    if (grant === undefined) return;
    setBusy(true);
    setError(undefined);
    try {
      const body = reason.trim() === '' ? {} : { reason: reason.trim() };
      props.onDone(
        await post<Revocation>(`/api/grants/${encodeURIComponent(grant.id)}/revoke`, me.csrf, body),
      );
    } catch (caught) {
      if (!(caught instanceof ApiError)) throw caught;
      setError(caught);
    } finally {
      setBusy(false);
    }
  };

  return (
    <Modal
      opened={grant !== undefined}
      onClose={props.onClose}
      title={say('revoke.title')}
      lockScroll={false}
      closeButtonProps={{ 'aria-label': say('dialog.close') }}
    >
      {grant !== undefined && (
        <div className="revoke">
          <p>
            {say('revoke.what', {
              name: grant.officerName,
              party: nameOf(grant.party),
              level: grant.level,
              agreement: grant.agreement,
            })}
          </p>
          <p>{say('revoke.effect')}</p>
          <Textarea
            label={say('revoke.reason')}
            description={say('revoke.reason.note')}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            maxLength={500}
            autosize={false}
            rows={3}
            data-autofocus
          />
          {error !== undefined && (
            <p className="revoke-error" role="alert">
              {sayMaybe(`problem.${error.code}`, error.detail || error.title)}
            </p>
          )}
          <div className="row revoke-actions">
            <Button variant="default" onClick={props.onClose}>
              {say('revoke.cancel')}
            </Button>
            <Button color="var(--bad-fill)" loading={busy} onClick={() => void revoke()}>
              {say('revoke.confirm')}
            </Button>
          </div>
        </div>
      )}
    </Modal>
  );
}
