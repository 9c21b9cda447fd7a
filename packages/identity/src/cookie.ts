/** The headers that matter here, as Node gives them: names in lower case. */
export type RequestHeaders = Readonly<Record<string, string | readonly string[] | undefined>>;

/** A header that must come once; undefined where it is absent or comes several times. */
export function singleHeader(headers: RequestHeaders, name: string): string | undefined {
  const value = headers[name];
  return typeof value === 'string' ? value : undefined;
}

/** The values of a cookie (RFC 6265 section 4.2); several where somebody planted another of the same name. */
export function cookieValues(headers: RequestHeaders, name: string): string[] {
  const header = singleHeader(headers, 'cookie') ?? '';
  return header
    .split(';')
    .map((pair) => pair.trim())
    .filter((pair) => pair.startsWith(`${name}=`))
    .map((pair) => pair.slice(name.length + 1));
}

/** Attributes of a cookie that only the server reads. */
export type CookieAttributes = {
  readonly path: string;
  readonly secure: boolean;
  readonly sameSite: 'Lax' | 'Strict';
  /** Seconds it lives; 0 takes it away; none: until the browser closes. */
  readonly maxAge?: number;
};

/** A `Set-Cookie` value; always HttpOnly. The value must be base64url, as all values here are. */
export function setCookie(name: string, value: string, attributes: CookieAttributes): string {
  const { path, secure, sameSite, maxAge } = attributes;
  return [
    `${name}=${value}`,
    `Path=${path}`,
    'HttpOnly',
    `SameSite=${sameSite}`,
    ...(secure ? ['Secure'] : []),
    ...(maxAge === undefined ? [] : [`Max-Age=${Math.floor(maxAge)}`]),
  ].join('; ');
}
