import { IconFocusCentered, IconHelpCircle, IconX } from '@tabler/icons-react';
import { latitude, longitude, quantity } from '../../format/measure.ts';
import { age, instant } from '../../format/time.ts';
import { Banner, ModeMark, ObligationChips, PartyName } from '../../shell/marks.tsx';
import { useNow, useWatch } from '../../watch/use-watch.ts';
import { obligationSentences } from '../../words/obligations.ts';
import { say, sayMaybe } from '../../words/say.ts';
import { text } from '../objects/kind.ts';
import type { PictureObject } from '../objects/picture.ts';
import { titleOf } from '../objects/title.ts';
import { useSelectedSatellite } from '../satellites/selected-satellite.ts';
import { CellMates } from './cell-mates.tsx';
import { type Field, fieldsOf } from './fields.ts';
import { History } from './history.tsx';
import './details-panel.css';

/** The selected object: what was released of it, under which label, clause and obligations. */
export function DetailsPanel(props: {
  object: PictureObject;
  onClose: () => void;
  onReasons: (stream: string) => void;
  onFind: (key: string) => void;
}) {
  const { object } = props;
  const { released, stream } = object;
  const watch = useWatch();
  const now = useNow();
  const own = watch.picture.staticOf(object);
  const thumbnail = text(released.item['thumbnail']);
  return (
    <aside className="panel details-panel" aria-label={say('details.title')} data-testid="details">
      <div className="details-label">
        <Banner text={released.label.banner} />
        <ModeMark mode={released.dataMode} />
      </div>
      <div className="panel-head">
        <div className="details-heading">
          <span className="dim">{sayMaybe(`kind.${released.kind}`, released.kind)}</span>
          <h2 className="details-title">{titleOf(watch.picture, object)}</h2>
        </div>
        <span className="push" />
        <button
          type="button"
          className="icon-button"
          aria-label={say('details.centre')}
          title={say('details.centre')}
          onClick={() => props.onFind(object.key)}
        >
          <IconFocusCentered size={17} />
        </button>
        <button
          type="button"
          className="icon-button"
          aria-label={say('details.close')}
          onClick={props.onClose}
        >
          <IconX size={17} />
        </button>
      </div>
      <div className="panel-body">
        <p className="details-time num">
          {instant(object.time)}{' '}
          <span className="dim">{say('details.ago', { age: age(now - object.time) })}</span>
        </p>
        {thumbnail?.startsWith('data:image/') && (
          <img className="details-thumbnail" src={thumbnail} alt={say('details.thumbnail')} />
        )}
        {object.place?.at === 'cell' && <CellMates object={object} onFind={props.onFind} />}
        {object.layer === 'satellites' && <SatelliteNow objectKey={object.key} />}
        <Fields fields={fieldsOf(released.kind, released.item)} />
        {own !== undefined && <Fields fields={fieldsOf('ais.static', own)} />}
        <History object={object} />
        <Provenance object={object} stream={stream} onReasons={props.onReasons} />
      </div>
    </aside>
  );
}

function Fields(props: { fields: readonly Field[] }) {
  if (props.fields.length === 0) return null;
  return (
    <dl className="fields">
      {props.fields.map(({ label, value, code }) => (
        <div key={label} className="field">
          <dt>{label}</dt>
          <dd className={code ? 'mono' : 'num'}>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function SatelliteNow(props: { objectKey: string }) {
  const selected = useSelectedSatellite();
  if (selected?.key !== props.objectKey || selected.here === undefined) return null;
  const { lat, lon, altKm } = selected.here;
  return (
    <Fields
      fields={[
        { label: say('field.subLatitude'), value: latitude(lat) },
        { label: say('field.subLongitude'), value: longitude(lon) },
        { label: say('field.height'), value: quantity(altKm, 0, 'km') },
      ]}
    />
  );
}

function Provenance(props: { object: PictureObject; stream: string; onReasons: (stream: string) => void }) {
  const watch = useWatch();
  const { released } = props.object;
  const permissions = watch.streams?.find((it) => it.stream === props.stream)?.permittedBy ?? [];
  const sentences = obligationSentences(released.obligations, permissions);
  return (
    <section className="provenance">
      <h3 className="provenance-title">{say('details.release')}</h3>
      <dl className="fields">
        <div className="field">
          <dt>{say('details.originators', { n: released.originators.length })}</dt>
          <dd>
            {released.originators.map((id) => (
              <PartyName key={id} id={id} />
            ))}
          </dd>
        </div>
        <div className="field">
          <dt>{say('details.under')}</dt>
          <dd>
            {permissions.map((it) =>
              'clause' in it ? (
                <a
                  key={`${it.agreement}/${it.clause}`}
                  href={`#/agreements/${encodeURIComponent(it.agreement)}`}
                >
                  {say('details.clause', { clause: it.clause, agreement: it.agreement, version: it.version })}
                </a>
              ) : (
                <span key={it.home}>{say('details.own')}</span>
              ),
            )}
          </dd>
        </div>
      </dl>
      {sentences.length > 0 && (
        <div className="provenance-obligations" data-testid="obligations">
          <span className="row wrap">
            <ObligationChips obligations={[released.obligations]} />
          </span>
          {sentences.map((sentence) => (
            <p key={sentence}>{sentence}</p>
          ))}
        </div>
      )}
      <button type="button" className="provenance-why" onClick={() => props.onReasons(props.stream)}>
        <IconHelpCircle size={15} /> {say('details.why')}
      </button>
      <code className="provenance-id dim">{props.stream}</code>
    </section>
  );
}
