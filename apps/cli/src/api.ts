import type { Address } from './address.ts';
import type { Credential } from './credential.ts';

/** The server does not answer, or the connection was lost: trying again may help. */
export class Unreachable extends Error {
  override readonly name = 'Unreachable';
}

/** The server's answer is an error (RFC 9457). */
export class Refused extends Error {
  override readonly name = 'Refused';
  readonly status: number;
  /** The problem's code; empty where the answer is no problem document. */
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

export interface Request {
  readonly method?: 'GET' | 'POST';
  /** Sent as JSON, or as it is where it is bytes. */
  readonly body?: unknown;
  readonly timeoutMs?: number;
}

/** A server's HTTP doors for one who acts there, or for anybody. */
export class Api {
  readonly #address: Address;
  readonly #credential: Credential | undefined;

  constructor(address: Address, credential?: Credential) {
    this.#address = address;
    this.#credential = credential;
  }

  /** @throws Unreachable, Refused */
  async json<T>(path: string, request: Request = {}): Promise<T> {
    const response = await this.#answer(path, request);
    const text = await this.#body(response.text());
    try {
      return JSON.parse(text) as T;
    } catch {
      throw new Refused(response.status, '', `${this.#address.base}${path} answers what is no JSON`);
    }
  }

  /** The bytes of a resource; undefined where there is none for this reader. */
  async bytes(path: string): Promise<Uint8Array | undefined> {
    try {
      const response = await this.#answer(path, {});
      return new Uint8Array(await this.#body(response.arrayBuffer()));
    } catch (cause) {
      if (cause instanceof Refused && cause.status === 404) return undefined;
      throw cause;
    }
  }

  async #answer(path: string, request: Request): Promise<Response> {
    let response = await this.#send(path, request, false);
    // The token may have been revoked or outlived: one more attempt with a new one.
    if (response.status === 401 && this.#credential?.renews) response = await this.#send(path, request, true);
    if (response.ok) return response;
    throw await refusal(response);
  }

  async #send(path: string, { method = 'GET', body, timeoutMs = 60_000 }: Request, fresh: boolean) {
    const headers: Record<string, string> = {};
    if (this.#credential) headers['authorization'] = `Bearer ${await this.#credential.token({ fresh })}`;
    const isBytes = body instanceof Uint8Array;
    if (body !== undefined)
      headers['content-type'] = isBytes ? 'application/octet-stream' : 'application/json';
    return await this.#body(
      fetch(`${this.#address.base}${path}`, {
        method,
        headers,
        signal: AbortSignal.timeout(timeoutMs),
        redirect: 'error',
        ...(body !== undefined && {
          body: isBytes ? (body as NonNullable<RequestInit['body']>) : JSON.stringify(body),
        }),
      }),
    );
  }

  async #body<T>(work: Promise<T>): Promise<T> {
    try {
      return await work;
    } catch (cause) {
      throw new Unreachable(`${this.#address.base} does not answer: ${reasonOf(cause)}`);
    }
  }
}

async function refusal(response: Response): Promise<Refused> {
  const text = await response.text().catch(() => '');
  let problem: { code?: unknown; detail?: unknown; title?: unknown } = {};
  try {
    problem = JSON.parse(text) as typeof problem;
  } catch {
    // Not a problem document: the status has to do.
  }
  const said = [problem?.title, problem?.detail].filter((one) => typeof one === 'string' && one !== '');
  const code = typeof problem?.code === 'string' ? problem.code : '';
  return new Refused(response.status, code, said.join(': ') || `HTTP status ${response.status}`);
}

/** Why a connection failed, in a word; `fetch` keeps it one or two causes deep. */
export function reasonOf(cause: unknown): string {
  for (let at: unknown = cause; at instanceof Error; at = at.cause) {
    const { code, name } = at as NodeJS.ErrnoException;
    if (code === 'ECONNREFUSED') return 'nothing listens there';
    if (code === 'ENOTFOUND' || code === 'EAI_AGAIN') return 'there is no such host';
    if (code === 'ECONNRESET' || code === 'UND_ERR_SOCKET') return 'the connection was lost';
    if (name === 'TimeoutError') return 'no answer in time';
    if (code !== undefined && typeof code === 'string') return code;
    if (at.cause === undefined) return at.message;
  }
  return String(cause);
}
