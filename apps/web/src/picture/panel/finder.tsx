import { IconSearch } from '@tabler/icons-react';
import { useId, useState } from 'react';
import { useWatch } from '../../watch/use-watch.ts';
import { say } from '../../words/say.ts';
import { findObjects } from './find.ts';

/** Finds objects on the picture by name, for those who do not use a pointer too. */
export function Finder(props: { onFind: (key: string) => void }) {
  const watch = useWatch();
  const id = useId();
  const [query, setQuery] = useState('');
  const [at, setAt] = useState(0);
  const found = findObjects(watch.picture, query, watch.hidden);
  const active = Math.min(at, found.length - 1);
  const take = (key: string | undefined): void => {
    if (key === undefined) return;
    props.onFind(key);
    setQuery('');
  };
  return (
    <div className="finder">
      <IconSearch size={15} className="finder-icon" aria-hidden="true" />
      <input
        type="search"
        role="combobox"
        aria-expanded={found.length > 0}
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={found[active] === undefined ? undefined : `${id}-${active}`}
        placeholder={say('finder.label')}
        aria-label={say('finder.label')}
        value={query}
        onChange={(event) => {
          setQuery(event.target.value);
          setAt(0);
        }}
        onKeyDown={(event) => {
          if (event.key === 'ArrowDown') setAt(Math.min(active + 1, found.length - 1));
          else if (event.key === 'ArrowUp') setAt(Math.max(active - 1, 0));
          else if (event.key === 'Enter') take(found[active]?.key);
          else if (event.key === 'Escape' && query !== '') setQuery('');
          else return;
          event.preventDefault();
          event.stopPropagation();
        }}
      />
      {query !== '' && (
        <div className="finder-list" id={id} role="listbox" aria-label={say('finder.label')}>
          {found.length === 0 && <p className="finder-none dim">{say('finder.none')}</p>}
          {found.map(({ key, title, layer, series }, i) => (
            <div
              key={key}
              id={`${id}-${i}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === active}
              className={i === active ? 'finder-option finder-option-on' : 'finder-option'}
              onPointerDown={() => take(key)}
            >
              <span>{title}</span>
              <span className="dim push">{series === title ? '' : series}</span>
              <span className="chip">{say(`layer.${layer}`)}</span>
            </div>
          ))}
        </div>
      )}
    </div>
  );
}
