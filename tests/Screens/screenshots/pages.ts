import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { expect, test, type Browser, type Page } from '@playwright/test';
import { Engine } from '../engine/engine';

const folder = resolve(import.meta.dirname, '../../../docs/screens');

const fast = 10;
const surgeDay = '2024-10-08';

interface Person {
  readonly sub: string;
  readonly role: string;
}

type Theme = 'light' | 'dark';

/** Each page of the demo as its user sees it, in docs/screens. */
test('Screens', async ({ browser }) => {
  await mkdir(folder, { recursive: true });
  const engine = await Engine.startDemo();
  try {
    const people = await (await fetch(`${engine.url}/v1/demo/people`)).json() as Person[];
    const personOf = (role: string): string => {
      const found = people.find((person) => person.role === role);
      expect(found, `The demo has a person with the role ${role}`).toBeDefined();
      return found?.sub ?? '';
    };
    const rows = (page: Page) => page.getByRole('listbox').getByRole('option');
    const named = async (page: Page) => {
      await expect(rows(page).nth(2)).toBeVisible();
      await expect(page.locator('.row .as').getByText('—', { exact: true })).toHaveCount(0);
    };

    const advisor = await open(browser, engine, personOf('advisor'), 'light');
    // The days before the surge in a few minutes, so that the desk has a morning's work on it.
    const play = async (speed: number) => expect((await advisor.request.post(`${engine.url}/v1/demo`, { data: { speed } })).ok()).toBe(true);
    await play(fast);
    await expect.poll(async () => (await (await advisor.request.get(`${engine.url}/v1/demo`)).json() as { day: string }).day, { timeout: 600_000 }).toBe(surgeDay);
    await play(1);
    await expect(rows(advisor).nth(2)).toBeVisible({ timeout: 180_000 });
    await advisor.keyboard.press('j');
    await named(advisor);
    await expect(advisor.locator('.client .dec li').first()).toBeVisible();
    await advisor.screenshot({ path: join(folder, 'desk.png') });
    await advisor.keyboard.press('Control+k');
    await advisor.screenshot({ path: join(folder, 'palette.png') });
    await advisor.keyboard.press('Escape');
    await advisor.keyboard.press('o');
    await expect(advisor.locator('.course-events tbody tr').nth(2)).toBeVisible();
    await expect(advisor.locator('.conn')).toContainText('实时');
    await advisor.screenshot({ path: join(folder, 'client.png') });
    await advisor.context().close();

    for (const [theme, name] of [['light', 'desk-phone'], ['dark', 'desk-phone-dark']] as const) {
      const phone = await open(browser, engine, personOf('advisor'), theme, { width: 390, height: 844 });
      await named(phone);
      await rows(phone).first().click();
      await phone.screenshot({ path: join(folder, `${name}.png`) });
      await phone.context().close();
    }

    const dark = await open(browser, engine, personOf('advisor'), 'dark');
    await named(dark);
    await expect(dark.locator('.client .dec li').first()).toBeVisible();
    await expect(dark.locator('.client .ev2 li').first()).toBeVisible();
    await dark.screenshot({ path: join(folder, 'desk-dark.png') });
    await dark.context().close();

    const admin = await open(browser, engine, personOf('hq-admin'), 'light');
    await admin.goto(`${engine.url}/catalogue`);
    const text = admin.getByRole('textbox', { name: '规则目录正文' });
    await expect(text).toContainText('dormant');
    await admin.keyboard.press('Control+p');
    await expect(admin.locator('.side').first().getByRole('row').nth(2)).toBeVisible();
    await text.click();
    await admin.keyboard.press('Control+Home');
    await admin.screenshot({ path: join(folder, 'catalogue.png') });
    await admin.context().close();

    const hq = await open(browser, engine, personOf('hq-admin'), 'light');
    await hq.goto(`${engine.url}/map`);
    await expect(hq.locator('.grid li:not(.none) b').first()).toContainText(/[1-9]/);
    await expect(hq.locator('.trio b').first()).toContainText(/[1-9]/);
    await expect(hq.locator('.flow path').first()).toBeVisible();
    await expect(hq.locator('.grid .sp path').nth(2)).toBeVisible();
    await hq.screenshot({ path: join(folder, 'map.png') });
    await hq.goto(`${engine.url}/demo`);
    await expect(hq.locator('.days [aria-current]')).toBeVisible();
    await expect(hq.locator('.figures dd').last()).toContainText(/[1-9]/);
    await hq.screenshot({ path: join(folder, 'demo.png') });
    await hq.goto(`${engine.url}/licences`);
    await expect(hq.getByRole('rowheader', { name: /react/ }).first()).toBeVisible();
    await hq.screenshot({ path: join(folder, 'licences.png') });
    await hq.context().close();
  } finally {
    await engine.stop();
  }
});

async function open(browser: Browser, engine: Engine, person: string, theme: Theme, viewport = { width: 1440, height: 900 }): Promise<Page> {
  const context = await browser.newContext({ viewport, baseURL: engine.url });
  await context.addInitScript((settings) => localStorage.setItem('engagement.settings', settings), JSON.stringify({ language: 'zh', theme }));
  const page = await context.newPage();
  const answer = await context.request.post(`${engine.url}/v1/session`, { data: { person } });
  expect(answer.ok()).toBe(true);
  await page.goto('/desk');
  return page;
}
