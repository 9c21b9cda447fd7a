import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import type { Page } from 'playwright-core';
import { until } from '../node/harness.ts';
import { seriousFaults } from './axe.ts';
import { type Stage, stage } from './stage.ts';

/** Software drawing on a shared machine is slow: these wait for what must come, however late. */
const LONG = 40_000;

async function census(page: Page): Promise<{ exact: number; coarse: number }> {
  const text = (await page.getByTestId('census').textContent()) ?? '';
  const [exact = 0, coarse = 0] = [...text.matchAll(/\d[\d,]*/g)].map(([n]) => Number(n.replaceAll(',', '')));
  return { exact, coarse };
}

const live = (page: Page): Promise<void> => page.locator('[data-phase=live]').waitFor({ timeout: LONG });

async function goTo(page: Page, screen: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: screen }).click();
}

/** Types a name into the finder and takes the first that is found. */
async function find(page: Page, name: string): Promise<void> {
  const finder = page.getByRole('combobox');
  await until(async () => {
    await finder.fill('');
    await finder.fill(name);
    return (await page.getByRole('option').count()) > 0;
  }, LONG);
  await finder.press('Enter');
  await page.getByTestId('details').waitFor();
}

describe('the page', async () => {
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

  test('a visitor learns what this is and nothing of what is in it', async (t) => {
    if (missing !== undefined) return t.skip(missing);
    const { page, complaints } = await the.visit({ colorScheme: 'light' });
    await page.getByRole('link', { name: 'Sign in' }).waitFor();
    assert.match((await page.locator('body').textContent()) ?? '', /written agreement/);
    for (const secret of ['alder', 'birch', 'Alder', 'Birch', 'strait-watch']) {
      assert.ok(!(await page.content()).includes(secret), `tells a visitor of ${secret}`);
    }
    await the.keep(page, 'landing-light');
    assert.deepEqual(await seriousFaults(page), []);
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('an officer signs in through the issuer and sees the exercise live, marked as one', async (t) => {
    if (missing !== undefined) return t.skip(missing);
    const { page, complaints } = await the.signIn('ben@birch', { colorScheme: 'dark' });
    await live(page);
    await until(async () => (await census(page)).exact > 60 && (await census(page)).coarse > 0, LONG);
    const strip = page.getByRole('region', { name: /Data mode/ });
    assert.match((await strip.textContent()) ?? '', /EXERCISE/);
    assert.match(
      (await page.getByTestId('shown-label').textContent()) ?? '',
      /ALDER RESTRICTED.*BIRCH OFFICIAL/,
    );
    await page.locator('.globe-map canvas').waitFor();
    await page.waitForTimeout(2500);
    await the.keep(page, 'picture-dark');
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test("what is coarsened is shown as cells and says why, for the other party's ships as for detections", async (t) => {
    if (missing !== undefined) return t.skip(missing);
    const { page, complaints } = await the.signIn('ada@alder', { colorScheme: 'light' });
    await live(page);
    await until(async () => (await census(page)).coarse >= 50, LONG);
    const ships = page.locator('[data-kind="ais.position"]');
    assert.match((await ships.textContent()) ?? '', /cell res 6/);
    const ship = await the.demo.ask('ada@alder', '/api/latest?kind=ais.position');
    const [first] = ship.body['items'] as { series: string; item: Record<string, unknown> }[];
    assert.ok(first && !('lat' in first.item));
    await find(page, first.series);
    const details = page.getByTestId('details');
    const text = (await details.textContent()) ?? '';
    assert.match(text, /BIRCH OFFICIAL \/\/ EXERCISE/);
    assert.match(text, /in this cell/);
    assert.match(text, /Shown as a cell because clause vessel-tracks coarsens positions to H3 resolution 6/);
    assert.ok(!/Latitude|Longitude|Speed|Course/.test(text), 'tells more than a cell');
    await the.keep(page, 'cell-light');
    await details.getByRole('button', { name: 'Why do I see this?' }).click();
    const reasons = page.getByTestId('reasons');
    await reasons.waitFor();
    assert.match((await reasons.textContent()) ?? '', /vessel-tracks/);
    await the.keep(page, 'reasons-light');
    assert.deepEqual(complaints, []);
    await page.context().close();
  });

  test('hiding a party takes its objects off the map and its label out of the line', async (t) => {
    if (missing !== undefined) return t.skip(missing);
    const { page } = await the.signIn('ben@birch');
    await live(page);
    await until(async () => (await census(page)).exact > 60, LONG);
    await page.getByRole('button', { name: 'Hide alder on the map' }).click();
    assert.deepEqual((await census(page)).coarse, 0);
    assert.equal(await page.getByTestId('shown-label').textContent(), 'BIRCH OFFICIAL');
    await page.getByRole('button', { name: 'Show alder on the map' }).click();
    await until(async () => /ALDER/.test((await page.getByTestId('shown-label').textContent()) ?? ''), LONG);
    await page.context().close();
  });

  test('everything is reached by keyboard: screens, finder, details and back', async (t) => {
    if (missing !== undefined) return t.skip(missing);
    const { page } = await the.signIn('ben@birch');
    await live(page);
    await until(async () => (await census(page)).exact > 60, LONG);
    await find(page, 'xr');
    await page.keyboard.press('Escape');
    await page.getByTestId('details').waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'Streams' }).focus();
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'Streams', level: 1 }).waitFor();
    const why = page.getByRole('button', { name: /^Why birch\/coastal-ais\/ais.position/ });
    await why.focus();
    await page.keyboard.press('Enter');
    await page.getByTestId('reasons').waitFor();
    await page.keyboard.press('Escape');
    await page.getByTestId('reasons').waitFor({ state: 'detached' });
    assert.equal(await why.evaluate((element) => element === document.activeElement), true);
    await page.context().close();
  });

  test('every screen shows its matter, in light and in dark', async (t) => {
    if (missing !== undefined) return t.skip(missing);
    for (const colorScheme of ['light', 'dark'] as const) {
      const { page, complaints } = await the.signIn('ada@alder', { colorScheme });
      await live(page);
      assert.deepEqual(await seriousFaults(page), [], `Picture, ${colorScheme}`);
      for (const [screen, matter] of [
        ['Streams', 'birch/coastal-ais/ais.position'],
        ['Agreements', 'Strait Watch sharing arrangement'],
        ['Grants', 'ben@birch'],
        ['Feeds', 'catalogue'],
        ['Ledger', 'concord ledger verify'],
      ] as const) {
        await goTo(page, screen);
        await page.locator('.screen').getByText(matter).first().waitFor({ timeout: LONG });
        await the.keep(page, `${screen.toLowerCase()}-${colorScheme}`);
        assert.deepEqual(await seriousFaults(page), [], `${screen}, ${colorScheme}`);
      }
      await goTo(page, 'Agreements');
      await page.getByRole('link', { name: 'Strait Watch sharing arrangement' }).click();
      await page.getByText('What flows from whom to whom').waitFor();
      await page.getByText('Text of the agreement').click();
      await page.locator('.agreement-text').getByText('thirdParties: originator-consent').waitFor();
      await the.keep(page, `agreement-${colorScheme}`);
      assert.deepEqual(await seriousFaults(page), [], `an agreement, ${colorScheme}`);
      assert.deepEqual(complaints, []);
      await page.context().close();
    }
  });

  test('set from right to left the page mirrors and nothing runs out of it', async (t) => {
    if (missing !== undefined) return t.skip(missing);
    const { page } = await the.signIn('ben@birch');
    await page.locator('html').evaluate((html) => html.setAttribute('dir', 'rtl'));
    const panel = await page.getByRole('complementary', { name: 'Streams' }).boundingBox();
    assert.ok(panel && panel.x > 900, `the panel of streams is at ${panel?.x}`);
    const wide = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(wide <= 0, `${wide} pixels too wide`);
    await the.keep(page, 'picture-rtl');
    await page.context().close();
  });

  test('an outsider sees nothing: no stream, object, agreement, grant or log', async (t) => {
    if (missing !== undefined) return t.skip(missing);
    const { page, complaints } = await the.signIn('out@cedar');
    await page.getByText('No streams are released to you').waitFor({ timeout: LONG });
    await page.waitForTimeout(1500);
    assert.deepEqual(await census(page), { exact: 0, coarse: 0 });
    for (const [screen, nothing] of [
      ['Agreements', 'Your party is in no agreement on this node'],
      ['Grants', 'No grants concern you'],
    ] as const) {
      await goTo(page, screen);
      await page.getByText(nothing).waitFor();
    }
    assert.ok(!/alder|birch|strait-watch/i.test((await page.locator('body').textContent()) ?? ''));
    assert.deepEqual(complaints, []);
    await the.keep(page, 'outsider');
    await page.context().close();
  });
});
