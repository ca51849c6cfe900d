import { describe, expect, it } from 'vitest';
import type { ApiAnswer } from '../../src/cluster/api/api-client.ts';
import {
  fieldConflicts,
  isObjectMissing,
  serverMessage,
  withoutSecretValues,
} from '../../src/cluster/api/server-error.ts';
import type { JsonObject } from '../../src/core/sync/desired-object.ts';

const answer = (status: number, body: JsonObject | undefined): ApiAnswer => ({ status, body, warnings: [] });
const SECRET = {
  kind: 'Secret',
  data: {
    password: Buffer.from('hunter2-and-more').toString('base64'),
    pem: Buffer.from('-----BEGIN-----\nline one\n').toString('base64'),
  },
  stringData: { port: 54321 },
};

describe('what an API server says', () => {
  it.each([
    { name: 'stands on one line', body: { message: 'a\n  b\tc.' }, expected: 'a b c' },
    { name: 'has no control characters', body: { message: 'a\u001b[31mred\u202e' }, expected: 'a\uFFFD[31mred\uFFFD' },
    { name: 'is cut', body: { message: 'x'.repeat(5000) }, expected: `${'x'.repeat(399)}…` },
    {
      name: 'does not repeat the subject',
      body: {
        message:
          'failed to create typed patch object (/x; apps/v1, Kind=Deployment): .spec.replica: field not declared in schema',
      },
      expected: 'spec.replica: field not declared in schema',
    },
    { name: 'may be nothing', body: undefined, expected: 'the server answered with status 418' },
    { name: 'may be nothing that is text', body: { message: 5 }, expected: 'the server answered with status 418' },
  ])('$name', ({ body, expected }) => {
    expect(serverMessage(answer(418, body))).toBe(expected);
  });

  it.each([
    { name: 'a value in base64', message: `bad ${SECRET.data.password} here`, expected: 'bad *** here' },
    { name: 'a value in plain text', message: 'bad hunter2-and-more here', expected: 'bad *** here' },
    { name: 'a line of a value', message: 'cannot parse line one', expected: 'cannot parse ***' },
    {
      name: 'a value that is a number',
      message: 'expected string, got &value.valueUnstructured{Value:54321}',
      expected: 'expected string, got ***',
    },
    {
      name: 'a value that the server quotes',
      message: 'data.x: Invalid value: "who \\"knows": must be',
      expected: 'data.x: Invalid value: ***: must be',
    },
    {
      name: 'the shape of a value',
      message: '.data.x: got &value.valueUnstructured{Value:true} there',
      expected: '.data.x: got *** there',
    },
    { name: 'nothing else', message: 'secrets "db" is forbidden: quota', expected: 'secrets "db" is forbidden: quota' },
  ])('never shows of a Secret: $name', ({ message, expected }) => {
    expect(withoutSecretValues(message, SECRET)).toBe(expected);
  });

  it('is masked before it is cut', () => {
    const message = `${'x'.repeat(390)} hunter2-and-more`;
    expect(serverMessage(answer(400, { message }), SECRET)).toBe(`${'x'.repeat(390)} ***`);
  });

  it.each([
    { name: 'missing', status: 404, body: { details: { name: 'x' } }, expected: true },
    { name: 'of a kind that is not served', status: 404, body: { details: {} }, expected: false },
    { name: 'behind a proxy that knows nothing', status: 404, body: undefined, expected: false },
    { name: 'there', status: 200, body: { details: { name: 'x' } }, expected: false },
  ])('tells an object that is $name', ({ status, body, expected }) => {
    expect(isObjectMissing(answer(status, body), 'x')).toBe(expected);
  });
});

describe('a conflict', () => {
  const cause = (message: string) => ({ reason: 'FieldManagerConflict', message, field: '.spec.replicas' });

  it.each([
    { message: 'conflict with "kubectl-edit" using apps/v1', manager: 'kubectl-edit', subresource: '' },
    {
      message: 'conflict with "kubectl" with subresource "scale" using apps/v1',
      manager: 'kubectl',
      subresource: 'scale',
    },
    { message: 'conflict with "a \\"b\\"" using v1 at 2026-01-01T00:00:00Z', manager: 'a \\"b\\"', subresource: '' },
    { message: 'something new', manager: 'another manager', subresource: '' },
  ])('names the owner: $message', ({ message, manager, subresource }) => {
    expect(fieldConflicts(answer(409, { details: { causes: [cause(message)] } }))).toEqual([
      { field: '.spec.replicas', manager, subresource },
    ]);
  });

  it.each([
    { name: 'other conflicts', status: 409, body: { details: { causes: [{ reason: 'Other' }, null, 'x'] } } },
    { name: 'a conflict without causes', status: 409, body: {} },
    { name: 'another status', status: 422, body: { details: { causes: [cause('conflict with "x"')] } } },
  ])('is not $name', ({ status, body }) => {
    expect(fieldConflicts(answer(status, body))).toEqual([]);
  });
});
