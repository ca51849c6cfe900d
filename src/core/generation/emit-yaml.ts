/**
 * JSON as YAML in the layout of Go's yaml package, in which Flux wrote its patch files: keys sorted, lists in the column
 * of their key, long texts folded.
 */
import type { JsonObject, JsonValue } from '../sync/desired-object.ts';
import { isList, isObject } from '../sync/json.ts';
import { emitText, numberText } from './emit-scalar.ts';
import { compareKeys } from './order.ts';
import { YamlLines } from './yaml-lines.ts';

/** Keys with more bytes, or with line breaks, are written as `? key`. */
const LONGEST_SIMPLE_KEY = 128;

/** One document without a marker in front, with a line break at its end. */
export function emitYaml(object: JsonObject): string {
  const lines = new YamlLines();
  if (Object.keys(object).length === 0) lines.write('{}');
  else emitMap(object, { lines, indent: 0, compact: true });
  if (lines.column > 0) lines.newLine();
  return lines.text();
}

interface Block {
  readonly lines: YamlLines;
  readonly indent: number;
  /** The first entry stands on the line that is begun already. */
  readonly compact: boolean;
}

function emitMap(object: JsonObject, { lines, indent, compact }: Block): void {
  for (const [index, key] of Object.keys(object).toSorted(compareKeys).entries()) {
    if (index > 0 || !compact) lines.breakTo(indent);
    const value = object[key] ?? null;
    if (isSimpleKey(key)) {
      emitText(key, { indent, isKey: true }, lines);
      lines.write(':');
      emitValue(value, { lines, indent, compact: false });
      continue;
    }
    lines.write('? ');
    emitText(key, { indent: indent + 2, isKey: false }, lines);
    lines.breakTo(indent);
    lines.write(':');
    emitItem(value, { lines, indent: indent + 2, compact: true });
  }
}

function emitList(list: readonly JsonValue[], { lines, indent, compact }: Block): void {
  for (const [index, item] of list.entries()) {
    if (index > 0 || !compact) lines.breakTo(indent);
    lines.write('-');
    emitItem(item, { lines, indent: indent + 2, compact: true });
  }
}

/** What follows a key: on its line, or below it. */
function emitValue(value: JsonValue, block: Block): void {
  if (isList(value) && value.length > 0) emitList(value, block);
  else if (isObject(value) && Object.keys(value).length > 0) emitMap(value, { ...block, indent: block.indent + 2 });
  else emitScalar(value, { ...block, indent: block.indent + 2 });
}

/** What follows a dash: everything begins on its line. */
function emitItem(value: JsonValue, block: Block): void {
  const { lines } = block;
  if (isList(value) && value.length > 0) {
    lines.write(' ');
    emitList(value, block);
  } else if (isObject(value) && Object.keys(value).length > 0) {
    lines.write(' ');
    emitMap(value, block);
  } else emitScalar(value, block);
}

function emitScalar(value: JsonValue, { lines, indent }: Block): void {
  lines.write(' ');
  if (typeof value === 'string') emitText(value, { indent, isKey: false }, lines);
  else if (typeof value === 'number' || typeof value === 'bigint') lines.write(numberText(value));
  else if (isList(value)) lines.write('[]');
  else lines.write(isObject(value) ? '{}' : String(value));
}

function isSimpleKey(key: string): boolean {
  return !key.includes('\n') && (key.length * 3 <= LONGEST_SIMPLE_KEY || byteLength(key) <= LONGEST_SIMPLE_KEY);
}

function byteLength(text: string): number {
  return new TextEncoder().encode(text).length;
}
