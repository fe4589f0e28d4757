/// <reference types="node" />
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Plugin } from 'vite';

/** A package that is shipped, as its own metadata describes it. */
interface Package {
  readonly name: string;
  readonly version: string;
  /** An SPDX expression, the name of a file in the package, or an address; null: the metadata says nothing. */
  readonly licence: string | null;
}

const here = import.meta.dirname;
const projects = ['Engage', 'Gateway', 'Silo'];

const json = <T>(path: string): T => JSON.parse(readFileSync(path, 'utf8')) as T;

function npm(): Package[] {
  const { packages } = json<{ packages: Record<string, { version: string; dev?: boolean; license?: string }> }>(join(here, 'package-lock.json'));
  return Object.entries(packages).filter(([path, { dev }]) => path !== '' && dev !== true).map(([path, { version, license }]) => ({
    name: path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length), version,
    licence: license ?? json<{ license?: string }>(join(here, path, 'package.json')).license ?? null,
  }));
}

function nuget(): Package[] {
  const root = process.env['NUGET_PACKAGES'] || join(homedir(), '.nuget/packages');
  const found = new Map<string, Package>();
  for (const project of projects) {
    const { dependencies } = json<{ dependencies: Record<string, Record<string, { type: string; resolved?: string }>> }>(resolve(here, '..', project, 'packages.lock.json'));
    for (const [name, { type, resolved }] of Object.values(dependencies).flatMap((framework) => Object.entries(framework))) {
      if (type !== 'Project' && resolved !== undefined) {
        found.set(`${name} ${resolved}`, { name, version: resolved, licence: licenceOf(join(root, name.toLowerCase(), resolved, `${name.toLowerCase()}.nuspec`)) });
      }
    }
  }
  return [...found.values()];
}

function licenceOf(nuspec: string): string | null {
  if (!existsSync(nuspec)) {
    return null;
  }
  const text = readFileSync(nuspec, 'utf8');
  return /<license[^>]*>([^<]+)<\/license>/.exec(text)?.[1]?.trim() ?? /<licenseUrl>([^<]+)<\/licenseUrl>/.exec(text)?.[1]?.trim() ?? null;
}

const id = 'virtual:licences';

/** The module `virtual:licences`: what lies in the lock files of both worlds, with the licence that each package names. */
export function licences(): Plugin {
  const byName = (a: Package, b: Package) => (a.name.toLowerCase() < b.name.toLowerCase() ? -1 : 1);
  return {
    name: 'licences',
    resolveId: (source) => (source === id ? `\0${id}` : undefined),
    load: (source) => (source === `\0${id}` ? `export const npm = ${JSON.stringify(npm().sort(byName))};\nexport const nuget = ${JSON.stringify(nuget().sort(byName))};\n` : undefined),
  };
}
