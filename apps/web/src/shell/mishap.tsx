import { Button } from '@mantine/core';
import { IconBug } from '@tabler/icons-react';
import { Component, type ReactNode } from 'react';
import { say } from '../words/say.ts';

/**
 * Keeps a mistake of one screen to that screen: the banner, the connection and the other screens go on. `at` names the
 * screen; another one begins anew.
 */
export class Mishap extends Component<{ at: string; children: ReactNode }, { failed: boolean }> {
  override state = { failed: false };

  static getDerivedStateFromError(): { failed: boolean } {
    return { failed: true };
  }

  override componentDidUpdate(before: { at: string }): void {
    if (before.at !== this.props.at && this.state.failed) this.setState({ failed: false });
  }

  override render(): ReactNode {
    if (!this.state.failed) return this.props.children;
    return (
      <div className="state" role="alert">
        <IconBug size={26} stroke={1.5} />
        <p className="state-title">{say('state.mishap')}</p>
        <p className="state-text">{say('state.mishap.why')}</p>
        <Button variant="default" size="xs" onClick={() => this.setState({ failed: false })}>
          {say('state.retry')}
        </Button>
      </div>
    );
  }
}
