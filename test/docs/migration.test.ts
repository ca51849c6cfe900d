import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { FLAGS, INPUTS } from '../../src/config/contract.ts';
import { configSchema } from '../../src/config/schema.ts';
import { DIFFERENCES } from './differences.ts';
import { codes, plain, ROOT, tableOf } from './pages.ts';

const PAGE = 'docs/migrate-from-flux-v1.md';

describe('where Towpath differs from Flux v1', () => {
  const { rows } = tableOf(PAGE, { first: 'what' });

  it('has a proof for each row of the page, and no row without one', () => {
    expect(rows.map(([what]) => plain(what))).toEqual(Object.keys(DIFFERENCES));
    for (const row of rows) expect(row.filter((cell) => cell !== '')).toHaveLength(4);
  });

  it.each(Object.entries(DIFFERENCES))('%s', async (_, proof) => {
    if (typeof proof === 'function') {
      await proof();
      return;
    }
    const text = readFileSync(path.join(ROOT, proof.file), 'utf8');
    expect(text).toMatch(new RegExp(`\\bit\\('${proof.test.replace(/[.*+?^$()[\]{}|\\]/g, '\\$&')}'`));
  });
});

describe('what becomes of the flags of fluxd', () => {
  const targets = tableOf(PAGE, { first: 'fluxd' }).rows.map(([, target]) => target ?? '');

  it('leads to keys that the configuration has', () => {
    const keys = targets.flatMap(codes).filter((code) => /^(?:environments|commit|registries|notify)\b/.test(code));
    expect(keys.length).toBeGreaterThan(5);
    for (const key of keys) expect([key, schemaAt(key) !== undefined]).toEqual([key, true]);
  });

  it('leads to flags and inputs that there are', () => {
    const flags = targets.flatMap(codes).filter((code) => code.startsWith('--'));
    expect(FLAGS.map((flag) => `--${flag.name}`)).toEqual(expect.arrayContaining(flags));
    const inputs = targets.flatMap((target) => /input `([^`]+)`/.exec(target)?.[1] ?? []);
    expect(INPUTS.map((input) => input.name as string)).toEqual(expect.arrayContaining(inputs));
    expect(inputs.length).toBeGreaterThan(0);
  });
});

/** The schema of `environments.NAME.path`; capitals stand for a name of one's own. */
function schemaAt(key: string): unknown {
  let schema: unknown = configSchema();
  for (const step of key.split('.')) {
    const { properties, additionalProperties } = schema as {
      properties?: Record<string, unknown>;
      additionalProperties?: unknown;
    };
    schema = step === step.toUpperCase() ? additionalProperties : properties?.[step];
    if (schema === undefined || schema === false) return undefined;
  }
  return schema;
}
