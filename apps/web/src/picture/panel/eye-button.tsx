import { IconEye, IconEyeOff } from '@tabler/icons-react';
import { useWatch } from '../../watch/use-watch.ts';
import { say } from '../../words/say.ts';

/** Shows or hides streams on the map. */
export function EyeButton(props: { streams: readonly string[]; what: string }) {
  const watch = useWatch();
  const hidden = props.streams.every((it) => watch.hidden.has(it));
  const label = say(hidden ? 'panel.show' : 'panel.hide', { what: props.what });
  return (
    <button
      type="button"
      className="icon-button"
      aria-pressed={!hidden}
      aria-label={label}
      title={label}
      onClick={() => watch.setHidden(props.streams, !hidden)}
    >
      {hidden ? <IconEyeOff size={16} /> : <IconEye size={16} />}
    </button>
  );
}
