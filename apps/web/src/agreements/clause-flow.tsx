import type { Clause } from '../api/contract.ts';
import { ObligationChips, PartyName } from '../shell/marks.tsx';
import { say, sayMaybe } from '../words/say.ts';

/** What goes from whom to whom: a line a clause, grouped by its direction. */
export function ClauseFlow(props: { clauses: readonly Clause[] }) {
  const flows = new Map<string, { from: string; to: readonly string[]; clauses: Clause[] }>();
  for (const clause of props.clauses) {
    const to = typeof clause.to === 'string' ? [clause.to] : clause.to;
    const key = `${clause.from}>${to.join()}`;
    const flow = flows.get(key) ?? { from: clause.from, to, clauses: [] };
    flows.set(key, flow);
    flow.clauses.push(clause);
  }
  return (
    <div className="flows">
      {[...flows].map(([key, { from, to, clauses }]) => (
        <div key={key} className="flow card">
          <div className="flow-party">
            <PartyName id={from} />
          </div>
          <ul className="flow-clauses">
            {clauses.map((clause) => (
              <li key={clause.id} className="flow-clause">
                <div className="row wrap">
                  <code>{clause.id}</code>
                  {clause.covers.map((kind) => (
                    <span key={kind} className="chip">
                      {sayMaybe(`kind.${kind}`, kind)}
                    </span>
                  ))}
                </div>
                <div className="flow-terms row wrap dim">
                  {clause.ceiling !== undefined && (
                    <span>{say('clause.ceiling', { level: clause.ceiling })}</span>
                  )}
                  {clause.within !== undefined && (
                    <span>{say('clause.within', { area: clause.within })}</span>
                  )}
                  <ObligationChips obligations={[clause.obligations ?? {}]} />
                </div>
              </li>
            ))}
          </ul>
          <svg
            className="flow-arrow flips"
            viewBox="0 0 48 16"
            width="48"
            height="16"
            aria-label={say('clause.to')}
          >
            <path d="M0 8h42M36 3l6 5-6 5" fill="none" stroke="currentColor" strokeWidth="1.6" />
          </svg>
          <div className="flow-party">
            {to.map((id) => (
              <PartyName key={id} id={id} />
            ))}
          </div>
        </div>
      ))}
    </div>
  );
}
