import type { Problem } from './contract.ts';

/** A request that was not answered as asked; `status` 0 where no answer came. */
export class ApiError extends Error implements Problem {
  readonly status: number;
  readonly code: string;
  readonly title: string;
  readonly detail: string;

  constructor(problem: Problem) {
    super(problem.detail || problem.title);
    this.name = 'ApiError';
    this.status = problem.status;
    this.code = problem.code;
    this.title = problem.title;
    this.detail = problem.detail;
  }
}

async function problemOf(response: Response): Promise<ApiError> {
  const said: Record<string, unknown> = await response.json().catch(() => ({}));
  const text = (name: string): string => (typeof said[name] === 'string' ? said[name] : '');
  return new ApiError({
    status: response.status,
    code: text('code') || `http-${response.status}`,
    title: text('title') || response.statusText,
    detail: text('detail'),
  });
}

async function call<T>(path: string, init: RequestInit): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { ...init, credentials: 'same-origin', cache: 'no-store' });
  } catch {
    throw new ApiError({ status: 0, code: 'unreachable', title: 'unreachable', detail: '' });
  }
  if (!response.ok) throw await problemOf(response);
  if (response.status === 204) return undefined as T;
  try {
    return (await response.json()) as T;
  } catch {
    throw new ApiError({ status: response.status, code: 'not-json', title: 'not-json', detail: '' });
  }
}

export const get = <T>(path: string, signal?: AbortSignal): Promise<T> =>
  call<T>(path, signal === undefined ? {} : { signal });

export const post = <T>(path: string, csrf: string, body: unknown): Promise<T> =>
  call<T>(path, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-csrf-token': csrf },
    body: JSON.stringify(body),
  });
