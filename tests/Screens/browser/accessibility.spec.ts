import { expect } from '@playwright/test';
import { rows, signIn, test } from './fixtures';
import { violations } from './looks';

test('Pages_InBothLanguagesAndThemes_HaveNoViolationOfAxe', async ({ page, house, token }) => {
  const policy: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) {
      policy.push(message.text());
    }
  });
  await page.goto('/');
  expect(await violations(page)).toEqual([]);
  await signIn(page, token);
  await house.trade(1, 2, 3);
  await expect(rows(page)).toHaveCount(3);
  for (const language of ['zh', 'en']) {
    for (const theme of ['light', 'dark']) {
      await page.evaluate((settings) => localStorage.setItem('engagement.settings', settings), JSON.stringify({ language, theme }));
      await page.reload();
      await expect(rows(page)).toHaveCount(3);
      await page.keyboard.press('j');
      await page.keyboard.press('d');
      expect(await violations(page), `${language}, ${theme}`).toEqual([]);
      await page.keyboard.press('Escape');
      await page.keyboard.press('?');
      await expect(page.getByRole('dialog')).toBeVisible();
      expect(await violations(page), `${language}, ${theme}, keys`).toEqual([]);
      await page.keyboard.press('Escape');
    }
  }
  expect(policy).toEqual([]);
});
