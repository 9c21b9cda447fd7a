import type { DataMode, Obligations } from '../api/contract.ts';
import { chipsOf } from '../words/obligations.ts';
import { say } from '../words/say.ts';
import { useParties } from './parties.ts';
import './marks.css';

/** The data mode: always a word on its colour. */
export function ModeMark(props: { mode: DataMode }) {
  return <span className={`mode mode-${props.mode.toLowerCase()}`}>{say(`mode.${props.mode}`)}</span>;
}

/** A confidentiality banner as it was given. */
export function Banner(props: { text: string }) {
  return <span className="banner">{props.text}</span>;
}

export function ObligationChips(props: { obligations: readonly Obligations[] }) {
  return chipsOf(props.obligations).map((chip) => (
    <span key={chip} className="chip chip-obligation">
      {chip}
    </span>
  ));
}

/** A party: its name beside its colour. */
export function PartyName(props: { id: string; short?: boolean }) {
  const { nameOf, colourOf } = useParties();
  return (
    <span className="party">
      <span className="party-dot" style={{ background: colourOf(props.id) }} aria-hidden="true" />
      {props.short ? props.id : nameOf(props.id)}
    </span>
  );
}

/** A state as a word with its colour and form. */
export function StateMark(props: { tone: 'good' | 'warn' | 'bad' | 'calm'; children: string }) {
  return <span className={`state-mark state-mark-${props.tone}`}>{props.children}</span>;
}
