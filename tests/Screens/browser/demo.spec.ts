import { expect, type Page } from '@playwright/test';
import { signIn, test } from './fixtures';
import { violations } from './looks';

interface Played {
  day: string;
  time: string;
  speed: number;
  paused: boolean;
  sent: number;
}

/** The demo's side, played: a real one makes twenty thousand clients first. */
async function demoOn(page: Page): Promise<{ readonly now: Played; readonly asked: unknown[] }> {
  const now: Played = { day: '2024-10-08', time: '10:00', speed: 1, paused: false, sent: 1_000 };
  const asked: unknown[] = [];
  const days = [{ day: '2024-09-30', index: 3336.5 }, { day: '2024-10-08', index: 3489.78 }, { day: '2024-10-09', index: 3258.86 }];
  await page.route('**/v1/me', async (route) => {
    const answer = await route.fetch();
    await route.fulfill({ response: answer, json: answer.ok() ? { ...await answer.json() as object, demo: true } : await answer.json() });
  });
  await page.route('**/v1/demo/people', (route) => route.fulfill({ json: [{ sub: 'hq-admin', role: 'hq-admin', name: { zh: '总部运营主管', en: 'Head office administrator' }, node: 'hq' }] }));
  await page.route('**/v1/demo', (route) => {
    if (route.request().method() === 'POST') {
      const change = route.request().postDataJSON() as { step?: boolean };
      asked.push(change);
      Object.assign(now, change, change.step === true ? { paused: true } : {});
    }
    return route.fulfill({ json: { ...now, clients: 20_000, days } });
  });
  return { now, asked };
}

test('Demo_ItsKeys_WorkOnThePageAndOnTheDesk', async ({ page, house, engine }) => {
  // The sign-in offers people where there is a demo: this one comes with his token.
  await page.context().addCookies([{ name: 'engagement', value: await engine.token('advisor', house.advisor), url: engine.url }]);
  const demo = await demoOn(page);
  await page.goto(`${engine.url}/demo`);
  await expect(page.getByRole('heading', { level: 1, name: '演示' })).toBeVisible();
  await expect(page.locator('.clockface')).toContainText('10:00');
  await expect(page.locator('.clockface')).toContainText('播放中');
  await expect(page.getByRole('row', { name: /2024-10-08/ })).toHaveAttribute('aria-current', 'date');
  await expect(page.getByRole('row', { name: /2024-10-08/ })).toContainText('4.6%');
  await expect(page.locator('.figures')).toContainText('20,000');

  await page.keyboard.press('p');
  await expect(page.locator('.clockface')).toContainText('已暂停');
  await page.keyboard.press('.');
  await page.keyboard.press(']');
  await expect(page.getByRole('button', { name: '2 倍', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await page.keyboard.press('[');
  await expect(page.getByRole('button', { name: '1 倍', exact: true })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: '10 倍' }).click();
  await expect(page.getByRole('button', { name: '10 倍' })).toHaveAttribute('aria-pressed', 'true');
  await page.getByRole('button', { name: /继续/ }).click();
  await expect(page.locator('.clockface')).toContainText('播放中');
  expect(demo.asked).toEqual([{ paused: true }, { step: true }, { speed: 2 }, { speed: 1 }, { speed: 10 }, { paused: false }]);
  expect(await violations(page)).toEqual([]);

  await page.keyboard.press('g');
  await page.keyboard.press('d');
  await expect(page).toHaveURL(/\/desk/);
  await page.keyboard.press('p');
  await expect(page.getByRole('navigation')).toContainText('10:00 已暂停');
  await page.keyboard.press('Control+k');
  await page.getByRole('option', { name: '继续演示' }).click();
  await expect.poll(() => demo.now.paused).toBe(false);
});

test('Demo_SomebodyElsePicked_OpensHisOwnDesk', async ({ page, house, engine }) => {
  const as = async (role: string, sub: string) => page.context().addCookies([{ name: 'engagement', value: await engine.token(role, sub), url: engine.url }]);
  await as('hq-admin', 'admin');
  await demoOn(page);
  await page.route('**/v1/demo/people', (route) => route.fulfill({ json: [{ sub: house.advisor, role: 'advisor', name: { zh: '林静怡', en: 'Lin Jingyi' }, desk: `advisor:${house.advisor}` }] }));
  await page.route('**/v1/session', async (route) => {
    await as('advisor', house.advisor);
    await route.fulfill({ status: 204 });
  });
  await page.goto(`${engine.url}/demo`);

  await page.getByRole('button', { name: /林静怡/ }).click();

  await expect(page).toHaveURL(/\/desk$/);
  await expect(page.getByRole('listbox').or(page.locator('.list .empty')).first()).toBeVisible();
});

test('Demo_EngineWithoutOne_SaysSoAndHasNoPlaceForIt', async ({ page, token }) => {
  await signIn(page, token);
  await expect(page.getByRole('navigation').getByRole('link', { name: '演示' })).toHaveCount(0);
  await page.goto('/demo');
  await expect(page.getByText('此引擎没有演示')).toBeVisible();
});
