import AxeBuilder from '@axe-core/playwright';
import { expect, type Page } from '@playwright/test';
import { mapDay } from '../engine/mapDay';
import type { Engine } from '../engine/engine';
import { emptyProvince } from '../engine/firm';
import { connection, test } from './fixtures';
import { watchShifts } from './looks';

const tile = (page: Page, name: string) => page.locator('.grid button').filter({ hasText: name });
const figure = (page: Page, name: string) => tile(page, name).locator('b');
const title = (page: Page) => page.getByRole('heading', { level: 1 });

async function openMap(page: Page, engine: Engine): Promise<void> {
  const token = await engine.token('hq-analyst', 'analyst');
  await page.goto('/map');
  await page.getByLabel('访问令牌').fill(token);
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveText('全国');
}

test('Map_EventsGoIn_TileChangesItsNumberAndTheKeysLeadDownToTheAdvisorAndBack', async ({ page, engine, house }) => {
  const policy: string[] = [];
  page.on('console', (message) => {
    if (message.text().includes('Content Security Policy')) {
      policy.push(message.text());
    }
  });
  await openMap(page, engine);
  await expect(connection(page)).toContainText('实时');
  await page.keyboard.press('5');
  await expect(figure(page, house.province), 'four accounts were opened today').toHaveText('4');
  await page.keyboard.press('2');
  await expect(figure(page, house.province)).toHaveText('0');
  await house.trade(1, 2);
  await expect(figure(page, house.province)).toHaveText('2');
  await expect(page.locator('.grid .none').filter({ hasText: emptyProvince })).toBeVisible();

  await tile(page, house.province).focus();
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveText('华南分公司');
  await expect(tile(page, '天河')).toBeFocused();
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveText('天河营业部');
  await expect(figure(page, '林静怡')).toHaveText('2');
  await page.keyboard.press('Enter');
  await expect(title(page)).toHaveText('林静怡');
  await expect(page).toHaveURL(new RegExp(`node=advisor:${house.advisor}&measure=open`));
  await expect(page.locator('.facts')).toContainText('客户4');

  for (const name of ['天河营业部', '华南分公司', '全国']) {
    await page.keyboard.press('Escape');
    await expect(title(page)).toHaveText(name);
  }
  await expect(tile(page, house.province)).toBeFocused();
  expect(policy).toEqual([]);
});

test('Map_NobodyHadAPromptYet_ShareIsUnknownAndNotZero', async ({ page, engine, house }) => {
  await openMap(page, engine);
  await page.keyboard.press('3');
  await expect(figure(page, house.province)).toHaveText(/^—/);
  await expect(tile(page, house.province)).toHaveAccessibleName(new RegExp(`${house.province}.*接受率.*未知`));
});

test('Map_LineFallsSilent_FiguresGetTheirAgeAndComeBackAlive', async ({ page, engine, line, house }) => {
  await openMap(page, engine);
  await page.keyboard.press('5');
  await expect(figure(page, house.province)).toHaveText('4');
  line.silence();
  await expect(connection(page)).toContainText('离线');
  await expect(tile(page, house.province)).toContainText('前');
  await expect(figure(page, house.province), 'the old figure stays').toHaveText('4');
  await house.trade(1);
  line.restore();
  await expect(connection(page)).toContainText('实时');
  await page.keyboard.press('2');
  await expect(figure(page, house.province)).toHaveText('1');
  await expect(page.locator('.grid .late')).toHaveCount(0);
});

test('Map_AddressLeadsToAnOutlet_NamesTheWayDownAndItsTableTheAdvisors', async ({ page, engine, house }) => {
  await openMap(page, engine);
  await page.goto(`/map?node=outlet:${house.outlet}&measure=opened`);
  await expect(title(page)).toHaveText('天河营业部');
  await expect(page.getByRole('navigation', { name: '层级' })).toContainText('全国');
  await expect(page.getByRole('navigation', { name: '层级' })).toContainText('华南分公司');
  await page.getByRole('button', { name: '林静怡', exact: true }).click();
  await expect(title(page)).toHaveText('林静怡');
  await page.goto('/map?node=branch:none-such');
  await expect(page.getByText('看不到此处')).toBeVisible();
  await page.getByRole('button', { name: '回到我的最上级' }).click();
  await expect(title(page)).toHaveText('全国');
});

const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

test('Map_LateAndSurging_HasNoViolationOfAxeInBothLanguagesAndThemes', async ({ page, engine: _ }) => {
  test.slow();
  const stage = mapDay({ late: true, surge: true });
  await stage.on(page);
  for (const language of ['zh', 'en']) {
    for (const theme of ['light', 'dark']) {
      await page.goto('/map');
      await page.evaluate((settings) => localStorage.setItem('engagement.settings', settings), JSON.stringify({ language, theme }));
      for (const path of ['/map', '/map?node=outlet:hn-001&measure=inflow']) {
        await page.goto(path);
        await expect(page.locator('.grid button').first()).toBeVisible();
        const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze();
        expect(violations.flatMap(({ id, nodes }) => nodes.map(({ html }) => `${id}: ${html.slice(0, 160)}`)), `${language}, ${theme}, ${path}`).toEqual([]);
      }
    }
  }
  stage.silence();
});

test('Map_PartsAreLateAndDead_AreMarkedWithTheirAgeAndTheSurgeIsSaidOnce', async ({ page, engine: _ }) => {
  const stage = mapDay({ late: true, surge: true });
  await stage.on(page);
  await page.goto('/map');
  await expect(tile(page, '新疆')).toContainText(/\d+ 秒前/);
  await expect(figure(page, '新疆')).toHaveText('58');
  await expect(figure(page, '西藏')).toHaveText(/^—/);
  await expect(page.locator('.grid .late')).toHaveCount(3);
  await expect(page.locator('.surge')).toContainText('开户潮');
  await expect(page.locator('.surge [role="status"]')).toHaveText('全国，开户潮');
  await expect(page.locator('.parts')).toContainText('31 / 32');
  stage.silence();
});

test('Map_FiguresKeepChanging_NothingMoves', async ({ page, engine: _ }) => {
  const stage = mapDay();
  await stage.on(page);
  await page.goto('/map');
  await expect(figure(page, '广东')).toHaveText('2,486');
  await expect(page.locator('.flow path').first()).toBeVisible();
  await expect(page.locator('.grid .sp path')).toHaveCount(31);
  // A hand in the table holds its order, which otherwise may change every ten seconds.
  await page.locator('.br').hover();
  const shifts = await watchShifts(page);
  const places = () => page.locator('.grid button, .br tbody tr, .sec > header').evaluateAll((all) => all.map((each) => {
    const { x, y, width, height } = each.getBoundingClientRect();
    return [x, y, width, height].map(Math.round).join();
  }));
  const before = await places();
  for (let step = 1; step <= 5; step++) {
    const hn = stage.peek('hq', 'branch:hn');
    stage.change('hq', [{ ...hn, measures: { ...hn.measures, eventsPerSecond: 1586 + 1000 * step, conversions: 200 + step, netInflow: -1e9 * step } }], { surges: step % 2 === 0 ? [] : ['events'] });
    await expect(figure(page, '广东')).toHaveText((2486 + 1000 * step).toLocaleString('en'));
  }
  expect(await places()).toEqual(before);
  expect(await shifts()).toBe(0);
  stage.silence();
});
