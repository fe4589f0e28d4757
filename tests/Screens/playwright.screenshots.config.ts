import { defineConfig } from '@playwright/test';
import tests from './playwright.config';

/** `npm run screenshots`: not a test, but the same browser. Writes docs/screens. */
export default defineConfig({
  timeout: 900_000,
  expect: { timeout: 60_000 },
  workers: 1,
  reporter: 'list',
  projects: [{ name: 'screenshots', testDir: 'screenshots', testMatch: '*.ts', use: { ...tests.projects?.[1]?.use, trace: 'off' } }],
});
