import { test as base, expect, type Page } from '@playwright/test';
import { Engine, engineIsBuilt } from '../engine/engine';
import { House, advisor, openingAt } from '../engine/house';
import { Line } from '../engine/line';

export const people = [['c-1', '陈建国'], ['c-2', '黄秀兰'], ['c-3', '郑伟明'], ['c-4', '梁志强']] as const;

interface Fixtures {
  readonly engine: Engine;
  readonly house: House;
  /** Between the browser and the engine. */
  readonly line: Line;
  readonly token: string;
}

/** A test with an engine, a small brokerage on it, and a line to it; all of it ends with the test, also when the test fails. */
export const test = base.extend<Fixtures>({
  engine: async ({}, use) => {
    test.skip(!engineIsBuilt(), 'The engine is not built: dotnet build src/Engage');
    const engine = await Engine.start(openingAt);
    await use(engine);
    await engine.stop();
  },
  house: async ({ engine }, use) => use(await House.on(engine, people)),
  line: async ({ engine }, use) => {
    const line = await Line.to(engine.port);
    await use(line);
    await line.close();
  },
  token: async ({ engine }, use) => use(await engine.token('advisor', advisor)),
  baseURL: async ({ line }, use) => use(line.url),
});

/** Signs in; which page that opens depends on who it is. */
export async function enter(page: Page, token: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('访问令牌').or(page.getByLabel('Access token')).fill(token);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('navigation')).toBeVisible();
}

/** Signs in somebody with a desk, and waits for its list. */
export async function signIn(page: Page, token: string): Promise<void> {
  await enter(page, token);
  await expect(rows(page).first().or(page.locator('.list .empty'))).toBeVisible();
}

export const rows = (page: Page) => page.getByRole('listbox').getByRole('option');
export const rowOf = (page: Page, name: string) => rows(page).filter({ hasText: name });
export const connection = (page: Page) => page.locator('.conn');
