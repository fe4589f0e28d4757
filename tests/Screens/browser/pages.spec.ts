import { expect } from '@playwright/test';
import { openingAt } from '../engine/house';
import { connection, enter, rows, signIn, test } from './fixtures';
import { expectAccessible, violations } from './looks';

test('Client_OpenedFromTheDeskByKey_ShowsHimInFullAndGoesBack', async ({ page, firm, house, token }) => {
  await signIn(page, token);
  await house.trade(1);
  await firm.quote('600519', 1900, 2000, openingAt);
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press('o');
  await expect(page).toHaveURL(new RegExp(`/clients/${house.client(1)}$`));
  await expect(page.getByRole('heading', { level: 1 })).toContainText('陈建国');
  const decisions = page.locator('.course-decisions tbody tr');
  await expect(decisions).toHaveCount(1);
  await expect(decisions).toContainText('大额成交');
  await expect(decisions).toContainText('已提示');
  await expect(page.locator('.course-events tbody tr').first()).toContainText('600519');
  await expect(page.locator('.hold tbody tr')).toHaveText('60051910019.05.00%24%');
  await expect(page.locator('.hold .dn')).toHaveText('5.00%');
  await house.small(1);
  await expect(decisions).toHaveCount(2);
  await expect(decisions.first()).toContainText('未提示：附加条件不成立');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/desk/);
  await expect(rows(page)).toHaveCount(1);
});

test('Client_OpenedDirectly_EscLeadsToTheDeskAndNotOutOfTheProduct', async ({ page, house, token }) => {
  await signIn(page, token);
  await page.goto('/licences');
  await page.goto(`/clients/${house.client(1)}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('陈建国');
  await page.keyboard.press('Escape');
  await expect(page).toHaveURL(/\/desk/);
});

test('Session_EndsWhileLooking_ShowsTheSignIn', async ({ page, context, house: _, engine }) => {
  await enter(page, await engine.token('hq-admin', 'admin'));
  await page.goto('/catalogue');
  await expect(page.getByRole('textbox', { name: '规则目录正文' })).toContainText('large-trade');
  await context.clearCookies();
  // Nothing is done: one of the panels asks by itself, and is told.
  await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
});

test('Client_TypedIntoTheSearchOfTheDesk_IsOpened', async ({ page, house, token }) => {
  await signIn(page, token);
  await page.keyboard.press('/');
  await page.keyboard.type(house.client(2));
  await expect(page.getByRole('link', { name: `打开客户 ${house.client(2)}` })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { level: 1 })).toContainText('黄秀兰');
});

test('Client_OfSomebodyElse_IsAsIfThereWereNone', async ({ page, house, engine }) => {
  await enter(page, await engine.token('advisor', 'a-9999'));
  const texts: string[] = [];
  for (const id of [house.client(1), 'c-none']) {
    await page.goto(`/clients/${id}`);
    texts.push((await page.getByRole('alert').innerText()).replace(id, ''));
  }
  expect(texts[0]).toBe(texts[1]);
  await expect(page.getByText('陈建国')).toHaveCount(0);
});

test('Client_RightEndsWhileLooking_IsTakenFromTheScreen', async ({ page, house, token }) => {
  await signIn(page, token);
  await page.goto(`/clients/${house.client(1)}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('陈建国');
  await expect(connection(page)).toContainText('实时');
  const read: string[] = [];
  page.on('response', (response) => read.push(new URL(response.url()).pathname));
  await house.advisorLeaves();
  read.length = 0;
  await expect(page.getByRole('alert')).toContainText('授权已结束');
  expect(read.filter((each) => each === `/v1/clients/${house.client(1)}`).length, 'the engine says so before it is asked').toBeLessThanOrEqual(1);
  await expect(page.getByText('陈建国')).toHaveCount(0);
});

test('Client_PersonalDataErasedByTheManager_LeavesTheId', async ({ page, house, engine }) => {
  await enter(page, await engine.token('branch-manager', 'm-1', house.node));
  await page.goto(`/clients/${house.client(3)}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('郑伟明');
  await page.getByRole('button', { name: '删除个人信息…' }).click();
  await expect(page.getByRole('button', { name: '永久删除' })).toBeDisabled();
  await page.getByLabel(/请输入客户编号/).fill(house.client(3));
  await page.getByRole('button', { name: '永久删除' }).click();
  await expect(page.getByRole('heading', { level: 1 })).toHaveText(new RegExp(`^${house.client(3)}`));
  await expect(page.getByText('个人信息已于')).toBeVisible();
});

test('Client_Advisor_IsOfferedNoErasing', async ({ page, house, token }) => {
  await signIn(page, token);
  await page.goto(`/clients/${house.client(1)}`);
  await expect(page.getByRole('heading', { level: 1 })).toContainText('陈建国');
  await expect(page.getByRole('button', { name: '删除个人信息…' })).toHaveCount(0);
});

test('Client_InBothLanguagesAndThemes_HasNoViolationOfAxe', async ({ page, house, engine }) => {
  await enter(page, await engine.token('branch-manager', 'm-1', house.node));
  await house.trade(1);
  await page.goto(`/clients/${house.client(1)}`);
  await expectAccessible(page, () => expect(page.locator('.course-decisions tbody tr')).toHaveCount(1));
});

test('Keys_GThenALetter_OpenThePagesOfTheRole', async ({ page, house: _, engine }) => {
  await enter(page, await engine.token('auditor', 'audit'));
  await page.keyboard.press('g');
  await page.keyboard.press('m');
  await expect(page).toHaveURL(/\/map$/);
  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await expect(page).toHaveURL(/\/desk/);
});

test('Palette_CtrlK_ShowsTheActionsOfThePageAndDoesThem', async ({ page, house, token }) => {
  await signIn(page, token);
  await house.trade(1);
  await expect(rows(page)).toHaveCount(1);
  await page.keyboard.press('Control+k');
  const palette = page.getByRole('dialog', { name: '命令' });
  await expect(palette.getByRole('option', { name: /接手/ })).toContainText('A');
  expect(await violations(page)).toEqual([]);
  await page.keyboard.type('接手');
  await page.keyboard.press('Enter');
  await expect(palette).toHaveCount(0);
  await expect(rows(page).first()).toContainText('处理中');
});

test('Shell_UnknownAddress_IsAPageThatLeadsBack', async ({ page, house: _, token, request }) => {
  for (const path of ['/nothing', '/experiments', '/clients/a/b']) {
    const answer = await page.goto(path);
    expect(answer?.status(), 'nobody is signed in').toBe(401);
    await expect(page.getByRole('heading', { name: '登录' })).toBeVisible();
  }
  await signIn(page, token);
  const answer = await page.goto('/nothing');
  expect(answer?.status()).toBe(404);
  await expect(page.getByText('没有这个页面')).toBeVisible();
  await page.getByRole('link', { name: '去工作台' }).click();
  await expect(page).toHaveURL(/\/desk$/);
  await page.goBack();
  await expect(page.getByText('没有这个页面')).toBeVisible();
  for (const [path, accept] of [['/v1/nothing', 'text/html'], ['/nothing', 'application/json'], ['/assets/nothing', 'text/html'], ['/nothing.js', 'text/html']] as const) {
    const problem = await request.get(path, { headers: { Accept: accept } });
    expect([problem.status(), problem.headers()['content-type']], path).toEqual([401, 'application/problem+json']);
  }
});

test('Shell_MadeTwiceAsLarge_OverflowsNowhereAndCoversNothing', async ({ page, house, token, engine }) => {
  // 1440 x 900 at 200 %.
  await page.setViewportSize({ width: 720, height: 450 });
  await signIn(page, token);
  await house.trade(1, 2);
  await expect(rows(page)).toHaveCount(2);
  const overflowing = () => page.evaluate(() => [document.documentElement, ...document.querySelectorAll('.bar, .lhead, .sub, .surge, .today, .publishbar, .acts')]
    .filter((each) => each.scrollWidth > Math.max(each.clientWidth, 1) + 1).map((each) => each.className || each.tagName));
  expect(await overflowing()).toEqual([]);
  const heights = () => rows(page).evaluateAll((all) => all.map((row) => Math.round(row.getBoundingClientRect().height)));
  expect(await heights()).toEqual([60, 60]);
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect.poll(heights, 'zoomed out while it is open').toEqual([32, 32]);
  await page.setViewportSize({ width: 720, height: 450 });
  await expect.poll(heights).toEqual([60, 60]);

  await page.context().clearCookies();
  await enter(page, await engine.token('hq-admin', 'admin'));
  await page.goto('/map');
  await expect(page.locator('.grid li:not(.none)').first()).toBeVisible();
  expect(await overflowing()).toEqual([]);
  await page.goto('/catalogue');
  await expect(page.getByRole('textbox', { name: '规则目录正文' })).toContainText('large-trade');
  expect(await overflowing()).toEqual([]);
  const bottom = await page.locator('.text').evaluate((text) => text.getBoundingClientRect().bottom);
  expect((await page.locator('.work .foot').boundingBox())?.y ?? 0, 'the foot stands below the text').toBeGreaterThanOrEqual(bottom - 1);
});

test('Shell_PersonWithoutADesk_BeginsOnAPageOfHis', async ({ page, house: _, engine }) => {
  await enter(page, await engine.token('hq-admin', 'admin'));
  await expect(page).not.toHaveURL(/\/desk/);
  await expect(page.getByRole('navigation').getByRole('link', { name: '工作台' })).toHaveCount(0);
  await expect(page.getByRole('navigation').getByText('实验')).toHaveAttribute('aria-disabled', 'true');
});
