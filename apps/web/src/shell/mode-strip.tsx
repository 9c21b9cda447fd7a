import type { DataMode } from '../api/contract.ts';
import { lineOf } from '../watch/banner.ts';
import { useWatch } from '../watch/use-watch.ts';
import { say } from '../words/say.ts';
import { useLevels } from './agreements.ts';
import './mode-strip.css';

/** Over everything, always: the data mode of the node and the highest label of what is shown. */
export function ModeStrip() {
  const watch = useWatch();
  const { text, modes } = lineOf(watch.shownLabels(), useLevels());
  const all = [...new Set<DataMode>([watch.me.dataMode, ...modes])];
  const main = all.includes('REAL') && watch.me.dataMode !== 'REAL' ? 'REAL' : watch.me.dataMode;
  return (
    <section className={`mode-strip mode-strip-${main.toLowerCase()}`} aria-label={say('strip.label')}>
      <strong className="mode-strip-word">{all.map((mode) => say(`mode.${mode}`)).join(' + ')}</strong>
      <span className="mode-strip-label" data-testid="shown-label">
        {text === '' ? say('strip.nothing') : text}
      </span>
      <span className="mode-strip-word mode-strip-end" aria-hidden="true">
        {all.map((mode) => say(`mode.${mode}`)).join(' + ')}
      </span>
    </section>
  );
}
