import { clock } from '../../format/time.ts';
import { Sparkline } from '../../shell/sparkline.tsx';
import { say, sayMaybe } from '../../words/say.ts';
import { kindOf } from '../objects/kind.ts';
import type { PictureObject } from '../objects/picture.ts';

const ROWS = 6;

/** The last values of what changes, as lines and as numbers. */
export function History(props: { object: PictureObject }) {
  const { history, released } = props.object;
  const metrics = (kindOf(released.kind)?.metrics ?? []).filter((name) =>
    history.some((it) => name in it.values),
  );
  if (metrics.length === 0 || history.length < 2) return null;
  return (
    <section className="history">
      <h3 className="provenance-title">{say('details.history')}</h3>
      <table className="history-table num">
        <thead>
          <tr>
            <th scope="col">{say('details.time')}</th>
            {metrics.map((name) => (
              <th key={name} scope="col">
                {sayMaybe(`metric.${name}`, name)}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          <tr>
            <td />
            {metrics.map((name) => (
              <td key={name}>
                <Sparkline values={history.map((it) => it.values[name] ?? 0)} width={58} height={18} />
              </td>
            ))}
          </tr>
          {history
            .slice(-ROWS)
            .reverse()
            .map(({ time, values }, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: a window over a series, newest first
              <tr key={i}>
                <td className="dim">{clock(time)}</td>
                {metrics.map((name) => (
                  <td key={name}>{format(values[name])}</td>
                ))}
              </tr>
            ))}
        </tbody>
      </table>
    </section>
  );
}

function format(value: number | undefined): string {
  if (value === undefined) return '–';
  return Number.isInteger(value) ? String(value) : value.toFixed(Math.abs(value) < 10 ? 2 : 1);
}
