export interface Notice {
  readonly id: number;
  readonly tone: 'cut' | 'problem';
  /** The stream, or what the server said. */
  readonly subject: string;
  readonly at: number;
}

let last = 0;

export function noticeOf(tone: Notice['tone'], subject: string): Notice {
  last += 1;
  return { id: last, tone, subject, at: Date.now() };
}
