/** Something that the officer should know, told calmly over the picture. */
export interface Notice {
  readonly id: number;
  readonly tone: 'cut' | 'problem';
  /** Streams that were cut, or what the server said. */
  readonly subjects: readonly string[];
  readonly at: number;
}

/** Cuts that follow within this time are one notice: a revocation cuts several streams at once. */
const TOGETHER_MS = 2000;
const MOST = 4;

/** The notices with one more: several cuts at once are told together, the same problem once. */
export function withNotice(
  notices: readonly Notice[],
  tone: Notice['tone'],
  subject: string,
  at: number,
): readonly Notice[] {
  const last = notices.at(-1);
  const id = (last?.id ?? 0) + 1;
  if (last !== undefined && last.tone === tone) {
    const together = tone === 'cut' ? at - last.at < TOGETHER_MS : last.subjects.includes(subject);
    if (together) {
      const subjects = [...new Set([...last.subjects, subject])];
      return [...notices.slice(0, -1), { ...last, subjects, at: tone === 'cut' ? last.at : at }];
    }
  }
  return [...notices, { id, tone, subjects: [subject], at }].slice(-MOST);
}
