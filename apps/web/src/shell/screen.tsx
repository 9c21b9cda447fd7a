import type { ReactNode } from 'react';
import './screen.css';

/** Frame of every screen but the picture. */
export function ScreenFrame(props: {
  title: string;
  lead?: string;
  actions?: ReactNode;
  children: ReactNode;
}) {
  return (
    <main className="screen" tabIndex={-1}>
      <div className="screen-inner">
        <div className="screen-head">
          <div>
            <h1 className="screen-title">{props.title}</h1>
            {props.lead && <p className="screen-lead">{props.lead}</p>}
          </div>
          {props.actions && <div className="screen-actions">{props.actions}</div>}
        </div>
        {props.children}
      </div>
    </main>
  );
}

/** A titled part of a screen. */
export function Part(props: { title: string; aside?: ReactNode; children: ReactNode }) {
  return (
    <section className="part">
      <div className="part-head">
        <h2 className="part-title">{props.title}</h2>
        {props.aside}
      </div>
      {props.children}
    </section>
  );
}

/** A table in a frame that scrolls sideways by itself. */
export function Table(props: { caption: string; head: readonly ReactNode[]; children: ReactNode }) {
  return (
    <div className="table-frame">
      <table className="table">
        <caption className="sr">{props.caption}</caption>
        <thead>
          <tr>
            {props.head.map((cell, i) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: columns do not move
              <th key={i} scope="col">
                {cell}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{props.children}</tbody>
      </table>
    </div>
  );
}
