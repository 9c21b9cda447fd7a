import type { Given } from '../api/governance.ts';
import { useResource } from '../api/use-resource.ts';
import { whole } from '../format/measure.ts';
import { age } from '../format/time.ts';
import { PartyName } from '../shell/marks.tsx';
import { Part, Table } from '../shell/screen.tsx';
import { say, sayMaybe } from '../words/say.ts';

const delay = (ms: number | null): string =>
  ms === null ? '–' : ms < 1000 ? `${Math.round(ms)} ms` : age(ms);

/** All that was given and got, counted from receipts. */
export function GivenPart() {
  const { data } = useResource<{ given: readonly Given[] }>('/api/given', 15_000);
  const given = data?.given ?? [];
  return (
    <Part
      title={say('given.title')}
      aside={
        given.length > 0 && (
          <a href="/api/given?by=day&format=csv" download="given.csv">
            {say('given.csv')}
          </a>
        )
      }
    >
      {given.length === 0 ? (
        <p className="dim">{say('given.none')}</p>
      ) : (
        <div data-testid="given">
          <Table
            caption={say('given.title')}
            head={[
              say('given.giver'),
              say('given.receiver'),
              say('given.kind'),
              say('given.level'),
              say('given.clauses'),
              say('given.items'),
              say('given.receipts'),
              say('given.delay'),
            ]}
          >
            {given.map((one) => (
              <tr key={`${one.giver}/${one.receiver}/${one.kind}/${one.level}/${one.clauses.join()}`}>
                <td>
                  <PartyName id={one.giver} />
                </td>
                <td>
                  <PartyName id={one.receiver} />
                </td>
                <td>{sayMaybe(`kind.${one.kind}`, one.kind)}</td>
                <td className="nowrap">{one.level}</td>
                <td className="mono">{one.clauses.join(', ')}</td>
                <td className="num end">{whole(one.items)}</td>
                <td className="num end">{whole(one.receipts)}</td>
                <td className="num nowrap end">
                  {delay(one.delayMedian_ms)}
                  <span className="cell-sub">{say('given.p95', { ms: delay(one.delayP95_ms) })}</span>
                </td>
              </tr>
            ))}
          </Table>
        </div>
      )}
    </Part>
  );
}
