/** The lockfile, where a mistake shows only on another machine. */
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { ROOT } from './project.ts';

interface Locked {
  readonly version: string;
  readonly integrity?: string;
  readonly resolved?: string;
  readonly os?: readonly string[];
  readonly cpu?: readonly string[];
  readonly optional?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
  readonly optionalDependencies?: Readonly<Record<string, string>>;
}

const read = (file: string) => JSON.parse(readFileSync(path.join(ROOT, file), 'utf8'));
const packages: Readonly<Record<string, Locked>> = read('package-lock.json').packages;
const { '': root, ...installed } = packages;

describe('the lockfile', () => {
  it('asks for what package.json asks for, at exact versions', () => {
    const manifest = read('package.json');
    for (const kind of ['dependencies', 'devDependencies', 'optionalDependencies'] as const) {
      expect(root?.[kind], kind).toEqual(manifest[kind]);
      for (const version of Object.values(manifest[kind])) expect(version).toMatch(/^\d+\.\d+\.\d+$/);
    }
  });

  // npm leaves out what its registry did not have for another platform, and then `npm ci` refuses the file everywhere.
  it('has the optional packages of every platform', () => {
    const missing = Object.entries(packages).flatMap(([where, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) =>
          !Object.hasOwn(packages, `${where}/node_modules/${name}`) && !Object.hasOwn(packages, `node_modules/${name}`),
      ),
    );
    expect(missing).toEqual([]);
  });

  it('has a hash for everything that Linux on x64 or arm64 installs', () => {
    const unhashed = Object.entries(installed).filter(([, { integrity, os, cpu, optional }]) => {
      const elsewhere =
        optional === true &&
        (!(os ?? ['linux']).includes('linux') || !['x64', 'arm64'].some((name) => (cpu ?? ['x64']).includes(name)));
      return integrity === undefined && !elsewhere;
    });
    expect(unhashed.map(([where]) => where).filter((where) => !where.endsWith('-musl'))).toEqual([]);
  });

  it('names no registry', () => {
    expect(Object.entries(installed).filter(([, { resolved }]) => resolved !== undefined)).toEqual([]);
  });
});
