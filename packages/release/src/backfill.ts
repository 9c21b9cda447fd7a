import { frames, type Outgoing } from './frames.ts';
import { classesFor, LATE_END, streamsOf } from './late.ts';
import type { Live, LiveParts } from './live.ts';
import { advance } from './query.ts';
import { NOBODY } from './reader.ts';
import type { Session } from './session.ts';

const PAGE = 500;

/**
 * Brings a session from where it stands to the live head: pages of the store, each receipted and handed over as far
 * as the credit goes; then the cut-over, from the rows that the bus still has at hand. Returns early where the session
 * falls behind, is held or closed: whoever wakes it calls again.
 */
export async function backfill(parts: LiveParts, live: Live, session: Session): Promise<void> {
  const { standing, tokens, verdicts } = parts;
  const { reader } = session;
  const { mark } = session;
  const still = () => session.phase === 'backfill' && session.mark === mark && !reader.signal.aborted;
  while (still()) {
    // Everything up to here is committed and visible to the next query; what comes later is in the ring.
    const head = live.head;
    const committed = live.committed;
    const classes =
      reader.subjectClass === NOBODY
        ? []
        : classesFor(parts, reader.subjectClass, streamsOf(parts, session, parts.now()));
    const request = {
      streams: streamsOf(parts, session, parts.now()),
      classes,
      after: session.position,
      // What became due after the common look is left to the next one, or a session would have a mark of its own.
      upTo: head.lateAt,
      limit: PAGE,
    };
    const rows =
      classes.length === 0
        ? []
        : await parts.late.page(reader.subjectClass, reader.principal.party, request, reader.signal);
    if (!still()) return;
    let position = session.position;
    const items: Outgoing[] = [];
    for (const row of rows) {
      const verdict = verdicts.of(row, reader.subjectClass);
      position = advance(position, row);
      const rendered =
        verdict === 0 ? undefined : parts.renderer.render(row, verdict, reader.principal.party);
      if (rendered) items.push({ row, verdict, rendered, position });
    }
    if (items.length > 0) {
      const chosen = session.conflate ? latestOnly(items) : items;
      const epoch = standing.world.epoch;
      await parts.receipts.given([{ items: chosen, readers: [reader], epoch, door: 'live' }]);
      if (!still()) return;
      if (!live.hand(session, frames(chosen, reader.principal.party, tokens, session.sink.framing))) return;
    }
    // Rows that have no form for this reader are passed as well, or it would never get beyond a page of them.
    session.position = position;
    if (rows.length === PAGE) continue;
    if (head.lateAt !== live.head.lateAt || !live.has({ ...head, seq: committed.seq })) continue;
    const { at, seq } = committed.seq > session.position.seq ? committed : session.position;
    live.join(session, { at, seq, lateAt: head.lateAt, lateSeq: LATE_END });
    if (session.announceLive) session.sink.control({ type: 'phase', phase: 'live' });
    session.announceLive = false;
  }
}

/** Of each series only its newest value, in order. */
function latestOnly(items: readonly Outgoing[]): Outgoing[] {
  const newest = new Map(items.map((item) => [`${item.row.stream}/${item.row.series}`, item]));
  return items.filter((item) => newest.get(`${item.row.stream}/${item.row.series}`) === item);
}
