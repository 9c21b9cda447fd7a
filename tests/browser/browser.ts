import { existsSync, mkdirSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium } from 'playwright-core';

/** A browser, or why there is none and what would change that: tests skip with these words. */
export type Launched = { readonly browser: Browser; readonly from: string } | { readonly missing: string };

const remedy = 'apt-get install chromium, or set CONCORD_BROWSER to a Chromium or Chrome program';

function onPath(name: string): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return folders.map((folder) => join(folder, name)).find((file) => existsSync(file));
}

function ofTheMachine(): string | undefined {
  const named = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
  return named.map(onPath).find((file) => file !== undefined);
}

/**
 * Chromium packed for npm. It unpacks into TMPDIR and would run whatever `chromium` it found there: a folder of our
 * own keeps others' files out. Its own arguments switch web security off, so they are not taken.
 */
async function packed(): Promise<string> {
  const folder = fileURLToPath(new URL('../../.tools/chromium', import.meta.url));
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const before = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  // Where the machine lacks NSS, the package brings its libraries; it asks for them by this variable.
  process.env['AWS_LAMBDA_JS_RUNTIME'] ??= 'nodejs24.x';
  try {
    const { default: lambda } = await import('@sparticuz/chromium');
    return await lambda.executablePath();
  } finally {
    if (before === undefined) delete process.env['TMPDIR'];
    else process.env['TMPDIR'] = before;
  }
}

async function launch(executablePath: string): Promise<Browser> {
  // Chromium's sandbox does not work for root; an ordinary user keeps it.
  return chromium.launch({ executablePath, chromiumSandbox: process.getuid?.() !== 0 });
}

/**
 * Starts a browser: the one named by CONCORD_BROWSER, else the machine's, else the packed one. The caller closes it.
 *
 *     const launched = await launchBrowser();
 *     if ('missing' in launched) return t.skip(launched.missing);
 */
export async function launchBrowser(): Promise<Launched> {
  const named = process.env['CONCORD_BROWSER'];
  if (named !== undefined && named !== '') return { browser: await launch(named), from: named };
  const reasons: string[] = [];
  for (const find of [async () => ofTheMachine(), packed]) {
    try {
      const file = await find();
      if (file !== undefined) return { browser: await launch(file), from: file };
    } catch (error) {
      reasons.push((error instanceof Error ? error.message : String(error)).split('\n')[0] ?? '');
    }
  }
  return { missing: `no browser (${reasons.join('; ') || 'none found'}): ${remedy}` };
}
