import { expect } from '@playwright/test';
import type { Page } from '../../../src/Web/src/api/types';
import { openingAt } from '../engine/house';
import { connection, enter, people, rowOf, rows, signIn, test } from './fixtures';
import { watchShifts } from './looks';

/** How long the line stays broken: half a minute among what `npm run thorough` runs. */
const breakMs = process.env['THOROUGH'] === undefined ? 10_000 : 30_000;

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

test('Desk_LineCutForAWhile_HasWhatCameMeanwhileOnceAndSendsWhatWasDone', async ({ page, context, house, line, token, engine }) => {
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

test('Desk_RightEndsWhileLooking_ItsClientsAreTakenFromTheScreen', async ({ page, house, token }) => {
  await signIn(page, token);
  await house.trade(1, 2);
  await expect(rows(page)).toHaveCount(2);
  await house.advisorLeaves();
  await expect(page.getByText('授权已结束')).toBeVisible();
  await expect(rows(page)).toHaveCount(0);
  for (const name of people.slice(0, 2)) {
    await expect(page.getByText(name)).toHaveCount(0);
  }
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
  // An age that grows by a digit is wider: it stands at the right for that.
  await page.clock.setFixedTime(openingAt);
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
  expect(await shifts()).toEqual([]);
});

test('Desk_TwoPeopleOnOnePrompt_OneHasItAndTheOtherSeesWho', async ({ page, browser, baseURL, house, token, engine }) => {
  await signIn(page, token);
  const context = await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }) });
  try {
    const other = await context.newPage();
    await enter(other, await engine.token('outlet-manager', 'm-2', `outlet:${house.outlet}`));
    await other.goto(`/desk?desk=${encodeURIComponent(house.desk)}`);
    await expect(connection(other)).toContainText('实时');
    await house.trade(1);
    for (const each of [page, other]) {
      await expect(rowOf(each, '陈建国')).toContainText('未看');
      await each.keyboard.press('j');
    }
    await Promise.all([page, other].map((each) => each.keyboard.press('a')));
    const taken = await engine.call('GET', `/v1/desks/${house.desk}/prompts?state=accepted`, token) as Page<{ by: string }>;
    expect(taken.items.length, 'one is enough').toBeLessThanOrEqual(1);
    await expect(rowOf(page, '陈建国')).toContainText(/处理中|m-2 已接手/);
    await expect(rowOf(other, '陈建国')).toContainText(new RegExp(`处理中|${house.advisor} 已接手`));
    const states = await Promise.all([page, other].map((each) => rowOf(each, '陈建国').locator('.st').innerText()));
    expect(states.filter((state) => state === '处理中'), states.join()).toHaveLength(1);
    const loser = states[0] === '处理中' ? other : page;
    await expect(rowOf(loser, '陈建国')).toHaveClass(/off/);
    await expect(loser.getByRole('complementary').getByRole('button', { name: /^接手/ })).toBeDisabled();
  } finally {
    await context.close();
  }
});

test('Keys_AnInputMethodComposes_AreItsOwn', async ({ page, house, token }) => {
  await signIn(page, token);
  await house.trade(1, 2);
  await expect(rows(page)).toHaveCount(2);
  // As browsers say that Enter chooses the word, and is no command.
  const composing = (key: string) => page.evaluate((name) => document.activeElement?.dispatchEvent(
    new KeyboardEvent('keydown', { key: name, keyCode: 229, isComposing: true, bubbles: true, cancelable: true })), key);
  await page.keyboard.press('/');
  await page.keyboard.insertText('黄');
  await expect(rows(page)).toHaveCount(1);
  await composing('Enter');
  await composing('Escape');
  await expect(page.getByRole('searchbox')).toBeFocused();
  await expect(page.getByRole('searchbox')).toHaveValue('黄');
  await page.keyboard.press('Escape');

  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: '命令' });
  await page.keyboard.insertText('接手');
  await expect(palette.getByRole('option')).toHaveCount(1);
  await composing('Enter');
  await composing('ArrowDown');
  await expect(palette).toBeVisible();
  await expect(page.getByText('处理中', { exact: true })).toHaveCount(0);
  await page.keyboard.press('Enter');
  await expect(page.getByText('处理中', { exact: true })).toBeVisible();
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
