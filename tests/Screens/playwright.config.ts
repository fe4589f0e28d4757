import { defineConfig } from '@playwright/test';

/** These take minutes together, and what they look at is looked at by others in part: `npm run thorough`. */
const thorough = /(Map|Catalogue|Client)_.*HasNoViolationOfAxe|Licences_/;
/** What `npm run thorough` does once more for longer. */
const longer = /Desk_Line/;

export default defineConfig({
  // Seconds in quiet; as long as this only where the machine is busy with something else.
  timeout: 300_000,
  expect: { timeout: 60_000 },
  // Two at a time, each with a browser of its own and an engine that its tests share: most of a test is waiting for what has been set off.
  workers: 2,
  // Once more where a submission hangs on it: the list names what was flaky, and locally it fails.
  retries: process.env['CI'] === undefined ? 0 : 1,
  snapshotPathTemplate: 'baselines/{arg}{ext}',
  reporter: [['list'], ['json', { outputFile: 'test-results/screens.json' }]],
  projects: [
    { name: 'unit', testDir: 'unit' },
    {
      name: 'browser',
      testDir: 'browser',
      ...(process.env['THOROUGH'] === undefined ? { grepInvert: thorough } : { grep: [thorough, longer] }),
      use: {
        viewport: { width: 1440, height: 900 },
        locale: 'zh-CN',
        // Elsewhere than the people of the desk: the pages must show Shanghai's time all the same.
        timezoneId: 'America/New_York',
        trace: 'retain-on-failure',
        launchOptions: {
          executablePath: process.env['CHROMIUM'] ?? '/usr/bin/chromium',
          args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking'],
        },
      },
    },
  ],
});
