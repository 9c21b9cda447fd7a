import { Button, Loader } from '@mantine/core';
import { IconAlertTriangle, IconRefresh } from '@tabler/icons-react';
import type { ReactNode } from 'react';
import type { ApiError } from '../api/client.ts';
import { say, sayMaybe } from '../words/say.ts';
import './state.css';

/** Nothing to show, and why. */
export function Empty(props: { icon?: ReactNode; title: string; children?: ReactNode }) {
  return (
    <div className="state">
      {props.icon}
      <p className="state-title">{props.title}</p>
      {props.children && <p className="state-text">{props.children}</p>}
    </div>
  );
}

export function Loading() {
  return (
    <div className="state" role="status">
      <Loader size="sm" color="var(--accent)" />
      <p className="state-text">{say('state.loading')}</p>
    </div>
  );
}

export function Failed(props: { error: ApiError; retry: () => void }) {
  const { error } = props;
  return (
    <div className="state" role="alert">
      <IconAlertTriangle size={26} stroke={1.5} className="state-icon-bad" />
      <p className="state-title">{sayMaybe(`problem.${error.code}`, error.detail || error.title)}</p>
      <p className="state-text mono">{error.status === 0 ? error.code : `${error.status} ${error.code}`}</p>
      <Button variant="default" size="xs" leftSection={<IconRefresh size={14} />} onClick={props.retry}>
        {say('state.retry')}
      </Button>
    </div>
  );
}

/** Above data that could not be brought up to date. */
export function StaleNote(props: { error: ApiError | undefined }) {
  if (props.error === undefined) return null;
  return (
    <p className="stale-note" role="status">
      <IconAlertTriangle size={14} /> {say('state.stale')}
    </p>
  );
}
