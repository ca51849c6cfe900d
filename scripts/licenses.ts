/** The licences of everything that is bundled, as one text that travels with it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

export interface BundledPackage {
  readonly name: string;
  readonly version: string;
  /** The SPDX expression of its package.json. */
  readonly license: string;
  /** The package's own licence and notice files, one after the other. */
  readonly text: string;
}

/** Licences that allow distribution inside an Apache-2.0 work, with the text and the copyright line kept. */
const ALLOWED: ReadonlySet<string> = new Set([
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'ISC',
  'MIT',
]);

const RULE = '-'.repeat(80);

/**
 * One section per package that `inputs` (paths relative to `root`) come from, sorted by name and version.
 * Throws where a package has no licence file, or none that is allowed.
 */
export function licenseText(root: string, inputs: Iterable<string>): string {
  const packages = bundledPackages(root, inputs);
  const head = [
    'Towpath is licensed under the Apache License, Version 2.0: see LICENSE.',
    `The files beside this one contain code of the following ${packages.length} packages, each under its own licence.`,
  ];
  const sections = packages.map(({ name, version, license, text }) =>
    [RULE, `${name} ${version} (${license})`, RULE, '', text].join('\n'),
  );
  return `${[head.join('\n'), ...sections].join('\n\n')}\n`;
}

/** The packages that `inputs` come from, each version once. Throws as `licenseText` does. */
export function bundledPackages(root: string, inputs: Iterable<string>): readonly BundledPackage[] {
  const directories = new Set<string>();
  for (const input of inputs) {
    const inPackage = /^(?:.*\/)?node_modules\/(?:@[^/]+\/[^/]+|[^/]+)/.exec(input)?.[0];
    if (inPackage !== undefined) directories.add(path.resolve(root, inPackage));
  }
  const packages = new Map<string, BundledPackage>();
  for (const directory of directories) {
    const found = readPackage(directory);
    packages.set(`${found.name} ${found.version}`, found);
  }
  return [...packages].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, found]) => found);
}

/** True where every part of the SPDX expression that has to hold is allowed; of alternatives one is enough. */
export function isAllowed(expression: string): boolean {
  const plain = expression.replaceAll(/[()]/g, ' ').trim();
  if (plain === '') return false;
  return plain.split(/\s+AND\s+/).every((part) => part.split(/\s+OR\s+/).some((id) => ALLOWED.has(id.trim())));
}

function readPackage(directory: string): BundledPackage {
  const { name, version, license } = JSON.parse(readFileSync(path.join(directory, 'package.json'), 'utf8'));
  if (typeof license !== 'string' || !isAllowed(license)) {
    throw new Error(`${name} ${version}: licence ${JSON.stringify(license)} is not one of ${[...ALLOWED].join(', ')}`);
  }
  const files = readdirSync(directory).sort();
  const licenses = files.filter((file) => /^(?:licen[cs]e|copying)/i.test(file));
  if (licenses.length === 0) throw new Error(`${name} ${version}: no licence file in the package`);
  const notices = files.filter((file) => /^notice/i.test(file));
  const text = [...licenses, ...notices].map((file) => clean(readFileSync(path.join(directory, file), 'utf8')));
  return { name, version, license, text: text.join('\n\n') };
}

function clean(text: string): string {
  const lines = text.replace(/^\uFEFF/, '').split(/\r?\n/);
  return lines
    .map((line) => line.trimEnd())
    .join('\n')
    .trim();
}
