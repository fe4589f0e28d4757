import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

const file = join(import.meta.dirname, '../baselines/made-with.json');

/** The first families of the screens' two faces (src/Web/src/styles/tokens.css) that a machine of ours has, and what stands in for the rest. */
const families = ['Noto Sans CJK SC', 'Noto Sans Mono CJK SC', 'DejaVu Sans Mono', 'system-ui'] as const;

/** What letters look like depends on: the browser's version, and which file of which version each face is. */
export async function presentMeans(browserVersion: string): Promise<Record<string, string>> {
  const fonts = await Promise.all(families.map(async (family) => {
    const found = await promisify(execFile)('fc-match', ['-f', '%{file} %{fontversion}', family]).then(({ stdout }) => stdout.split('/').at(-1) ?? '', () => 'unknown');
    return [family, found] as const;
  }));
  return { chromium: browserVersion, platform: `${process.platform} ${process.arch}`, ...Object.fromEntries(fonts) };
}

/** With what the baselines were made; null where there are none. */
export async function meansOfBaselines(): Promise<Record<string, string> | null> {
  const text = await readFile(file, 'utf8').catch(() => null);
  return text === null ? null : JSON.parse(text) as Record<string, string>;
}

export const keepMeans = (means: Record<string, string>): Promise<void> => writeFile(file, `${JSON.stringify(means, null, 2)}\n`);
