import { readFileSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { type Reading, type ReadOptions, readAgreement, type Terms } from '@concord/agreement';
import { LabelError, type Policies, readPolicy } from '@concord/label';
import { UsageError } from '../verb.ts';

const why = (cause: unknown): string => {
  const { code, message } = cause as NodeJS.ErrnoException;
  return code === 'ENOENT' ? 'there is no such file' : message;
};

/** The text of a file that the user named. */
export async function readText(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    throw new UsageError(`${path}: ${why(cause)}`);
  }
}

export async function readJson(path: string): Promise<unknown> {
  const text = await readText(path);
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new UsageError(`${path}: not JSON: ${(cause as Error).message}`);
  }
}

/** Policies given with `--policy FILE`, each a file `{"id":"ALDER","levels":["lowest","…","highest"]}`. */
export async function readPolicies(paths: readonly string[] = []): Promise<Policies | undefined> {
  const policies = await Promise.all(
    paths.map(async (path) => {
      try {
        return readPolicy(await readJson(path));
      } catch (cause) {
        throw cause instanceof LabelError ? new UsageError(`${path}: ${cause.message}`) : cause;
      }
    }),
  );
  return policies.length === 0 ? undefined : new Map(policies.map((one) => [one.id, one]));
}

/** The text of an agreement; the areas that it names lie beside it. */
export async function agreementInput(
  path: string,
  policies: Policies | undefined,
): Promise<{ readonly text: string; readonly options: ReadOptions }> {
  const text = await readText(path);
  const file = (name: string): string | undefined => {
    try {
      return readFileSync(join(dirname(path), name), 'utf8');
    } catch {
      return undefined;
    }
  };
  return { text, options: { file, ...(policies && { policies }) } };
}

async function readAgreementFile(path: string, policies: Policies | undefined): Promise<Reading> {
  const { text, options } = await agreementInput(path, policies);
  return readAgreement(text, options);
}

/** The same where anything but terms is bad input. */
export async function readTerms(path: string, policies: Policies | undefined): Promise<Terms> {
  const { terms, findings } = await readAgreementFile(path, policies);
  if (terms) return terms;
  const lines = findings.map(
    ({ line, column, code, message }) => `${path}:${line}:${column} ${code}: ${message}`,
  );
  throw new UsageError(lines.join('\n'));
}
