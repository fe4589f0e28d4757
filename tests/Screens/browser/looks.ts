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

/** Begins to watch for what moves by itself; what follows a key or a tap within half a second may move. Answers with what did, and whence and whereto. */
export async function watchShifts(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    interface Shift extends PerformanceEntry {
      readonly hadRecentInput: boolean;
      readonly sources: readonly { readonly node: Node | null; readonly previousRect: DOMRectReadOnly; readonly currentRect: DOMRectReadOnly }[];
    }
    const held = window as unknown as { shifts: string[] };
    held.shifts = [];
    const place = ({ x, y, width, height }: DOMRectReadOnly) => [x, y, width, height].map(Math.round).join();
    new PerformanceObserver((list) => {
      (list.getEntries() as Shift[]).filter(({ hadRecentInput }) => !hadRecentInput).forEach(({ sources }) => {
        // What only became wider, or a part of a pixel, is where it was.
        const moved = sources.filter(({ previousRect, currentRect }) => Math.round(previousRect.x) !== Math.round(currentRect.x) || Math.round(previousRect.y) !== Math.round(currentRect.y));
        held.shifts.push(...moved.map(({ node, previousRect, currentRect }) =>
          `${node instanceof Element ? `${node.tagName}.${node.className}` : ''} ${(node?.textContent ?? '').slice(0, 40)}: ${place(previousRect)} to ${place(currentRect)}`));
      });
    }).observe({ type: 'layout-shift' });
  });
  return () => page.evaluate(() => (window as unknown as { shifts: string[] }).shifts);
}
