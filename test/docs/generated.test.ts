import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { generatedFiles } from '../../scripts/docs.ts';

const ROOT = path.join(import.meta.dirname, '../..');

describe('what is generated from the code', () => {
  it.each([...generatedFiles(ROOT).keys()])('%s is committed as generated', (file) => {
    expect(readFileSync(path.join(ROOT, file), 'utf8')).toBe(generatedFiles(ROOT).get(file));
  });
});
