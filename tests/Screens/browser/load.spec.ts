import { expect } from '@playwright/test';
import { fillDesk, pushSteadily } from '../engine/deskStage';
import { rows, test } from './fixtures';

const prompts = 10_000;
const changesPerSecond = 1_000;
const seconds = 5;
/** Of the time of all frames: the rest is for drawing, and for whatever else a computer does at 9:30. */
const shareMax = 0.5;

test('Desk_TenThousandRowsAndAThousandChangesASecond_LeaveHalfOfEachFrame', async ({ page, house: _ }) => {
  await fillDesk(page, prompts);
  await page.goto('/desk');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('10,000');
  await page.keyboard.press('j');
  await expect(page.locator('.row.sel')).toBeVisible();

  // Processor time of the page's own thread, which is the same however busy the machine is with something else.
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable', { timeDomain: 'threadTicks' });
  const spentMs = async (): Promise<number> => 1_000 * ((await session.send('Performance.getMetrics')).metrics.find(({ name }) => name === 'ThreadTime')?.value ?? NaN);
  const before = await spentMs();
  const { frames, seen } = await pushSteadily(page, changesPerSecond, seconds);
  const spent = await spentMs() - before;

  await expect(page.getByRole('button', { name: /^已看/ })).toHaveText(`已看 ${seen.toLocaleString('en')}`);
  expect(seen).toBe(changesPerSecond * seconds);
  expect(await rows(page).count(), 'only what is on the screen, and a little more').toBeLessThan(60);
  expect(spent).toBeGreaterThan(0);
  expect(spent, `${Math.round(spent)} ms in ${frames} frames`).toBeLessThan(seconds * 1_000 * shareMax);
});
