import { expect, type Locator } from '@playwright/test';
import { openingAt } from '../engine/house';
import { rowOf, rows, signIn, test } from './fixtures';
import { violations, watchShifts } from './looks';

test.use({ viewport: { width: 390, height: 844 }, hasTouch: true });

const fingerPx = 44;

test('Phone_ListClientAndAction_AreUnderTheThumb', async ({ page, house, token }) => {
  // What can be undone stays so, however long this machine takes.
  await page.clock.setFixedTime(openingAt);
  await signIn(page, token);
  await house.trade(1, 2);
  await expect(rows(page)).toHaveCount(2);
  const overflow = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  expect(await overflow()).toBe(0);

  await rowOf(page, '黄秀兰').tap();
  await expect(rowOf(page, '黄秀兰')).toHaveAttribute('aria-selected', 'true');
  const button = (name: string | RegExp): Locator => page.getByRole('complementary').getByRole('button', { name });
  const box = await button('接手').boundingBox();
  expect(box?.height).toBeGreaterThanOrEqual(fingerPx);
  expect((box?.y ?? 0) + (box?.height ?? 0), 'in sight without scrolling').toBeLessThanOrEqual(844);
  const shifts = await watchShifts(page);
  await button('接手').tap();
  await expect(rowOf(page, '黄秀兰')).toContainText('处理中');
  expect((await button(/^完成/).boundingBox())?.y, 'the undo above it moved nothing').toBe(box?.y);
  await button(/^完成/).tap();
  await button('已办成').tap();
  await expect(rowOf(page, '黄秀兰'), 'what is done leaves the list').toHaveCount(0);
  await page.getByRole('contentinfo').getByRole('button', { name: '撤销' }).tap();
  await expect(rowOf(page, '黄秀兰')).toContainText('处理中');
  await house.trade(3);
  await expect(page.getByText('1 条新提示等待').or(rowOf(page, '郑伟明'))).toBeVisible();
  expect(await shifts()).toBe(0);
  expect(await violations(page)).toEqual([]);

  await rowOf(page, '陈建国').tap();
  await page.getByRole('link', { name: '详情' }).tap();
  await expect(page.getByRole('heading', { level: 1 })).toContainText('陈建国');
  expect(await overflow()).toBe(0);
  await page.getByRole('button', { name: '命令' }).tap();
  await page.getByRole('option', { name: /返回/ }).tap();
  await expect(rowOf(page, '陈建国')).toBeVisible();
});
