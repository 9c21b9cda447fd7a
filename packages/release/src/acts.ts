import { randomBytes } from 'node:crypto';
import { type ActName, commit, deriveSalt } from '@concord/ledger';
import type { Draft } from './receipts.ts';

/** Something done under an agreement. */
export interface Act {
  readonly log: string;
  readonly act: ActName;
  readonly subject: string;
  readonly by: string;
  /** Why, or what was said. */
  readonly statement: string;
  /** Who may open the leaf. */
  readonly parties: readonly string[];
}

/** The leaf says what was done; to what, by whom and why is committed to and opened to those concerned. */
export function actDraft({ log, act, subject, by, statement, parties }: Act, epoch: number): Draft {
  const salt = randomBytes(16);
  return {
    log,
    salt,
    parties: [...new Set(parties)].sort(),
    opening: { act, subject, by, statement },
    receipt: (at) => ({
      v: 1,
      kind: 'act',
      log,
      at,
      epoch,
      act,
      subject: commit(deriveSalt(salt, 'subject'), subject),
      by: commit(deriveSalt(salt, 'by'), by),
      statement: commit(deriveSalt(salt, 'statement'), statement),
    }),
  };
}
