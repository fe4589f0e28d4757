import { expect } from '@playwright/test';
import type { Page } from '../../../src/Web/src/api/types';
import { connection, people, rowOf, rows, signIn, test } from './fixtures';
import { watchShifts } from './looks';

/** How long the line stays broken. */
const breakMs = 10_000;

test('Desk_SignedOut_ShowsNothingButTheSignIn', async ({ page, house: _ }) => {
  const answers: string[] = [];
  page.on('response', (response) => answers.push(`${response.status()} ${new URL(response.url()).pathname}`));
  await page.goto('/');
  await expect(page).toHaveURL(/\/desk$/);
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await expect(rows(page)).toHaveCount(0);
  expect(answers).toContain('401 /v1/me');
  expect(answers.filter((answer) => answer.includes('/v1/clients') || answer.includes('/hubs/'))).toEqual([]);
});

test('Desk_TradeComesIn_ItsPromptAppearsAndIsAcceptedByKey', async ({ page, house, token, engine }) => {
  await signIn(page, token);
  await expect(page.getByText('暂无提示')).toBeVisible();
  await house.trade(1);

  const row = rowOf(page, '陈建国');
  await expect(row).toContainText('买入 600519');
  await expect(row).toContainText('未看');
  await expect(row).toContainText('大额成交');
  await expect(page.getByRole('complementary', { name: '客户 陈建国' })).toContainText('800,000.00');

  await page.keyboard.press('a');
  await expect(row).toContainText('处理中');
  const accepted = await engine.call('GET', `/v1/desks/${house.desk}/prompts?state=accepted`, token) as Page<{ client: string; by: string }>;
  expect(accepted.items).toMatchObject([{ client: house.client(1), by: house.advisor }]);

  await page.keyboard.press('u');
  // Not only on its way: while one action of a prompt is, no other is taken.
  await expect(row).toContainText('未看');
  await page.keyboard.press('s');
  await expect(row).toContainText('稍后 10:00');
});

test('Desk_LineCutForTenSeconds_HasWhatCameMeanwhileOnceAndSendsWhatWasDone', async ({ page, context, house, line, token, engine }) => {
  await signIn(page, token);
  await house.trade(1);
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press('j');
  await page.keyboard.press('a');
  await expect(rowOf(page, '陈建国')).toContainText('处理中');

  await context.setOffline(true);
  line.cut();
  const cutAt = Date.now();
  await expect(connection(page)).toContainText('离线');
  await house.trade(2, 3);
  await page.keyboard.press('f');
  await page.keyboard.press('1');
  await expect(rowOf(page, '陈建国')).toContainText('待发');
  await house.trade(4);
  await page.waitForTimeout(breakMs - (Date.now() - cutAt));
  await expect(rows(page)).toHaveCount(1);

  line.restore();
  await context.setOffline(false);
  await expect(connection(page)).toContainText('实时');
  await expect(rowOf(page, '陈建国')).toContainText('已完成');
  await expect(page.getByText('3 条新提示等待')).toBeVisible();
  await page.keyboard.press('n');
  await expect(rows(page)).toHaveCount(3);
  for (const name of people.slice(1)) {
    await expect(rowOf(page, name)).toHaveCount(1);
  }
  const done = await engine.call('GET', `/v1/desks/${house.desk}/prompts?state=done`, token) as Page<{ client: string }>;
  expect(done.items).toMatchObject([{ client: house.client(1) }]);
});

test('Desk_LineGoesSilent_SaysLateThenOfflineAndComesBackByItself', async ({ page, house, line, token }) => {
  await signIn(page, token);
  await expect(connection(page)).toContainText('实时');
  line.silence();
  const cutAt = Date.now();
  await expect(connection(page)).toContainText(/迟 \d 秒/);
  await house.trade(1, 2);
  await expect(connection(page)).toContainText('离线');
  await page.waitForTimeout(breakMs - (Date.now() - cutAt));
  line.restore();
  await expect(connection(page)).toContainText('实时', { timeout: 10_000 });
  await expect(rows(page)).toHaveCount(2);
});

test('Desk_RowHasTheFocus_KeepsItsOrderUntilNIsPressed', async ({ page, house, token }) => {
  await signIn(page, token);
  await house.trade(1);
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press('j');
  await house.trade(2);
  await expect(page.getByText('1 条新提示等待')).toBeVisible();
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press('n');
  await expect(rows(page)).toHaveCount(2);
});

test('Desk_PromptsComeAndFiguresChange_NothingMoves', async ({ page, house, token }) => {
  await signIn(page, token);
  await house.trade(1, 2);
  await expect(rows(page)).toHaveCount(2);
  await expect(page.locator('.client .dec li').first()).toBeVisible();
  const shifts = await watchShifts(page);
  await house.trade(3);
  await expect(rows(page), 'nobody reads: it is taken in').toHaveCount(3);
  await page.keyboard.press('j');
  await house.trade(4);
  await expect(page.getByText('1 条新提示等待')).toBeVisible();
  await page.keyboard.press('a');
  await expect(page.getByText('处理中', { exact: true })).toBeVisible();
  await page.keyboard.press('n');
  await expect(rows(page)).toHaveCount(4);
  expect(await shifts()).toBe(0);
});

test('Keys_FieldHasTheFocus_AreText', async ({ page, house, token }) => {
  await signIn(page, token);
  await house.trade(1, 2);
  await expect(rows(page)).toHaveCount(2);
  await page.keyboard.press('/');
  await page.keyboard.type('ada');
  await expect(page.getByText('没有符合的提示')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(rows(page)).toHaveCount(2);
  await expect(page.getByText('处理中', { exact: true })).toHaveCount(0);
});

test('Desk_SignedOutAgain_ShowsTheSignIn', async ({ page, house: _, token }) => {
  await signIn(page, token);
  await page.getByRole('button', { name: '退出' }).click();
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
});
