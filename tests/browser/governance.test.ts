import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { seriousFaults } from './axe.ts';
import { type Stage, stage } from './stage.ts';

const LONG = 40_000;

const goTo = (page: Page, screen: string) =>
  page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click();

describe('the page of those who govern', async () => {
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

  const agreement = async (officer: string) => {
    const seat = await the.signIn(officer, { colorScheme: 'light' });
    await goTo(seat.page, 'Agreements');
    await seat.page.getByRole('link', { name: 'Strait Watch sharing arrangement' }).click();
    await seat.page.locator('[data-version]').first().waitFor({ timeout: LONG });
    return seat;
  };

  test('one party suspends, the other side and the authority agree to resume, each seen by all', async (t) => {
    if (missing !== undefined) return t.skip(missing);
    const { page, complaints } = await agreement('release@birch');
    const version = page.locator('[data-version="1"]');
    assert.match((await version.textContent()) ?? '', /In force.*alder, birch.*chair@authority/);
    await page.getByRole('button', { name: 'Suspend' }).click();
    await page.getByLabel('Reason').fill('a drill');
    await page.getByRole('button', { name: 'Confirm' }).last().click();
    await page.getByRole('button', { name: 'Agree to resume' }).waitFor({ timeout: LONG });
    assert.match((await version.textContent()) ?? '', /Suspended.*a drill/);
    assert.deepEqual(await seriousFaults(page), []);
    await the.keep(page, 'suspended-light');
    const ben = await the.demo.ask('ben@birch', '/api/streams');
    assert.ok((ben.body['streams'] as { party: string }[]).every((one) => one.party === 'birch'));

    await page.getByRole('button', { name: 'Agree to resume' }).click();
    await page.getByText('to resume agreed: birch').waitFor({ timeout: LONG });
    for (const officer of ['release@alder', 'chair@authority']) {
      const other = await agreement(officer);
      await other.page.getByRole('button', { name: 'Agree to resume' }).click();
      await other.page.waitForTimeout(500);
      await other.page.context().close();
    }
    await page.getByRole('button', { name: 'Suspend' }).waitFor({ timeout: LONG });
    assert.deepEqual(complaints, []);
  });

  test('an assurance shows until when it holds, and its giver confirms it', async (t) => {
    if (missing !== undefined) return t.skip(missing);
    const { page } = await agreement('release@birch');
    const promise = page.locator('[data-assurance=no-onward-use]');
    assert.match((await promise.textContent()) ?? '', /Live.*Lapses 20\d\d-\d\d-\d\d .*in (90|89) d/);
    await promise.getByRole('button', { name: 'Confirm' }).press('Enter');
    await page.waitForTimeout(500);
    assert.equal(await page.getByRole('alert').count(), 0);
    const other = await agreement('release@alder');
    assert.equal(await other.page.locator('[data-assurance] button').count(), 0, 'nobody else confirms it');
  });

  test('a recall is on the board of both sides until its recipient has certified', async (t) => {
    if (missing !== undefined) return t.skip(missing);
    const stream = 'birch/coastal-ais/ais.position';
    await the.demo.ask('ada@alder', `/api/items?stream=${stream}&limit=20`);
    const made = await the.demo.ask('ben@birch', '/api/recalls', {
      stream,
      from: new Date(Date.now() - 3_600_000).toISOString(),
      to: new Date().toISOString(),
      reason: 'wrong calibration',
    });
    assert.equal(made.status, 201, made.text);
    const { page, complaints } = await the.signIn('ada@alder', { colorScheme: 'dark' });
    await goTo(page, 'Recalls');
    const row = page.locator(`[data-recall="${made.body['id']}"]`).first();
    await row.waitFor({ timeout: LONG });
    assert.match((await row.textContent()) ?? '', /wrong calibration.*Asked/);
    assert.deepEqual(await seriousFaults(page), []);
    await the.keep(page, 'recalls-dark');
    await row.getByRole('button', { name: 'Acknowledge' }).press('Enter');
    await page
      .locator(`[data-recall="${made.body['id']}"][data-state=acknowledged]`)
      .waitFor({ timeout: LONG });
    await row.getByRole('button', { name: 'Certify destruction' }).press('Enter');
    await page.getByLabel('Reason').fill('Disk shredded on site');
    await page.getByRole('button', { name: 'Confirm' }).press('Enter');
    await page.locator(`[data-recall="${made.body['id']}"][data-state=destroyed]`).waitFor({ timeout: LONG });
    await page.getByTestId('given').waitFor({ timeout: LONG });
    assert.deepEqual(complaints, []);

    const ben = await the.signIn('ben@birch');
    await goTo(ben.page, 'Recalls');
    await ben.page.getByText('Disk shredded on site').waitFor({ timeout: LONG });
    const out = await the.signIn('out@cedar');
    await goTo(out.page, 'Recalls');
    await out.page.getByText('Nothing has been recalled').waitFor({ timeout: LONG });
  });
});
