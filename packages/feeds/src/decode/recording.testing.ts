import { readFileSync } from 'node:fs';
import type { TestContext } from 'node:test';
import { sharedData } from '../../../../tests/shared-data.ts';

/** A recording's bytes; skips the test where there is none. */
export function recording(t: TestContext, name: string): Uint8Array | undefined {
  const path = sharedData(name);
  if (path === undefined) t.skip('shared data absent');
  return path === undefined ? undefined : new Uint8Array(readFileSync(path));
}
