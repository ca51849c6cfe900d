/** The keys of the configuration as a Markdown table, for the reference. */
import { configSchema } from './schema.ts';
import type { JsonSchema, JsonValue } from './shape/shape.ts';

interface Row {
  readonly key: string;
  readonly type: string;
  readonly required: boolean;
  readonly description: string;
}

/** A row for each key, in the order of the table that the validator is made from; without a line break at the end. */
export function renderConfigTable(): string {
  const line = (cells: readonly string[]) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`;
  const rows = rowsOf(configSchema(), '');
  return [
    line(['key', 'type', 'required', 'what']),
    line(['---', '---', '---', '---']),
    ...rows.map(({ key, type, required, description }) =>
      line([`\`${key}\``, type, required ? 'yes' : '', description]),
    ),
  ].join('\n');
}

function rowsOf(schema: JsonSchema, prefix: string): Row[] {
  const required = listIn(schema['required']);
  return Object.entries(objectIn(schema['properties'])).flatMap(([name, value]) => {
    const property = objectIn(value);
    const key = `${prefix}${name}`;
    const row = {
      key,
      type: typeOf(property),
      required: required.includes(name),
      description: String(property['description'] ?? ''),
    };
    return [row, ...rowsBelow(property, key)];
  });
}

/** `<name>` stands for a key of one's own, `[]` for the entries of a list. */
function rowsBelow(property: JsonSchema, key: string): Row[] {
  if (property['items'] !== undefined) return rowsOf(objectIn(property['items']), `${key}[].`);
  const own = objectIn(property['additionalProperties']);
  if (Object.keys(own).length > 0) return rowsOf(own, `${key}.<name>.`);
  return rowsOf(property, `${key}.`);
}

function typeOf(schema: JsonSchema): string {
  if (schema['const'] !== undefined) return `\`${String(schema['const'])}\``;
  const choices = listIn(schema['oneOf']);
  if (choices.length > 0) return choices.map((choice) => typeOf(objectIn(choice))).join(' or ');
  const type = String(schema['type']);
  if (type === 'array') return `list of ${plural(typeOf(objectIn(schema['items'])))}`;
  return TYPE_NAMES.get(type) ?? type;
}

const TYPE_NAMES: ReadonlyMap<string, string> = new Map([
  ['string', 'text'],
  ['boolean', 'true or false'],
  ['object', 'mapping'],
]);

function plural(type: string): string {
  return type === 'text' ? 'texts' : `${type}s`;
}

function objectIn(value: JsonValue | undefined): JsonSchema {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonSchema) : {};
}

function listIn(value: JsonValue | undefined): readonly JsonValue[] {
  return Array.isArray(value) ? value : [];
}
