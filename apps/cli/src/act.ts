import { Api } from './api.ts';
import { actingClient, clientOptions } from './client-options.ts';
import { options, print, UsageError } from './verb.ts';

/** A version of an agreement on the command line, `strait-watch/2`. */
export function versionPath(word: string | undefined): string {
  const [, id, version] = /^([a-z][a-z0-9-]{0,62})\/(\d{1,7})$/.exec(word ?? '') ?? [];
  if (id === undefined) throw new UsageError('say which version: AGREEMENT/NUMBER, such as strait-watch/2');
  return `/api/agreements/${id}/versions/${version}`;
}

export function agreementPath(word: string | undefined): string {
  if (!/^[a-z][a-z0-9-]{0,62}$/.test(word ?? ''))
    throw new UsageError('say which agreement, such as strait-watch');
  return `/api/agreements/${word}`;
}

/** An assurance on the command line, `strait-watch/no-onward-use`. */
export function assurancePath(word: string | undefined): string {
  const [agreement, name, ...more] = (word ?? '').split('/');
  if (name === undefined || !/^[a-z][a-z0-9-]*$/.test(name) || more.length > 0)
    throw new UsageError('say which assurance: AGREEMENT/NAME, such as strait-watch/no-onward-use');
  return `${agreementPath(agreement)}/assurances/${name}`;
}

/** The options of verbs that do something on a server in words of their own. */
export const actOptions = { ...clientOptions, reason: { type: 'string' } } as const;

export function reasonOf(values: { readonly reason?: string | undefined }): string {
  if (!values.reason) throw new UsageError('say why: --reason TEXT');
  return values.reason;
}

/** A verb that posts to one path and prints the answer. `path` and `body` are made from what was given. */
export async function post(
  values: Parameters<typeof actingClient>[0],
  path: string,
  body: unknown = {},
): Promise<number> {
  const { address, credential } = actingClient(values);
  await print(await new Api(address, credential).json(path, { method: 'POST', body }));
  return 0;
}

/** The one word of a verb and its options. */
export function oneWord(args: readonly string[]) {
  const { values, positionals } = options(args, actOptions);
  if (positionals.length > 1) throw new UsageError(`too many words: ${positionals.slice(1).join(' ')}`);
  return { values, word: positionals[0] };
}

/** The identifier of something, as a list printed it. */
export function wordOf(word: string | undefined): string {
  if (word === undefined || !/^[\w.:-]{1,100}$/.test(word)) throw new UsageError('say which, by its id');
  return encodeURIComponent(word);
}

/** An instant of an option, `2026-12-01T00:00:00Z`. */
export function instantOption(name: string, text: string | undefined): string {
  const at = text === undefined ? Number.NaN : Date.parse(text);
  if (!Number.isFinite(at) || !text?.endsWith('Z'))
    throw new UsageError(`${name} is an instant in UTC, such as 2026-12-01T00:00:00Z`);
  return new Date(at).toISOString();
}
