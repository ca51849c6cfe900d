import { readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { configSchema } from '../../src/config/schema.ts';
import { hideReferences, showReferences } from '../../src/config/variables.ts';
import { behaviours, input } from './golden-folder.ts';

const COMMITTED = path.join(import.meta.dirname, '..', '..', 'schema', 'towpath.schema.json');
const validate = new Ajv2020({ strict: true, allowUnionTypes: true }).compile(configSchema());

/** Editors see the text, not the values: what only the values show is none of the schema's business. */
const WRONG_FOR_THE_LOADER_ONLY = [
  'duplicate-keys',
  'unset-variables',
  'expressions-of-github-in-block-style',
  'bad-values',
  'cloud-logins-that-do-not-fit',
  'registries-in-two-spellings',
];

describe('the schema of the configuration', () => {
  it('is committed as it is generated (npm run docs)', () => {
    expect(JSON.parse(readFileSync(COMMITTED, 'utf8'))).toEqual(configSchema());
  });

  const readable = behaviours('config').filter((behaviour) => {
    return ![
      'a-broken-flow-map',
      'a-tab',
      'two-documents',
      'expressions-of-github-are-no-variables',
      'aliases',
    ].includes(behaviour);
  });

  it.each(readable)('agrees with the loader about %s', (behaviour) => {
    const text = hideReferences(input('config', behaviour, 'towpath.yaml') ?? '');
    const loads = input('config', behaviour, 'config.txt') !== undefined;
    const value = JSON.parse(showReferences(JSON.stringify(parse(text, { uniqueKeys: false }))));
    if (WRONG_FOR_THE_LOADER_ONLY.includes(behaviour)) expect(loads).toBe(false);
    else expect({ behaviour, valid: validate(value) }).toEqual({ behaviour, valid: loads });
  });

  it('describes every key', () => {
    const missing: string[] = [];
    const visit = (schema: unknown, at: string) => {
      if (typeof schema !== 'object' || schema === null) return;
      const { properties, ...rest } = schema as { properties?: Record<string, { description?: string }> };
      for (const [key, value] of Object.entries(properties ?? {})) {
        if (value.description === undefined) missing.push(`${at}.${key}`);
        visit(value, `${at}.${key}`);
      }
      for (const [key, value] of Object.entries(rest)) visit(value, `${at}/${key}`);
    };
    visit(configSchema(), '');
    expect(missing).toEqual([]);
  });
});
