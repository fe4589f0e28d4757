import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What axe finds on the page as it stands. */
export async function violations(page: Page): Promise<string[]> {
  const { violations: found } = await new AxeBuilder({ page }).withTags(tags).analyze();
  return found.flatMap(({ id, nodes }) => nodes.map(({ html, any }) => `${id}: ${html.slice(0, 160)} ${any[0]?.message ?? ''}`));
}

/** Asks axe about the page in both languages and both themes. */
export async function expectAccessible(page: Page, ready: () => Promise<void>): Promise<void> {
  for (const language of ['zh', 'en']) {
    for (const theme of ['light', 'dark']) {
      await page.evaluate((settings) => localStorage.setItem('engagement.settings', settings), JSON.stringify({ language, theme }));
      await page.reload();
      await ready();
      expect(await violations(page), `${language}, ${theme}`).toEqual([]);
    }
  }
}

/** Begins to watch for what moves by itself; what follows a key or a tap within half a second may move. */
export async function watchShifts(page: Page): Promise<() => Promise<number>> {
  await page.evaluate(() => {
    const held = window as unknown as { shifts: number };
    held.shifts = 0;
    new PerformanceObserver((list) => {
      (list.getEntries() as (PerformanceEntry & { value: number; hadRecentInput: boolean })[]).forEach((entry) => { held.shifts += entry.hadRecentInput ? 0 : entry.value; });
    }).observe({ type: 'layout-shift' });
  });
  return () => page.evaluate(() => (window as unknown as { shifts: number }).shifts);
}
