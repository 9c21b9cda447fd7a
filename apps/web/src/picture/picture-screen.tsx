import { lazy, Suspense, useCallback, useEffect, useState } from 'react';
import type { Position } from '../geometry/antimeridian.ts';
import { Loading } from '../shell/state.tsx';
import { ReasonsDialog } from '../streams/reasons-dialog.tsx';
import { useWatch } from '../watch/use-watch.ts';
import type { Command } from './commands.ts';
import { DetailsPanel } from './details/details-panel.tsx';
import { Legend } from './legend.tsx';
import { Notices } from './notices.tsx';
import { StreamsPanel } from './panel/streams-panel.tsx';
import { PictureFoot } from './picture-foot.tsx';
import { useAreas } from './use-areas.ts';
import './picture-screen.css';

const GlobeView = lazy(() => import('./map/globe-view.tsx'));

/** The start page: the globe with all that may be seen, the streams on the left, what is selected on the right. */
export function PictureScreen(props: { shown: boolean }) {
  const watch = useWatch();
  const areas = useAreas();
  const [selected, setSelected] = useState<string>();
  const [pointer, setPointer] = useState<Position>();
  const [command, setCommand] = useState<Command>();
  const [reasonsOf, setReasonsOf] = useState<string>();
  const object = selected === undefined ? undefined : watch.picture.get(selected);

  const select = useCallback((key: string | undefined) => setSelected(key), []);
  const find = useCallback((key: string) => {
    setSelected(key);
    setCommand({ type: 'find', key });
  }, []);

  useEffect(() => {
    if (!props.shown) return;
    const onKey = (event: KeyboardEvent): void => {
      if (event.key === 'Escape' && reasonsOf === undefined) setSelected(undefined);
    };
    window.addEventListener('keydown', onKey);
    return () => window.removeEventListener('keydown', onKey);
  }, [props.shown, reasonsOf]);

  return (
    <main className="picture">
      <Suspense fallback={<Loading />}>
        <GlobeView
          areas={areas}
          selected={object?.key}
          command={command}
          shown={props.shown}
          onSelect={select}
          onPointer={setPointer}
        />
      </Suspense>
      <StreamsPanel onFind={find} onReasons={setReasonsOf} />
      <Notices />
      {object !== undefined && (
        <DetailsPanel
          object={object}
          onClose={() => select(undefined)}
          onReasons={setReasonsOf}
          onFind={find}
        />
      )}
      <Legend />
      <PictureFoot pointer={pointer} onCommand={setCommand} hasAreas={areas.length > 0} />
      <ReasonsDialog stream={reasonsOf} onClose={() => setReasonsOf(undefined)} />
    </main>
  );
}
