import { StateMark } from '../shell/marks.tsx';
import { sayMaybe } from '../words/say.ts';

const tones: Readonly<Record<string, 'good' | 'warn' | 'bad' | 'calm'>> = {
  'in-force': 'good',
  suspended: 'warn',
  'not-yet': 'calm',
  ended: 'bad',
};

export function AgreementState(props: { state: string }) {
  return (
    <StateMark tone={tones[props.state] ?? 'calm'}>
      {sayMaybe(`agreementState.${props.state}`, props.state)}
    </StateMark>
  );
}
