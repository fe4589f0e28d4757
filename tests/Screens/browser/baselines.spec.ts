import { expect, type Page } from '@playwright/test';
import { dayAt, mapDay } from '../engine/mapDay';
import { openingAt } from '../engine/house';
import { enter, rows, signIn, test } from './fixtures';
import { keepMeans, meansOfBaselines, presentMeans } from './madeWith';

test.use({ ownEngine: true, contextOptions: { reducedMotion: 'reduce' } });

/** Fewer than one changed glyph; a share of the page would let one pass. */
const same = { maxDiffPixels: 30, animations: 'disabled', caret: 'hide' } as const;

const setTheme = (page: Page, theme: 'light' | 'dark') =>
  page.evaluate((settings) => localStorage.setItem('engagement.settings', settings), JSON.stringify({ language: 'zh', theme }));

/** Fixed figures at a fixed time. `npm run baselines` makes them anew, when a change of the looks is meant. */
test('Pages_LookAsTheyDid', async ({ page, browser, firm, house, token, engine }) => {
  const means = await presentMeans(browser.version());
  const renew = process.env['BASELINES'] === 'renew';
  test.skip(!renew && JSON.stringify(means) !== JSON.stringify(await meansOfBaselines()), 'The baselines were made with another browser or other fonts');
  await page.clock.setFixedTime(openingAt);

  await house.trade(1, 2, 3);
  await firm.quote('600519', 2110, 2000, openingAt);
  await signIn(page, token);
  await expect(rows(page)).toHaveCount(3);
  const asset = page.locator('.client').getByText('800,000.00').first();
  for (const theme of ['light', 'dark'] as const) {
    await setTheme(page, theme);
    await page.reload();
    await expect(rows(page)).toHaveCount(3);
    await page.keyboard.press('j');
    await expect(asset).toBeVisible();
    await expect(page.locator('.row.sel')).toContainText('已看');
    await expect(page.locator('.hold .up')).toBeVisible();
    await expect(page.locator('.client .dec li').first()).toBeVisible();
    await expect(page).toHaveScreenshot(`desk-${theme}.png`, same);
  }

  await setTheme(page, 'light');
  await page.goto(`/clients/${house.client(1)}`);
  await expect(page.locator('.course-decisions tbody tr')).toHaveCount(1);
  await expect(page.locator('.course-events tbody tr')).toHaveCount(3);
  await expect(page).toHaveScreenshot('client.png', same);

  await page.context().clearCookies();
  await enter(page, await engine.token('hq-admin', 'admin'));
  await page.goto('/catalogue');
  await expect(page.getByRole('textbox', { name: '规则目录正文' })).toContainText('large-trade');
  await expect(page.locator('.side')).toHaveCount(4);
  await expect(page.getByText('全部客户已切换')).toBeVisible();
  await expect(page).toHaveScreenshot('catalogue.png', same);

  const stage = mapDay({ late: true, surge: true });
  await page.clock.setFixedTime(dayAt);
  await stage.on(page);
  await page.goto('/map');
  await expect(page.locator('.surge')).toContainText('开户潮');
  await expect(page.locator('.grid .sp path')).toHaveCount(28);
  await expect(page.locator('.flow path').first()).toBeVisible();
  await expect(page.locator('.trio canvas').first()).toBeVisible();
  await expect(page).toHaveScreenshot('map.png', same);
  stage.silence();

  if (renew) {
    await keepMeans(means);
  }
});
