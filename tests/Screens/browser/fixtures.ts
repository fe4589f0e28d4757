import { test as base, expect, type Page } from '@playwright/test';
import { Engine, engineIsBuilt } from '../engine/engine';
import { Firm } from '../engine/firm';
import { openingAt, type House } from '../engine/house';
import { Line } from '../engine/line';

export const people = ['陈建国', '黄秀兰', '郑伟明', '梁志强'] as const;

interface Options {
  /** For a test that moves the clock or publishes a catalogue, which others would feel: an engine for it alone. */
  readonly ownEngine: boolean;
}

interface Fixtures {
  readonly firm: Firm;
  readonly engine: Engine;
  readonly house: House;
  /** Between the browser and the engine. */
  readonly line: Line;
  readonly token: string;
}

interface Shared {
  /** The engine and firm of this worker's tests, from the first that asks for it. */
  readonly shared: () => Promise<Firm>;
}

const start = async (): Promise<Firm> => {
  const engine = await Engine.start(openingAt);
  return Firm.on(engine).catch(async (error: unknown) => {
    await engine.stop();
    throw error;
  });
};

/** A test with a house of its own on an engine, and a line to it; each engine ends with whom it is for, also when that fails. */
export const test = base.extend<Fixtures & Options, Shared>({
  ownEngine: [false, { option: true }],
  shared: [async ({}, use) => {
    let started: Promise<Firm> | null = null;
    await use(() => started ??= start());
    await (started as Promise<Firm> | null)?.then(({ engine }) => engine.stop(), () => undefined);
  }, { scope: 'worker' }],
  firm: async ({ ownEngine, shared }, use) => {
    test.skip(!engineIsBuilt(), 'The engine is not built: dotnet build src/Engage');
    const firm = await (ownEngine ? start() : shared());
    await use(firm);
    if (ownEngine) {
      await firm.engine.stop();
    }
  },
  engine: async ({ firm }, use) => use(firm.engine),
  house: async ({ firm }, use) => use(await firm.house(people)),
  line: async ({ engine }, use) => {
    const line = await Line.to(engine.port);
    await use(line);
    await line.close();
  },
  token: async ({ engine, house }, use) => use(await engine.token('advisor', house.advisor)),
  baseURL: async ({ line }, use) => use(line.url),
});

/** Signs in; which page that opens depends on who it is. */
export async function enter(page: Page, token: string): Promise<void> {
  await page.goto('/');
  await page.getByLabel('访问令牌').or(page.getByLabel('Access token')).fill(token);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('banner')).toBeVisible();
}

/** Signs in somebody with a desk, and waits for its list. */
export async function signIn(page: Page, token: string): Promise<void> {
  await enter(page, token);
  await expect(rows(page).first().or(page.locator('.list .empty'))).toBeVisible();
}

export const rows = (page: Page) => page.getByRole('listbox').getByRole('option');
export const rowOf = (page: Page, name: string) => rows(page).filter({ hasText: name });
export const connection = (page: Page) => page.locator('.conn');
