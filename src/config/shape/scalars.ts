/** Shapes of single values: text, text with a meaning, yes or no, a constant. */
import { isScalar, type Node } from 'yaml';
import type { Reading } from './reading.ts';
import { describeNode } from './reading.ts';
import { accept, INVALID, type JsonSchema, type Judgement, type Shape } from './shape.ts';

/** Text of one line or more, not empty. */
export function text(schema: JsonSchema = {}): Shape<string> {
  return textThat<string>((value) => accept(value), schema);
}

/** Text that `judge` gives a meaning. It sees the text with variables put in. */
export function textThat<T>(judge: (value: string) => Judgement<T>, schema: JsonSchema = {}): Shape<T> {
  return {
    schema: { type: 'string', minLength: 1, ...schema },
    read: (given, reading) => {
      const node = reading.resolve(given);
      const value = readText(node, reading);
      if (value === undefined) return INVALID;
      const judgement = judge(value);
      if (judgement.ok) return judgement.value;
      reading.complain(node, { code: 'CONFIG_VALUE', message: judgement.message, hint: judgement.hint });
      return INVALID;
    },
  };
}

/** `true` or `false`. */
export function yesOrNo(): Shape<boolean> {
  return {
    schema: { type: 'boolean' },
    read: (given, reading) => {
      const node = reading.resolve(given);
      if (isScalar(node) && typeof node.value === 'boolean') return node.value;
      complainOfType(node, reading, { wanted: 'true or false', hint: 'Write true or false, without quotes.' });
      return INVALID;
    },
  };
}

/** Exactly `value`. */
export function constant<T extends number>(value: T): Shape<T> {
  return {
    schema: { const: value },
    read: (given, reading) => {
      const node = reading.resolve(given);
      if (isScalar(node) && node.value === value) return value;
      complainOfType(node, reading, { wanted: String(value), hint: `Write ${value}, without quotes.` });
      return INVALID;
    },
  };
}

function readText(node: Node | null, reading: Reading): string | undefined {
  if (isScalar(node) && typeof node.value === 'string' && node.value !== '') return reading.expand(node.value, node);
  const unquoted = isScalar(node) && node.value !== null && node.value !== '';
  complainOfType(node, reading, {
    wanted: 'text',
    hint: unquoted ? 'Put the value in quotes.' : 'Write a value, or remove the key.',
  });
  return undefined;
}

export function complainOfType(
  node: Node | null,
  reading: Reading,
  { wanted, hint }: { wanted: string; hint: string },
): void {
  if (reading.exhausted) return;
  reading.complain(node, { code: 'CONFIG_TYPE', message: `must be ${wanted}, not ${describeNode(node)}`, hint });
}
