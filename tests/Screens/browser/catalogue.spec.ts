import { expect, type Page } from '@playwright/test';
import { enter, test } from './fixtures';
import { expectAccessible } from './looks';

const good = `tiers:
  default: [ { id: tail, from: 0 }, { id: advised, from: 500000 } ]
segments:
- id: dormant
  name: { zh: 沉睡客户, en: Dormant }
  when: 'client.assets >= 100000.0 && !trades.within("30d")'
- id: advised
  name: { zh: 投顾客户, en: Advised }
  when: 'client.assets >= 500000.0'
campaigns:
- id: wake
  name: { zh: 沉睡唤醒, en: Wake }
  trigger: { segment: dormant, on: enter }
  offer: { kind: call }
  message: { zh: "请联系", en: "Call" }
  desks: [advisor]
  expires: "48h"
  rollout: { branches: [hn], percent: 25 }
`;

/** They publish. */
const alone = test.extend({ ownEngine: true });

const text = (page: Page) => page.getByRole('textbox', { name: '规则目录正文' });
const publish = (page: Page) => page.getByRole('button', { name: '发布', exact: true });
const side = (page: Page, title: string) => page.locator('.side').filter({ has: page.getByRole('heading', { name: title }) });

/** Writes a whole text, as a paste would. */
async function write(page: Page, what: string): Promise<void> {
  await text(page).click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText(what);
}

alone('Catalogue_Written_IsCheckedMendedPreviewedAndPublished', async ({ page, house: _, engine }) => {
  const policy: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) {
      policy.push(message.text());
    }
  });
  await enter(page, await engine.token('hq-admin', 'admin'));
  await page.goto('/catalogue');
  await expect(text(page)).toContainText('large-trade');
  await expect(publish(page)).toBeDisabled();
  await expect(page.getByText('没有改动')).toBeVisible();

  await write(page, good.replace('trigger: { segment: dormant,', 'trigger: { segment: dormnat,'));
  const wrong = page.locator('.cm-wrongline');
  await expect(wrong).toHaveCount(1);
  await expect(wrong).toContainText('catalogue.unknown.segment');
  await expect(wrong).toContainText('改为 dormant');
  await expect(publish(page)).toBeDisabled();
  await expect(page.getByText('有 1 处错误，改好才能发布')).toBeVisible();

  await page.keyboard.press('F8');
  await expect(page.getByText(/^13 行/)).toBeVisible();
  await page.keyboard.press('Alt+Enter');
  await expect(wrong).toHaveCount(0);
  await expect(publish(page)).toBeEnabled();

  await page.keyboard.press('Control+p');
  await expect(side(page, '预览：谁进谁出').getByRole('row', { name: /dormant/ })).toContainText('+4');
  await expect(side(page, '试点与推开').getByRole('row', { name: /wake/ })).toContainText('25%');

  await publish(page).click();
  await expect(page.getByText('版本 2 已发布')).toBeVisible();
  await expect(side(page, '版本').getByRole('listitem').first()).toContainText('生效');
  await expect(side(page, '推开进度')).toContainText('全部客户已切换');

  await side(page, '版本').getByRole('button', { name: '与 2 比较' }).click();
  await expect(page.locator('.difference')).toContainText('版本 1');
  await expect(page.locator('.difference')).toContainText('dormant');
  await page.keyboard.press('Escape');
  await expect(page.locator('.difference')).toHaveCount(0);
  expect(policy).toEqual([]);
});

alone('Catalogue_SomebodyElsePublishedMeanwhile_KeepsTheDraftAndSaysSo', async ({ page, house: _, engine }) => {
  const admin = await engine.token('hq-admin', 'admin');
  await enter(page, admin);
  await page.goto('/catalogue');
  await expect(text(page)).toContainText('large-trade');
  await write(page, good);
  await expect(publish(page)).toBeEnabled();
  await engine.call('PUT', '/v1/catalogue', admin, { segments: [] });
  await publish(page).click();
  await expect(page.getByRole('alert')).toContainText('没有发布，也没有丢失');
  await expect(text(page)).toContainText('沉睡客户');
  await page.reload();
  await expect(text(page), 'what was written is there after the page was left').toContainText('沉睡客户');
  await expect(publish(page)).toBeEnabled();
  await publish(page).click();
  await expect(page.getByRole('alert')).toContainText('没有发布，也没有丢失');
  await page.getByRole('button', { name: '以最新版本为基准继续' }).click();
  await expect(page.getByText(/基于版本 2/).first()).toBeVisible();
  await publish(page).click();
  await expect(page.getByText('版本 3 已发布')).toBeVisible();
});

alone('Catalogue_FourEyes_ASecondPersonApprovesOrRejectsOnTheScreen', async ({ page, browser, house: _, engine, line }) => {
  const first = await engine.token('hq-admin', 'admin');
  await engine.call('PUT', '/v1/catalogue', first, { segments: [], policy: { fourEyes: true } });
  await engine.call('POST', '/v1/catalogue/versions/2/approve', await engine.token('hq-admin', 'second'));
  await enter(page, first);
  await page.goto('/catalogue');
  await expect(text(page)).toContainText('fourEyes');
  await write(page, `${good}policy: { fourEyes: true }\n`);
  await publish(page).click();
  await expect(page.getByText('版本 3 已收下')).toBeVisible();
  const versions = (of: Page) => side(of, '版本').getByRole('listitem');
  const waiting = (of: Page) => versions(of).filter({ hasText: '待第二人批准' });
  await expect(waiting(page)).toHaveCount(1);
  await page.getByRole('button', { name: '批准 3' }).click();
  await expect(side(page, '版本')).toContainText('须由另一人批准');

  const context = await browser.newContext({ baseURL: line.url });
  const other = await context.newPage();
  await enter(other, await engine.token('hq-admin', 'second'));
  await other.goto('/catalogue');
  await other.getByRole('button', { name: '批准 3' }).click();
  await expect(versions(other).filter({ hasText: '生效' })).toContainText('3');
  await expect(text(other)).toContainText('沉睡客户');
  await engine.call('PUT', '/v1/catalogue', first, { segments: [], policy: { fourEyes: true } });
  await other.reload();
  await other.getByRole('button', { name: '驳回 4' }).click();
  await expect(versions(other).filter({ hasText: '已驳回' })).toContainText('4');
  await expect(waiting(other)).toHaveCount(0);
  await expect(versions(other).filter({ hasText: '生效' })).toContainText('3');
  await context.close();
});

test('Catalogue_WhileTyping_OffersWhatTheLanguageHas', async ({ page, house: _, engine }) => {
  await enter(page, await engine.token('hq-admin', 'admin'));
  await page.goto('/catalogue');
  await expect(text(page)).toContainText('large-trade');
  await write(page, 'segments:\n- id: dormant\n  when: ');
  const options = page.locator('.cm-tooltip-autocomplete li');
  // By the mouse: the editor takes no key for an answer in the first moment that the list is there.
  const take = async (what: string) => {
    await expect(options.first()).toContainText(what);
    await options.filter({ hasText: what }).first().click();
  };
  await page.keyboard.type("'client.ass");
  await take('assets');
  await page.keyboard.type(' > 1.0 && tra');
  await take('trades');
  await page.keyboard.type('.wit');
  await take('within');
  await expect(text(page)).toContainText('client.assets > 1.0 && trades.within');
  await page.keyboard.press('Escape');
  await write(page, 'segments:\n- id: dormant\n  when: ');
  await page.keyboard.type("'client.ass");
  await expect(options.first()).toContainText('assets');
  const note = page.locator('.cm-completionInfo');
  await expect(note).toContainText('client.assets >= 500000.0');
  await expect(note).toContainText('100.0%');
});

test('Catalogue_Auditor_ReadsAndCannotWrite', async ({ page, house: _, engine }) => {
  await enter(page, await engine.token('auditor', 'audit'));
  await page.keyboard.press('g');
  await page.keyboard.press('c');
  await expect(text(page)).toContainText('large-trade');
  await expect(page.getByText('只有总部管理可以修改和发布')).toBeVisible();
  await text(page).click();
  await page.keyboard.type('x: 1');
  await expect(text(page)).not.toContainText('x: 1');
  await expect(publish(page)).toBeDisabled();
});

test('Organisation_Written_IsCheckedInItsPlace', async ({ page, house, engine }) => {
  await enter(page, await engine.token('hq-admin', 'admin'));
  await page.goto('/catalogue');
  await page.getByRole('button', { name: '组织', exact: true }).click();
  const organisation = page.getByRole('textbox', { name: '组织正文' });
  await expect(organisation).toContainText(house.outlet);
  await organisation.click();
  await page.keyboard.press('Control+a');
  await page.keyboard.insertText('{"branches": [{"id": "hn", "mode": "linkd"}]}');
  await expect(page.locator('.cm-wrongline')).toContainText('改为 linked');

  await page.getByRole('button', { name: '放弃改动' }).click();
  await expect(organisation).toContainText(house.outlet);
  await page.keyboard.press('Control+p');
  const moves = side(page, '预览：谁会换人');
  await expect(moves).toContainText('名客户中 0 名换工作台');
  await expect(moves.getByRole('row', { name: new RegExp(`^${house.node.slice('branch:'.length)} `) })).toContainText('4');
});

test('Catalogue_InBothLanguagesAndThemes_HasNoViolationOfAxe', async ({ page, house: _, engine }) => {
  await enter(page, await engine.token('hq-admin', 'admin'));
  await page.goto('/catalogue');
  await expect(text(page)).toContainText('large-trade');
  await write(page, good.replace('segment: dormant', 'segment: dormnat'));
  await expect(page.locator('.cm-wrongline')).toHaveCount(1);
  await expectAccessible(page, async () => {
    await expect(page.locator('.cm-wrongline')).toHaveCount(1);
    await expect(page.locator('.side')).toHaveCount(4);
  });
});

test('Licences_NameThePackagesOfBothWorlds', async ({ page, house: _, engine }) => {
  await enter(page, await engine.token('auditor', 'audit'));
  await page.goto('/licences');
  await expect(page.getByRole('table', { name: 'npm' }).getByRole('row', { name: /^react / })).toContainText('MIT');
  await expect(page.getByRole('table', { name: 'NuGet' }).getByRole('row', { name: /Microsoft\.Orleans\.Server/ })).toContainText('MIT');
  await expectAccessible(page, () => expect(page.getByRole('table', { name: 'npm' })).toBeVisible());
});
