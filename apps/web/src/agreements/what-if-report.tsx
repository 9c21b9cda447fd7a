import type { Finding, WhatIfChanges } from '../api/contract.ts';
import { StateMark } from '../shell/marks.tsx';
import { Table } from '../shell/screen.tsx';
import { say, sayMaybe } from '../words/say.ts';

/** Wider is not better or worse than narrower: but it is what takes all to agree, so it is what catches the eye. */
const tones = { widens: 'warn', narrows: 'good', alters: 'calm' } as const;

/** What is wrong with a draft, each with its place. */
export function WhatIfFindings({ findings }: { findings: readonly Finding[] }) {
  return (
    <div data-testid="what-if-findings">
      <Table caption={say('whatIf.findings')} head={[say('whatIf.place'), say('whatIf.finding'), '']}>
        {findings.map(({ line, column, code, message }) => (
          <tr key={`${line}:${column}:${code}:${message}`}>
            <td className="num nowrap">
              {line}:{column}
            </td>
            <td>{message}</td>
            <td>
              <code>{code}</code>
            </td>
          </tr>
        ))}
      </Table>
    </div>
  );
}

/** Changed terms in words, then who would see what of the viewer's own items, the most items first. */
export function WhatIfReport({ result }: { result: WhatIfChanges }) {
  const { terms, verdicts, items, officers, unplaced, supposedGrants } = result;
  return (
    <div className="what-if-report" data-testid="what-if">
      <h3>{say('whatIf.terms')}</h3>
      {terms.length === 0 ? (
        <p className="dim">{say(result.before === undefined ? 'whatIf.terms.new' : 'whatIf.terms.none')}</p>
      ) : (
        <Table
          caption={say('whatIf.terms')}
          head={[say('whatIf.change'), say('whatIf.before'), say('whatIf.after')]}
        >
          {terms.map(({ change, what, name, before, after }) => (
            <tr key={`${what}/${name ?? before ?? after}`}>
              <td>
                <span className="cell-main">{sayMaybe(`whatIf.change.${change}`, change)}</span>
                <span className="cell-sub">
                  {what} {name !== undefined && <code>{name}</code>}
                </span>
              </td>
              <td className={change === 'removed' ? 'what-if-gone' : ''}>{before ?? '–'}</td>
              <td className={change === 'added' ? 'what-if-new' : ''}>{after ?? '–'}</td>
            </tr>
          ))}
        </Table>
      )}
      <h3>{say('whatIf.verdicts')}</h3>
      <p className="dim">
        {say('whatIf.counted', { n: items, officers })}
        {supposedGrants && ` ${say('whatIf.supposed')}`}
        {unplaced > 0 && ` ${say('whatIf.unplaced', { n: unplaced })}`}
      </p>
      {verdicts.length === 0 ? (
        <p>{say('whatIf.verdicts.none')}</p>
      ) : (
        <Table
          caption={say('whatIf.verdicts')}
          head={[
            say('whatIf.effect'),
            say('whatIf.items'),
            say('whatIf.what'),
            say('whatIf.readers'),
            say('whatIf.before'),
            say('whatIf.after'),
          ]}
        >
          {verdicts.map((row) => (
            <tr key={JSON.stringify(row)} data-effect={row.effect}>
              <td>
                <StateMark tone={tones[row.effect]}>{say(`whatIf.effect.${row.effect}`)}</StateMark>
              </td>
              <td className="num end">{row.count}</td>
              <td>
                <span className="cell-main">{sayMaybe(`kind.${row.kind}`, row.kind)}</span>
                <span className="cell-sub">
                  {[row.classification, ...row.caveats, row.dataMode, ...row.within].join(' · ')}
                </span>
              </td>
              <td>{row.readers.join(', ')}</td>
              <td>
                {row.before}
                <span className="cell-sub mono">{row.clausesBefore.join(', ')}</span>
              </td>
              <td>
                {row.after}
                <span className="cell-sub mono">{row.clausesAfter.join(', ')}</span>
              </td>
            </tr>
          ))}
        </Table>
      )}
    </div>
  );
}
