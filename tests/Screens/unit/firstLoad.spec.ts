import { existsSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { expect, test } from '@playwright/test';

const root = resolve(import.meta.dirname, '../../..');
const built = join(root, `src/Gateway/obj/${process.env['ENGAGEMENT_CONFIGURATION'] ?? 'Debug'}/net10.0/web`);
const bytesMax = 250 * 1024;

const read = (path: string): string => readFileSync(join(built, path), 'utf8');

/** The files that a page needs before it is shown: its chunk, and what that imports, to the end. */
function filesOf(page: string): Set<string> {
  const html = read('index.html');
  const entries = [...html.matchAll(/(?:src|href)="\/(assets\/[^"]+)"/g)].map(([, path = '']) => path);
  const entry = entries.find((path) => path.endsWith('.js')) ?? '';
  const chunk = new RegExp(`assets/${page}-[\\w-]+\\.js`).exec(read(entry))?.[0] ?? new RegExp(`${page}-[\\w-]+\\.js`).exec(read(entry))?.[0];
  expect(chunk, `The entry loads ${page}`).toBeDefined();
  const files = new Set(entries);
  const waiting = [entry, `assets/${(chunk ?? '').replace('assets/', '')}`];
  for (let path = waiting.pop(); path !== undefined; path = waiting.pop()) {
    files.add(path);
    for (const [, imported = ''] of read(path).matchAll(/(?:from|import)\s*["'`]\.\/([\w-]+\.js)["'`]/g)) {
      if (!files.has(`assets/${imported}`)) {
        waiting.push(`assets/${imported}`);
      }
    }
  }
  return files;
}

test('FirstLoad_OfTheDesk_IsAtMost250KilobytesAndHoldsNoEditor', () => {
  test.skip(!existsSync(join(built, 'index.html')), 'The screens are not built: dotnet build src/Engage');
  const files = [...filesOf('DeskPage')];
  const bytes = files.reduce((sum, path) => sum + gzipSync(read(path)).length, gzipSync(read('index.html')).length);
  expect(bytes).toBeLessThanOrEqual(bytesMax);
  expect(bytes).toBeGreaterThan(50 * 1024);
  expect(files.filter((path) => read(path).includes('cm-scroller'))).toEqual([]);
  expect([...filesOf('CataloguePage')].some((path) => read(path).includes('cm-scroller'))).toBe(true);
});
