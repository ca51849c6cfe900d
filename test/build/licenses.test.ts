import { describe, expect, it } from 'vitest';
import { bundledPackages, isAllowed, licenseText } from '../../scripts/licenses.ts';
import { makeProject } from './project.ts';

const MIT = { name: 'plain', version: '1.2.3', license: 'MIT' };

/** A directory with one package in `vendor/node_modules`, beside the real packages. */
function projectWith(files: Readonly<Record<string, string>>) {
  const placed = Object.entries(files).map(([file, content]) => [`vendor/node_modules/${file}`, content]);
  return makeProject(Object.fromEntries(placed));
}

describe('the licence text', () => {
  it('has one section per package and version, with its notices, sorted', () => {
    using project = projectWith({
      'plain/package.json': JSON.stringify(MIT),
      'plain/LICENSE.md': '\uFEFFFree to use.  \r\nKeep this.\r\n\r\n',
      'plain/NOTICE': 'Made by someone.',
      '@scope/other/package.json': JSON.stringify({ name: '@scope/other', version: '0.1.0', license: 'Apache-2.0' }),
      '@scope/other/LICENCE': 'As it is.',
    });
    const text = licenseText(project.directory, [
      'vendor/node_modules/plain/a.js',
      'vendor/node_modules/plain/lib/b.js',
      'src/own.ts',
      'vendor/node_modules/@scope/other/index.js',
    ]);
    const rule = '-'.repeat(80);
    expect(text).toContain('code of the following 2 packages');
    expect(text.slice(text.indexOf(rule))).toBe(
      `${rule}\n@scope/other 0.1.0 (Apache-2.0)\n${rule}\n\nAs it is.\n\n` +
        `${rule}\nplain 1.2.3 (MIT)\n${rule}\n\nFree to use.\nKeep this.\n\nMade by someone.\n`,
    );
  });

  it.each([
    {
      name: 'a licence that is not allowed',
      license: 'GPL-3.0-only',
      message: /plain 1\.2\.3: licence "GPL-3\.0-only"/,
    },
    { name: 'no licence named', license: undefined, message: /plain 1\.2\.3: licence undefined/ },
    { name: 'a custom licence', license: 'SEE LICENSE IN TERMS', message: /is not one of/ },
  ])('fails on $name', ({ license, message }) => {
    using project = projectWith({ 'plain/package.json': JSON.stringify({ ...MIT, license }), 'plain/LICENSE': 'text' });
    expect(() => licenseText(project.directory, ['vendor/node_modules/plain/a.js'])).toThrow(message);
  });

  it('fails on a package without a licence file', () => {
    using project = projectWith({ 'plain/package.json': JSON.stringify(MIT) });
    expect(() => licenseText(project.directory, ['vendor/node_modules/plain/a.js'])).toThrow(
      'plain 1.2.3: no licence file in the package',
    );
  });

  it('takes the innermost package of a nested one', () => {
    using project = projectWith({
      'plain/package.json': JSON.stringify(MIT),
      'plain/LICENSE': 'outer',
      'plain/node_modules/inner/package.json': JSON.stringify({ ...MIT, name: 'inner' }),
      'plain/node_modules/inner/LICENSE': 'inner',
    });
    const inputs = ['vendor/node_modules/plain/node_modules/inner/x.js'];
    expect(bundledPackages(project.directory, inputs).map(({ name }) => name)).toEqual(['inner']);
  });
});

describe('an SPDX expression', () => {
  it.each([
    { expression: 'MIT', allowed: true },
    { expression: '(MIT OR GPL-3.0-only)', allowed: true },
    { expression: 'MIT AND ISC', allowed: true },
    { expression: 'MIT AND GPL-3.0-only', allowed: false },
    { expression: '(GPL-2.0-only OR AGPL-3.0-only)', allowed: false },
    { expression: 'Apache-2.0 WITH LLVM-exception', allowed: false },
    { expression: '', allowed: false },
    { expression: 'UNLICENSED', allowed: false },
  ])('"$expression" is allowed: $allowed', ({ expression, allowed }) => {
    expect(isAllowed(expression)).toBe(allowed);
  });
});
