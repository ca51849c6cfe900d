/** What an API server says is wrong, in a form that may be printed. */

import type { Conflict } from '../../core/sync/conflicts.ts';
import type { JsonObject, JsonValue } from '../../core/sync/desired-object.ts';
import { isList, isObject, textAt, valueAt } from '../../core/sync/json.ts';
import { oneLine } from '../one-line.ts';
import type { ApiAnswer } from './api-client.ts';

/** The message of an answer that is an error, on one line; its status where it says nothing. `secret`: the object it is about, if its values must not show. */
export function serverMessage({ status, body }: ApiAnswer, secret?: JsonObject): string {
  // The subject says already which object it is.
  const text = (textAt(body, 'message') ?? '').replace(TYPED_PATCH, '');
  // Before the text is cut: half a value would not be recognised.
  const message = oneLine(secret === undefined ? text : withoutSecretValues(text, secret));
  return message === '' ? `the server answered with status ${status}` : message;
}

const TYPED_PATCH = /^failed to create typed patch object \([^)]*\): \.?/;

/** The machine's word: `NotFound`, `Forbidden`, `Conflict`; empty where the body is no Status. */
export function statusReason({ body }: ApiAnswer): string {
  return textAt(body, 'kind') === 'Status' ? (textAt(body, 'reason') ?? '') : '';
}

/** A 404 that is about the object; any other says that its kind is not served there. */
export function isObjectMissing(answer: ApiAnswer, name: string): boolean {
  return answer.status === 404 && textAt(answer.body, 'details', 'name') === name;
}

/** Fields that others own, of an answer that says so; none for any other answer. */
export function fieldConflicts({ status, body }: ApiAnswer): readonly Conflict[] {
  const causes = valueAt(body, 'details', 'causes');
  if (status !== 409 || !isList(causes)) return [];
  return causes.filter(isFieldConflict).map(toConflict);
}

function isFieldConflict(cause: JsonValue): cause is JsonObject {
  return isObject(cause) && textAt(cause, 'reason') === 'FieldManagerConflict';
}

/** Source: https://github.com/kubernetes/apimachinery/blob/master/pkg/util/managedfields/internal/conflict.go */
const CONFLICT_WITH = /^conflict with "((?:[^"\\]|\\.)*)"(?: with subresource "([^"]*)")?/;

function toConflict(cause: JsonObject): Conflict {
  const [, manager = 'another manager', subresource = ''] = CONFLICT_WITH.exec(textAt(cause, 'message') ?? '') ?? [];
  return { field: oneLine(textAt(cause, 'field') ?? ''), manager: oneLine(manager), subresource };
}

/** Values are quoted by the server in these forms. */
const QUOTED_VALUES = [
  /(Invalid value: )(?:"(?:[^"\\]|\\.)*"|[^:]*)/g,
  /(Value:)[^}]*/g,
  /(got )(?:"(?:[^"\\]|\\.)*"|&value\S*)/g,
];

/** `message` about a Secret without the values of `secret`, in plain and in base64, and without what else is quoted as a value. */
export function withoutSecretValues(message: string, secret: JsonObject): string {
  let masked = message;
  for (const pattern of QUOTED_VALUES) masked = masked.replace(pattern, '$1***');
  for (const value of secretValues(secret)) masked = masked.split(value).join('***');
  return masked;
}

/** Longest first, so that no part of one is left. One or two characters are no secret, and stand in every word. */
function secretValues(secret: JsonObject): readonly string[] {
  const values = new Set<string>();
  for (const field of ['data', 'stringData']) {
    const map = valueAt(secret, field);
    if (!isObject(map)) continue;
    for (const value of Object.values(map)) {
      if (value === null || isObject(value) || isList(value)) continue;
      const text = String(value);
      values.add(text);
      values.add(Buffer.from(text, 'base64').toString('utf8'));
      values.add(Buffer.from(text).toString('base64'));
      for (const line of Buffer.from(text, 'base64').toString('utf8').split(/\r?\n/)) values.add(line);
    }
  }
  return [...values].filter((value) => value.trim().length >= 3).sort((a, b) => b.length - a.length);
}
