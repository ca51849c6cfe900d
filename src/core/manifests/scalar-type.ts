/**
 * Scalars typed as kube-apiserver types them: by go-yaml v2, which is neither YAML 1.1 nor 1.2.
 * Source: https://github.com/kubernetes-sigs/yaml/blob/master/goyaml.v2/resolve.go
 */
import type { ScalarNode } from './yaml-tree.ts';

/** Integers beyond 2^53 are bigint. `NaN` and the infinities are numbers here; JSON has no word for them. */
export type ScalarValue = null | boolean | number | bigint | string;

/** The value of a scalar, its tag and its quotes taken into account. */
export function typeOfScalar(node: ScalarNode): ScalarValue {
  if (node.tag === 'tag:yaml.org,2002:binary') return fromBase64(node.text);
  if (node.tag === 'tag:yaml.org,2002:float') {
    const value = plainValue(node.text);
    return typeof value === 'bigint' ? Number(value) : value;
  }
  if (node.tag !== undefined) return RESOLVED_TAGS.has(node.tag) ? plainValue(node.text) : node.text;
  return node.style === 'plain' ? plainValue(node.text) : node.text;
}

const RESOLVED_TAGS: ReadonlySet<string> = new Set(
  ['int', 'bool', 'null', 'timestamp'].map((name) => `tag:yaml.org,2002:${name}`),
);

const WORDS: ReadonlyMap<string, null | boolean | number> = new Map<string, null | boolean | number>([
  ...['', '~', 'null', 'Null', 'NULL'].map((word) => [word, null] as const),
  ...['y', 'Y', 'yes', 'Yes', 'YES', 'on', 'On', 'ON', 'true', 'True', 'TRUE'].map((word) => [word, true] as const),
  ...['n', 'N', 'no', 'No', 'NO', 'off', 'Off', 'OFF', 'false', 'False', 'FALSE'].map((word) => [word, false] as const),
  ...['.nan', '.NaN', '.NAN'].map((word) => [word, Number.NaN] as const),
  ...['.inf', '.Inf', '.INF', '+.inf', '+.Inf', '+.INF'].map((word) => [word, Number.POSITIVE_INFINITY] as const),
  ...['-.inf', '-.Inf', '-.INF'].map((word) => [word, Number.NEGATIVE_INFINITY] as const),
]);

/** The value of an unquoted scalar. */
export function plainValue(text: string): ScalarValue {
  const word = WORDS.get(text);
  if (word !== undefined) return word;
  if (text.length > MAX_NUMBER_LENGTH) return text;
  if (!/^[-+.0-9]/.test(text)) return text;
  // Behind a leading dot, underscores count only between digits; elsewhere they may stand anywhere.
  if (text.startsWith('.') && /_(?![0-9])|[^0-9]_/.test(text)) return text;
  const digits = text.replaceAll('_', '');
  return integerValue(digits) ?? floatValue(digits) ?? text;
}

/** Longer texts of digits are left alone: no field of Kubernetes holds such a number, and reading them takes long. */
const MAX_NUMBER_LENGTH = 400;

const FLOAT = /^[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?$/;
const INTEGER = /^([-+]?)(0|[1-9][0-9]*|0[xX][0-9a-fA-F]+|0[bB][01]+|0[oO]?[0-7]+)$/;

/** Signed and unsigned 64 bit integers; anything larger is a float. */
function integerValue(text: string): number | bigint | undefined {
  const match = INTEGER.exec(text);
  if (match === null) return undefined;
  const [, sign = '', digits = ''] = match;
  const magnitude = BigInt(/^0[0-7]/.test(digits) ? `0o${digits.slice(1)}` : digits.toLowerCase());
  const value = sign === '-' ? -magnitude : magnitude;
  if (value < -(2n ** 63n) || value >= 2n ** 64n) return undefined;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

/** What is too large for a float is text. */
function floatValue(text: string): number | undefined {
  const value = FLOAT.test(text) ? Number(text) : Number.NaN;
  return Number.isFinite(value) ? value : undefined;
}

function fromBase64(text: string): string {
  return Buffer.from(text, 'base64').toString('latin1');
}
