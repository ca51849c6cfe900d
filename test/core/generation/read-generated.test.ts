import { describe, expect, it } from 'vitest';
import { readGenerated } from '../../../src/core/generation/read-generated.ts';
import { hasContent, splitDocuments } from '../../../src/core/generation/split-documents.ts';
import { bytesOf, PATCHED } from './streams.ts';

function read(...outputs: (string | Uint8Array)[]) {
  const bytes = outputs.map((output) => (typeof output === 'string' ? bytesOf(output) : output));
  return readGenerated({ generation: PATCHED, outputs: bytes });
}

const MAP = (name: string) => `apiVersion: v1\nkind: ConfigMap\nmetadata: {name: ${name}}\n`;

describe('what generators print', () => {
  it('is read in its order, numbered through, each text as it was printed', () => {
    const result = read(`---\n# first\n${MAP('a')}---\n${MAP('b')}`, '', `${MAP('c')}...\n`);
    expect(
      result.ok && result.documents.map(({ file, key }) => [file.path, key, Buffer.from(file.bytes).toString()]),
    ).toEqual([
      ['dev/.flux.yaml#1', '<cluster>:configmap/a', `---\n# first\n${MAP('a')}`],
      ['dev/.flux.yaml#2', '<cluster>:configmap/b', `---\n${MAP('b')}`],
      ['dev/.flux.yaml#3', '<cluster>:configmap/c', `${MAP('c')}...\n`],
    ]);
  });

  it('does not count comments and empty documents', () => {
    const result = read(`---\n# nothing\n---\n---\n${MAP('a')}---\n\n...\n---\n`);
    expect(result.ok && result.documents.map(({ file }) => file.path)).toEqual(['dev/.flux.yaml#1']);
  });

  it('may hold what is no object', () => {
    const result = read(`just: data\n---\n${MAP('a')}`);
    expect(result.ok && result.documents.map(({ file }) => file.path)).toEqual(['dev/.flux.yaml#2']);
  });

  it('is taken apart where it is a list, or two documents without a marker', () => {
    const result = read(
      `kind: List\napiVersion: v1\nitems:\n- ${MAP('a').trim().replaceAll('\n', '\n  ')}\n---\n${MAP('b')}...\n${MAP('c')}`,
    );
    expect(result.ok && result.documents.map(({ file, document }) => [file.path, document.name])).toEqual([
      ['dev/.flux.yaml#1.1', 'a'],
      ['dev/.flux.yaml#2.1', 'b'],
      ['dev/.flux.yaml#2.2', 'c'],
    ]);
  });

  it('tells variants of one file apart', () => {
    const result = readGenerated({ generation: PATCHED, outputs: [bytesOf(MAP('a'))], variant: 'weekly-1' });
    expect(result.ok && result.documents[0]?.file.path).toBe('dev/.flux.yaml@weekly-1#1');
  });

  it.each([
    {
      name: 'is no YAML',
      outputs: [`${MAP('a')}---\na: [\n`],
      place: 'dev/.flux.yaml#2:3:1',
      code: 'MANIFEST_UNREADABLE',
    },
    {
      name: 'lacks a name',
      outputs: [`${MAP('a')}---\napiVersion: v1\nkind: Pod\n`],
      place: 'dev/.flux.yaml#2:2:1',
      code: 'MANIFEST_INCOMPLETE',
    },
    {
      name: 'holds a number that JSON does not have',
      outputs: [`${MAP('a')}data: .inf\n`],
      place: 'dev/.flux.yaml#1:4:7',
      code: 'MANIFEST_VALUE_INVALID',
    },
    { name: 'comes twice', outputs: [MAP('a'), MAP('a')], place: 'dev/.flux.yaml#2:1:1', code: 'MANIFEST_DUPLICATE' },
    {
      name: 'is no text',
      outputs: [Uint8Array.of(0xff, 0xfe)],
      place: 'dev/.flux.yaml:3:7',
      code: 'GENERATED_UNREADABLE',
    },
    {
      name: 'is a sentence',
      outputs: [`${MAP('a')}---\nno such release\n`],
      place: 'dev/.flux.yaml:3:7',
      code: 'GENERATED_UNREADABLE',
    },
    { name: 'is a list', outputs: ['- a\n- b\n'], place: 'dev/.flux.yaml:3:7', code: 'GENERATED_UNREADABLE' },
    { name: 'is null', outputs: ['null\n'], place: 'dev/.flux.yaml:3:7', code: 'GENERATED_UNREADABLE' },
    {
      name: 'has no end',
      outputs: ['a: b\n---\n'.repeat(50_001)],
      place: 'dev/.flux.yaml:3:7',
      code: 'GENERATED_UNREADABLE',
    },
  ])('costs everything where it $name', ({ outputs, place, code }) => {
    const result = read(...outputs);
    const problems = result.ok ? [] : result.problems;
    expect(
      problems.map((problem) => [
        `${problem.position?.file}:${problem.position?.line}:${problem.position?.col}`,
        problem.code,
      ]),
    ).toEqual([[place, code]]);
  });

  it('names the command that printed it', () => {
    const result = read('a: [\n');
    expect(result.ok ? undefined : result.problems[0]?.hint).toBe(
      'Look at document 1 of the output; the command at dev/.flux.yaml:3 prints it.',
    );
  });
});

describe('a stream', () => {
  it.each([
    { text: '', parts: [] },
    { text: 'a', parts: ['a'] },
    { text: 'a\n---\nb\n', parts: ['a\n', '---\nb\n'] },
    { text: '---\na\n---', parts: ['---\na\n', '---'] },
    { text: '--- # note\na\n--- {b: 1}\n', parts: ['--- # note\na\n', '--- {b: 1}\n'] },
    { text: 'a: |\n  ---\n  x\n---\r\nb', parts: ['a: |\n  ---\n  x\n', '---\r\nb'] },
    { text: 'a\n----\nb\n---c\n', parts: ['a\n----\nb\n---c\n'] },
  ])('is split at its markers: $text', ({ text, parts }) => {
    expect(splitDocuments(text).map(({ start, end }) => text.slice(start, end))).toEqual(parts);
  });

  it.each([
    { text: '', content: false },
    { text: '---\n', content: false },
    { text: '\ufeff--- # a\n  # b\r\n...\n', content: false },
    { text: '---\na', content: true },
    { text: '--- a', content: true },
    { text: '---a', content: true },
  ])('has content or not: $text $content', ({ text, content }) => {
    expect(hasContent(text)).toBe(content);
  });
});
