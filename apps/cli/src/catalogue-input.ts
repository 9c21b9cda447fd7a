import {
  type CatalogueBatch,
  type CatalogueFormat,
  CatalogueReader,
  type CatalogueRecord,
} from '@concord/orbit';
import type { Findings } from './findings.ts';
import { bytesOf } from './input.ts';
import { UsageError } from './verb.ts';

export const catalogueOptions = {
  catalog: { type: 'string' },
  format: { type: 'string', default: 'auto' },
  'ignore-checksum': { type: 'boolean', default: false },
} as const;

export const catalogueUsage = `  --catalog FILE    two-line element sets with or without names, or OMM in JSON; - is standard input
  --format F        auto, tle or omm-json; default auto
  --ignore-checksum takes two-line sets with wrong checksums, as published verification sets have`;

export interface CatalogueValues {
  readonly catalog?: string | undefined;
  readonly format: string;
  readonly 'ignore-checksum': boolean;
}

const FORMATS: readonly string[] = ['auto', 'tle', 'omm-json'] satisfies CatalogueFormat[];

/** The catalogue's path, checked with the other options. */
export function cataloguePath({ catalog, format }: CatalogueValues): string {
  if (catalog === undefined) throw new UsageError('say which catalogue: --catalog FILE');
  if (!FORMATS.includes(format)) throw new UsageError(`--format is one of ${FORMATS.join(', ')}`);
  return catalog;
}

/** The element sets of a catalogue as they are read; what is wrong with others goes to the findings. */
export async function* elementSets(
  path: string,
  values: CatalogueValues,
  findings: Findings,
): AsyncGenerator<CatalogueRecord, void, undefined> {
  const reader = new CatalogueReader({
    format: values.format as CatalogueFormat,
    ignoreChecksum: values['ignore-checksum'],
  });
  let found = 0;
  function* take({ records, faults }: CatalogueBatch): Generator<CatalogueRecord, void, undefined> {
    for (const { line, column, reason, message, text } of faults)
      findings.add(`line ${line}, column ${column}`, `${reason}: ${message}: ${text}`);
    found += records.length;
    yield* records;
  }
  for await (const bytes of bytesOf(path)) yield* take(reader.push(bytes));
  yield* take(reader.end());
  if (found === 0 && findings.count === 0) findings.add('line 1', 'there is no element set in it');
}
