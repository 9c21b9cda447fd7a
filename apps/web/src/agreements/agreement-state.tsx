import { StateMark } from '../shell/marks.tsx';
import { sayMaybe } from '../words/say.ts';

const tones: Readonly<Record<string, 'good' | 'warn' | 'bad' | 'calm'>> = {
  active: 'good',
  suspended: 'warn',
  terminated: 'bad',
  denounced: 'bad',
};

export function AgreementState(props: { state: string }) {
  return (
    <StateMark tone={tones[props.state] ?? 'calm'}>
      {sayMaybe(`agreementState.${props.state}`, props.state)}
    </StateMark>
  );
}
