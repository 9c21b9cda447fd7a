import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { until } from '../node/harness.ts';
import { type Stage, stage } from './stage.ts';

const LONG = 40_000;

/** Live messages of a window, as its WebSocket received and sent them. */
function listen(page: Page): { received: { at: number; text: string }[]; sent: string[] } {
  const heard = { received: [] as { at: number; text: string }[], sent: [] as string[] };
  page.on('websocket', (socket) => {
    socket.on('framereceived', ({ payload }) =>
      heard.received.push({ at: performance.now(), text: String(payload) }),
    );
    socket.on('framesent', ({ payload }) => heard.sent.push(String(payload)));
  });
  return heard;
}

describe('the page when something is taken away', async () => {
  let the: Stage;
  let missing: string | undefined;
  before(async () => {
    const made = await stage();
    if ('missing' in made) missing = made.missing;
    else the = made;
  });
  after(async () => {
    if (missing === undefined) await the.close();
  });

  test('a connection that breaks is made again and goes on where it stood', async (t) => {
    if (missing !== undefined) return t.skip(missing);
    const seat = await the.visit();
    const { page } = seat;
    const sent: string[] = [];
    let broken = 0;
    await page.routeWebSocket(/\/live$/, (socket) => {
      const server = socket.connectToServer();
      socket.onMessage((message) => {
        sent.push(String(message));
        server.send(message);
      });
      if (broken === 0) {
        broken = 1;
        setTimeout(() => void socket.close({ code: 1011 }).catch(() => undefined), 6000);
      }
    });
    await page.getByRole('link', { name: 'Sign in' }).click();
    await page.getByLabel('Account').fill('ben@birch');
    await page.getByLabel('Password').fill(the.demo.passwords.get('ben@birch') ?? '');
    await page.getByRole('button', { name: 'Log in' }).click();
    await page.locator('[data-phase=live]').waitFor({ timeout: LONG });
    await until(() => sent.filter((it) => it.includes('"subscribe"')).length === 2, LONG);
    const [first, second] = sent.filter((it) => it.includes('"subscribe"')).map((it) => JSON.parse(it));
    assert.equal(first.from, 'latest');
    assert.equal(first.cursor, undefined);
    assert.equal(typeof second.cursor, 'string');
    await page.locator('[data-phase=live]').waitFor({ timeout: LONG });
    await page.context().close();
  });

  test("the authority revokes a grant: the officer's page is emptied at once and told so calmly", async (t) => {
    if (missing !== undefined) return t.skip(missing);
    const visit = await the.visit();
    const heard = listen(visit.page);
    await visit.page.context().close();
    const ben = await the.signIn('ben@birch', { colorScheme: 'light' });
    const benHeard = listen(ben.page);
    await ben.page.reload();
    await ben.page.locator('[data-phase=live]').waitFor({ timeout: LONG });
    const label = ben.page.getByTestId('shown-label');
    await until(async () => /ALDER/.test((await label.textContent()) ?? ''), LONG);
    await until(() => benHeard.received.some(({ text }) => text.includes('"stream":"alder/')), LONG);
    assert.equal(heard.received.length, 0);

    const chair = await the.signIn('chair@authority');
    await chair.page
      .getByRole('navigation', { name: 'Screens' })
      .getByRole('link', { name: 'Grants' })
      .click();
    const grant = chair.page.locator('[data-grant=strait-watch-ben]');
    await grant.getByRole('button', { name: 'Revoke' }).click();
    await chair.page.getByLabel('Reason').fill('end of the exercise');
    await the.keep(chair.page, 'revoke-dialog');
    await chair.page.getByRole('button', { name: 'Revoke now' }).click();
    const report = chair.page.getByTestId('revocation');
    await report.waitFor({ timeout: LONG });
    const revoked = performance.now();

    const notice = ben.page.getByTestId('notice-cut');
    await notice.waitFor({ timeout: LONG });
    await until(async () => (await label.textContent()) === 'BIRCH OFFICIAL', LONG);
    assert.match((await notice.textContent()) ?? '', /no longer released to you/);
    assert.equal(await ben.page.getByText('Alder Coast Guard', { exact: true }).count(), 0);
    await the.keep(ben.page, 'revoked-officer');

    assert.match((await report.textContent()) ?? '', /Epoch\d+/);
    assert.match((await report.textContent()) ?? '', /alder\//);
    // A page that draws without a graphics card may be too busy to answer in time: then it is cut off and comes again.
    assert.match((await report.textContent()) ?? '', /acknowledged|connection reset/);
    await chair.page.locator('[data-grant][data-state=revoked]').waitFor({ timeout: LONG });
    await the.keep(chair.page, 'revoked-authority');

    // What is still given is given on; of the other party nothing comes any more.
    await until(
      () => benHeard.received.some(({ at, text }) => at > revoked && text.includes('"stream":"birch/')),
      LONG,
    );
    await ben.page.waitForTimeout(3000);
    const late = benHeard.received.filter(
      ({ at, text }) => at > revoked && text.includes('"stream":"alder/'),
    );
    assert.deepEqual(
      late.filter(({ text }) => text.includes('"type":"item"')),
      [],
    );
    assert.deepEqual([...ben.complaints, ...chair.complaints], []);
  });

  test('signing out ends the session and leaves nothing on the screen', async (t) => {
    if (missing !== undefined) return t.skip(missing);
    const { page } = await the.signIn('ada@alder');
    await page.locator('[data-phase=live]').waitFor({ timeout: LONG });
    await page.getByRole('button', { name: /Alder Coast Guard/ }).click();
    await page.getByRole('menuitem', { name: 'Sign out' }).click();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    assert.ok(!/alder|birch/i.test((await page.locator('body').textContent()) ?? ''));
    await page.reload();
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
  });
});
