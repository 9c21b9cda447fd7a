import { IconFocusCentered, IconMinus, IconPlus, IconWorld } from '@tabler/icons-react';
import { latitude, longitude, whole } from '../format/measure.ts';
import type { Position } from '../geometry/antimeridian.ts';
import { useWatch } from '../watch/use-watch.ts';
import { say } from '../words/say.ts';
import type { Command } from './commands.ts';
import { census } from './objects/census.ts';

/** Controls of the view, where the pointer is, and how much is on the picture. */
export function PictureFoot(props: {
  pointer: Position | undefined;
  hasAreas: boolean;
  onCommand: (command: Command) => void;
}) {
  const { picture, hidden } = useWatch();
  const { exact, coarse } = census(picture.objects(), hidden);
  const { pointer, onCommand } = props;
  const lon = pointer === undefined ? 0 : ((((pointer[0] + 180) % 360) + 360) % 360) - 180;
  return (
    <>
      <fieldset className="view-controls" aria-label={say('map.controls')}>
        <button
          type="button"
          title={say('map.in')}
          aria-label={say('map.in')}
          onClick={() => onCommand({ type: 'zoom', by: 1 })}
        >
          <IconPlus size={17} />
        </button>
        <button
          type="button"
          title={say('map.out')}
          aria-label={say('map.out')}
          onClick={() => onCommand({ type: 'zoom', by: -1 })}
        >
          <IconMinus size={17} />
        </button>
        <button
          type="button"
          title={say('map.whole')}
          aria-label={say('map.whole')}
          onClick={() => onCommand({ type: 'whole' })}
        >
          <IconWorld size={17} />
        </button>
        {props.hasAreas && (
          <button
            type="button"
            title={say('map.areas')}
            aria-label={say('map.areas')}
            onClick={() => onCommand({ type: 'areas' })}
          >
            <IconFocusCentered size={17} />
          </button>
        )}
      </fieldset>
      <footer className="picture-foot num">
        <span data-testid="census">
          {say('picture.census', { exact: whole(exact), coarse: whole(coarse) })}
        </span>
        <span className="push">
          {pointer === undefined ? '' : `${latitude(pointer[1])}  ${longitude(lon)}`}
        </span>
        <span className="dim">{say('map.credit')}</span>
      </footer>
    </>
  );
}
