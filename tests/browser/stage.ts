import { existsSync, mkdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { startDemoExercise } from '@concord/server';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { type TestNode, testNode } from '../node/harness.ts';
import { launchBrowser } from './browser.ts';

const root = new URL('../../', import.meta.url);
const built = fileURLToPath(new URL('apps/web/dist/index.html', root));
const artefacts = fileURLToPath(new URL('artefacts/', root));

/** A page and what went wrong on it: complaints of the console, scripts that failed, requests to anywhere else. */
export interface Seat {
  readonly page: Page;
  readonly complaints: string[];
}

/** The demonstration with its exercise, and a browser before it. */
export interface Stage {
  readonly url: string;
  readonly demo: TestNode;
  /** A window of its own, with nobody signed in. */
  visit(options?: BrowserContextOptions): Promise<Seat>;
  /** A window in which an officer has signed in through the issuer, as a person does. */
  signIn(officer: string, options?: BrowserContextOptions): Promise<Seat>;
  /** Keeps a picture of the window in the git-ignored folder `artefacts/`. */
  keep(page: Page, name: string): Promise<void>;
  close(): Promise<void>;
}

/** Answers that belong to a page before and after signing in. */
const expected = /status of (401|404)|GPU stall|GL Driver Message/;

/** Starts the stage, or says why it cannot be: no browser, or no built page. */
export async function stage(): Promise<Stage | { readonly missing: string }> {
  if (!existsSync(built)) return { missing: 'the page is not built: npm run build -w @concord/web' };
  const launched = await launchBrowser();
  if ('missing' in launched) return launched;
  const { browser } = launched;
  const demo = await testNode();
  const exercise = await startDemoExercise(demo.node, (cause) => demo.errors.push(cause));
  const { url } = demo.node;

  const visit: Stage['visit'] = async (options = {}) => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options });
    const page = await context.newPage();
    const complaints: string[] = [];
    page.on('console', (message) => {
      const text = message.text();
      if (message.type() === 'error' && !expected.test(text)) complaints.push(text);
    });
    page.on('pageerror', (error) => complaints.push(error.message));
    page.on('request', (request) => {
      const target = request.url();
      if (!target.startsWith(url) && !/^(data|blob):/.test(target)) complaints.push(`asks ${target}`);
    });
    await page.goto(url);
    return { page, complaints };
  };

  return {
    url,
    demo,
    visit,
    signIn: async (officer, options) => {
      const seat = await visit(options);
      const { page } = seat;
      await page.getByRole('link', { name: 'Sign in' }).click();
      await page.getByLabel('Account').fill(officer);
      await page.getByLabel('Password').fill(demo.passwords.get(officer) ?? '');
      await page.getByRole('button', { name: 'Log in' }).click();
      await page.getByRole('navigation', { name: 'Screens' }).waitFor();
      return seat;
    },
    keep: async (page, name) => {
      mkdirSync(artefacts, { recursive: true });
      await page.screenshot({ path: `${artefacts}${name}.png` });
    },
    close: async () => {
      await browser.close();
      await exercise.stop();
      await demo.close();
    },
  };
}
