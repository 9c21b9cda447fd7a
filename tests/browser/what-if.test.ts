import assert from 'node:assert/strict';
import { after, before, describe, test } from 'node:test';
import { seriousFaults } from './axe.ts';
import { type Stage, stage } from './stage.ts';

const LONG = 40_000;

describe('the page before something is signed', async () => {
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

  test('a draft says what it would change, in terms and for whom, or what is wrong with it', async (t) => {
    if (missing !== undefined) return t.skip(missing);
    const { page, complaints } = await the.signIn('ada@alder', { colorScheme: 'light' });
    await page.locator('[data-phase=live]').waitFor({ timeout: LONG });
    await page.getByRole('navigation', { name: 'Screens' }).getByRole('link', { name: 'Agreements' }).click();
    await page.getByRole('link', { name: 'Strait Watch sharing arrangement' }).click();
    const draft = page.getByLabel('Draft');
    await draft.waitFor();
    const text = await draft.inputValue();
    assert.match(text, /^version: 2$/m, 'it begins as the next version');
    // By keyboard: the draft is written, the question asked from the button.
    await draft.fill(
      text.replace('    within: corridor\n', '').replace('ceiling: SECRET', 'ceiling: RESTRICTED'),
    );
    await page.getByRole('button', { name: 'Show what would change' }).press('Enter');
    const report = page.getByTestId('what-if');
    await report.waitFor({ timeout: LONG });
    await page.locator('.what-if-answer:focus').waitFor();
    const row = report.locator('[data-effect=widens]');
    assert.match(
      (await row.first().textContent()) ?? '',
      /GNSS positions.*ben@birch.*not released.*as it is/,
    );
    assert.match((await report.textContent()) ?? '', /Changed.*clause live-gnss/);
    await the.keep(page, 'what-if-light');
    assert.deepEqual(await seriousFaults(page), []);

    await draft.fill(text.replace('ceiling: SECRET', 'ceiling: NOWHERE'));
    await page.getByRole('button', { name: 'Show what would change' }).press('Enter');
    const findings = page.getByTestId('what-if-findings');
    await findings.waitFor({ timeout: LONG });
    assert.match((await findings.textContent()) ?? '', /unknown-level/);
    assert.deepEqual(complaints, []);
  });
});
