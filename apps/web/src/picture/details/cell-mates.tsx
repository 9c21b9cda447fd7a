import { useWatch } from '../../watch/use-watch.ts';
import { say } from '../../words/say.ts';
import type { PictureObject } from '../objects/picture.ts';
import { titleOf } from '../objects/title.ts';

/** What else of the same stream is in this cell: a cell may hold several, and none of them is nearer to its middle. */
export function CellMates(props: { object: PictureObject; onFind: (key: string) => void }) {
  const { picture } = useWatch();
  const { object } = props;
  const cell = object.place?.at === 'cell' ? object.place.cell : undefined;
  const mates = [...picture.objects()].filter(
    (it) => it.stream === object.stream && it.place?.at === 'cell' && it.place.cell === cell,
  );
  return (
    <div className="cell-mates">
      <p>{say('details.cell', { n: mates.length })}</p>
      {mates.length > 1 && (
        <ul className="row wrap">
          {mates.map((it) => (
            <li key={it.key}>
              <button
                type="button"
                className="cell-mate"
                aria-pressed={it.key === object.key}
                onClick={() => props.onFind(it.key)}
              >
                {titleOf(picture, it)}
              </button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
