import type { AgreementDetail } from '../api/contract.ts';
import { useResource } from '../api/use-resource.ts';
import { ends } from '../format/measure.ts';
import { day, parseTime } from '../format/time.ts';
import { hrefOf } from '../route/route.ts';
import { PartyName } from '../shell/marks.tsx';
import { useParties } from '../shell/parties.ts';
import { Part, ScreenFrame, Table } from '../shell/screen.tsx';
import { Failed, Loading, StaleNote } from '../shell/state.tsx';
import { say } from '../words/say.ts';
import { AgreementState } from './agreement-state.tsx';
import { AreaMap } from './area-map.tsx';
import { AssurancesPart } from './assurances-part.tsx';
import { ClauseFlow } from './clause-flow.tsx';
import { clauseWords } from './clause-words.ts';
import { VersionsPart } from './versions-part.tsx';
import { WhatIfPart } from './what-if.tsx';
import './agreement-screen.css';

/** One agreement: what flows from whom to whom, the terms in words, the table of equal levels, areas and text. */
export function AgreementScreen(props: { id: string }) {
  const { data, error, reload } = useResource<AgreementDetail>(
    `/api/agreements/${encodeURIComponent(props.id)}`,
  );
  const { nameOf } = useParties();
  if (data === undefined) {
    return (
      <ScreenFrame title={props.id}>
        {error === undefined ? <Loading /> : <Failed error={error} retry={reload} />}
      </ScreenFrame>
    );
  }
  return (
    <ScreenFrame
      title={data.title}
      actions={<a href={hrefOf({ screen: 'agreements' })}>{say('agreement.all')}</a>}
    >
      <StaleNote error={error} />
      <Facts agreement={data} />
      <Part title={say('agreement.flow')}>
        <ClauseFlow clauses={data.clauses} />
      </Part>
      <div className="agreement-columns">
        <Part title={say('agreement.clauses')}>
          <ol className="clause-list">
            {data.clauses.map((it) => (
              <li key={it.id} id={`clause-${it.id}`} className="card">
                <code>{it.id}</code>
                <p>{clauseWords(it, nameOf)}</p>
              </li>
            ))}
          </ol>
        </Part>
        <div>
          {(data.areas?.length ?? 0) > 0 && (
            <Part title={say('agreement.areas')}>
              <AreaMap areas={data.areas ?? []} />
            </Part>
          )}
          {(data.equivalence?.length ?? 0) > 0 && <Equivalence agreement={data} />}
          {(data.never?.length ?? 0) > 0 && (
            <Part title={say('guarantees.title')}>
              <ul className="clause-list plain-list">
                {data.never?.map((line) => (
                  <li key={line} className="card mono">
                    {line}
                  </li>
                ))}
              </ul>
            </Part>
          )}
        </div>
      </div>
      {(data.assurances?.length ?? 0) > 0 && (
        <AssurancesPart agreement={data.id} assurances={data.assurances ?? []} reload={reload} />
      )}
      <VersionsPart agreement={data.id} changed={reload} />
      {data.text !== undefined && (
        <details className="agreement-text">
          <summary>{say('agreement.text')}</summary>
          <pre className="mono">{data.text}</pre>
        </details>
      )}
      {data.text !== undefined && <WhatIfPart agreement={data} />}
    </ScreenFrame>
  );
}

function Facts({ agreement }: { agreement: AgreementDetail }) {
  const { authority } = agreement;
  const facts = [
    [say('agreements.state'), <AgreementState key="s" state={agreement.state} />],
    [
      say('agreements.parties'),
      <span key="p" className="row wrap">
        {agreement.parties.map(({ id }) => (
          <PartyName key={id} id={id} />
        ))}
      </span>,
    ],
    [say('agreement.authority'), typeof authority === 'object' ? authority.name : (authority ?? '–')],
    [say('agreements.force'), `${day(parseTime(agreement.from))} – ${day(parseTime(agreement.until))}`],
    [say('agreement.versionShort'), `${agreement.id} · ${agreement.version}`],
    [
      say('agreement.digest'),
      <code key="d" title={agreement.digest}>
        {ends(agreement.digest, 10)}
      </code>,
    ],
  ] as const;
  return (
    <dl className="facts card">
      {facts.map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Equivalence({ agreement }: { agreement: AgreementDetail }) {
  const rows = agreement.equivalence ?? [];
  const policies = [...new Set(rows.flatMap((row) => Object.keys(row)))].sort();
  return (
    <Part title={say('agreement.equivalence')}>
      <Table caption={say('agreement.equivalence')} head={policies}>
        {rows.map((row) => (
          <tr key={JSON.stringify(row)}>
            {policies.map((policy) => (
              <td key={policy}>{row[policy] ?? '–'}</td>
            ))}
          </tr>
        ))}
      </Table>
      <p className="agreement-note dim">{say('agreement.equivalence.note')}</p>
    </Part>
  );
}
