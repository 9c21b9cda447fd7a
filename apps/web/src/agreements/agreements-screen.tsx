import { IconFileText } from '@tabler/icons-react';
import type { Agreement } from '../api/contract.ts';
import { useResource } from '../api/use-resource.ts';
import { day, parseTime } from '../format/time.ts';
import { hrefOf } from '../route/route.ts';
import { PartyName } from '../shell/marks.tsx';
import { ScreenFrame, Table } from '../shell/screen.tsx';
import { Empty, Failed, Loading, StaleNote } from '../shell/state.tsx';
import { say } from '../words/say.ts';
import { AgreementScreen } from './agreement-screen.tsx';
import { AgreementState } from './agreement-state.tsx';

/** The agreements that the reader's party is in; or one of them. */
export function AgreementsScreen(props: { id: string | undefined }) {
  if (props.id !== undefined) return <AgreementScreen id={props.id} />;
  return <AgreementList />;
}

function AgreementList() {
  const { data, error, reload } = useResource<{ agreements: readonly Agreement[] }>(
    '/api/agreements',
    30_000,
  );
  return (
    <ScreenFrame title={say('nav.agreements')} lead={say('agreements.lead')}>
      {data === undefined ? (
        error === undefined ? (
          <Loading />
        ) : (
          <Failed error={error} retry={reload} />
        )
      ) : data.agreements.length === 0 ? (
        <Empty icon={<IconFileText size={28} stroke={1.5} />} title={say('agreements.none')}>
          {say('agreements.none.why')}
        </Empty>
      ) : (
        <>
          <StaleNote error={error} />
          <Table
            caption={say('nav.agreements')}
            head={[
              say('agreements.agreement'),
              say('agreements.state'),
              say('agreements.parties'),
              say('agreements.force'),
              say('agreements.clauses'),
            ]}
          >
            {data.agreements.map((it) => (
              <tr key={it.id}>
                <td>
                  <a className="cell-main" href={hrefOf({ screen: 'agreements', id: it.id })}>
                    {it.title}
                  </a>
                  <span className="cell-sub">
                    {say('agreement.version', { id: it.id, version: it.version })}
                  </span>
                </td>
                <td>
                  <AgreementState state={it.state} />
                </td>
                <td>
                  <span className="row wrap">
                    {it.parties.map(({ id }) => (
                      <PartyName key={id} id={id} />
                    ))}
                  </span>
                </td>
                <td className="num nowrap">
                  {day(parseTime(it.from))} – {day(parseTime(it.until))}
                </td>
                <td className="num">{it.clauses.length}</td>
              </tr>
            ))}
          </Table>
        </>
      )}
    </ScreenFrame>
  );
}
