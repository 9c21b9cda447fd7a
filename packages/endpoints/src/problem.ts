import { AuthorityError } from '@concord/authority';
import { LabelError } from '@concord/label';
import { ReleaseError } from '@concord/release';

/** Every error that a client of the HTTP doors can meet. Documented in docs/errors.md. */
export type ProblemCode =
  | 'not-signed-in'
  | 'forbidden'
  | 'csrf'
  | 'not-found'
  | 'bad-request'
  | 'bad-cursor'
  | 'bad-label'
  | 'bad-signature'
  | 'cut-off'
  | 'conflict'
  | 'too-large'
  | 'unavailable'
  | 'internal';

const STATUS: Readonly<Record<ProblemCode, number>> = {
  'not-signed-in': 401,
  forbidden: 403,
  csrf: 403,
  'not-found': 404,
  'bad-request': 400,
  'bad-cursor': 400,
  'bad-label': 400,
  'bad-signature': 400,
  'cut-off': 409,
  conflict: 409,
  'too-large': 413,
  unavailable: 503,
  internal: 500,
};

const TITLE: Readonly<Record<ProblemCode, string>> = {
  'not-signed-in': 'Sign in first',
  forbidden: 'Not yours to do',
  csrf: 'The request does not come from your page',
  'not-found': 'There is no such thing',
  'bad-request': 'The request is wrong',
  'bad-cursor': 'The cursor is not one of yours',
  'bad-label': 'The label is wrong',
  'bad-signature': 'The signature does not hold',
  'cut-off': 'What you may have has changed',
  conflict: 'That does not fit what is there',
  'too-large': 'Too large',
  unavailable: 'Not possible just now',
  internal: 'Something went wrong here',
};

/** An error as RFC 9457 wants it told. */
export class Problem extends Error {
  readonly code: ProblemCode;
  constructor(code: ProblemCode, detail: string) {
    super(detail);
    this.name = 'Problem';
    this.code = code;
  }
  get status(): number {
    return STATUS[this.code];
  }
  toJSON() {
    return {
      type: `about:blank#${this.code}`,
      title: TITLE[this.code],
      status: this.status,
      detail: this.message,
      code: this.code,
    };
  }
}

/** The absent and the hidden get this very answer. */
export const notFound = (): Problem => new Problem('not-found', 'there is nothing here for you');

/** What one may know and must not do is forbidden; what one must not know is not there. */
function ofAuthority({ code, message }: AuthorityError): Problem {
  switch (code) {
    case 'no-such-grant':
    case 'no-such-agreement':
    case 'no-such-clearance':
      return notFound();
    case 'not-yours-to-do':
      return new Problem('forbidden', message);
    case 'not-now':
      return new Problem('conflict', message);
    case 'agreement-refused':
    case 'bad-grant':
    case 'bad-clearance':
    case 'bad-key':
      return new Problem('bad-request', message);
    case 'bad-signature':
      return new Problem('bad-signature', message);
    case 'bad-officer':
      return new Problem('internal', '');
  }
}

/** Maps the closed error families of the rooms below to problems; anything else is internal and says nothing. */
export function problemOf(cause: unknown): Problem {
  if (cause instanceof Problem) return cause;
  if (cause instanceof LabelError) return new Problem('bad-label', cause.message);
  if (cause instanceof AuthorityError) {
    return ofAuthority(cause);
  }
  if (cause instanceof ReleaseError) {
    if (cause.code === 'no-such-stream' || cause.code === 'no-such-item') return notFound();
    if (cause.code === 'bad-cursor') return new Problem('bad-cursor', cause.message);
    if (cause.code === 'bad-query') return new Problem('bad-request', cause.message);
    if (cause.code === 'cut-off') return new Problem('cut-off', cause.message);
    return new Problem('unavailable', 'try again');
  }
  const { statusCode, code, message } = (cause ?? {}) as {
    statusCode?: number;
    code?: string;
    message?: string;
  };
  if (code === 'aborted') return new Problem('cut-off', 'what you may have has changed');
  if (code === 'database-down') return new Problem('unavailable', 'the store does not answer; try again');
  if (statusCode === 413) return new Problem('too-large', message ?? '');
  if (statusCode === 404) return notFound();
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500)
    return new Problem('bad-request', message ?? '');
  return new Problem('internal', 'it has been noted; nothing was released');
}
