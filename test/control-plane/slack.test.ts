import { expect, test } from 'vitest';
import { startSlackReceiver } from './slack.ts';

async function post(url: string, body: unknown, headers: Record<string, string> = {}) {
  const text = typeof body === 'string' ? body : JSON.stringify(body);
  const response = await fetch(url, { method: 'POST', body: text, headers });
  return { status: response.status, answer: await response.text() };
}

const mrkdwn = (length: number) => ({ type: 'mrkdwn', text: 'x'.repeat(length) });
const plain = (length: number) => ({ type: 'plain_text', text: 'x'.repeat(length) });
const times = (count: number, block: unknown) => Array.from({ length: count }, () => block);
const divider = { type: 'divider' };

test.each([
  { name: 'a text', message: { text: 'hello' } },
  { name: 'fifty blocks', message: { blocks: times(50, divider) } },
  { name: 'a section of 3000 characters', message: { blocks: [{ type: 'section', text: mrkdwn(3000) }] } },
  { name: 'a header of 150 characters', message: { blocks: [{ type: 'header', text: plain(150) }] } },
  { name: 'ten fields of 2000', message: { blocks: [{ type: 'section', fields: times(10, mrkdwn(2000)) }] } },
  { name: 'an attachment', message: { attachments: [{ color: 'good', blocks: [divider] }] } },
])('$name is answered with ok and kept', async ({ message }) => {
  await using slack = await startSlackReceiver();
  expect(await post(slack.url, message)).toEqual({ status: 200, answer: 'ok' });
  expect(slack.messages).toEqual([message]);
});

test.each([
  { name: 'fifty-one blocks', message: { blocks: times(51, divider) }, answer: 'invalid_blocks' },
  {
    name: 'fifty-one blocks in an attachment',
    message: { attachments: [{ blocks: times(51, divider) }] },
    answer: 'invalid_blocks',
  },
  {
    name: 'a section of 3001 characters',
    message: { blocks: [{ type: 'section', text: mrkdwn(3001) }] },
    answer: 'invalid_blocks',
  },
  { name: 'an empty section', message: { blocks: [{ type: 'section', text: mrkdwn(0) }] }, answer: 'invalid_blocks' },
  { name: 'a section of nothing', message: { blocks: [{ type: 'section' }] }, answer: 'invalid_blocks' },
  {
    name: 'a header of 151 characters',
    message: { blocks: [{ type: 'header', text: plain(151) }] },
    answer: 'invalid_blocks',
  },
  {
    name: 'a header in mrkdwn',
    message: { blocks: [{ type: 'header', text: mrkdwn(1) }] },
    answer: 'invalid_blocks',
  },
  {
    name: 'eleven fields',
    message: { blocks: [{ type: 'section', fields: times(11, mrkdwn(1)) }] },
    answer: 'invalid_blocks',
  },
  {
    name: 'a field of 2001 characters',
    message: { blocks: [{ type: 'section', fields: [mrkdwn(2001)] }] },
    answer: 'invalid_blocks',
  },
  {
    name: 'eleven context elements',
    message: { blocks: [{ type: 'context', elements: times(11, mrkdwn(1)) }] },
    answer: 'invalid_blocks',
  },
  { name: 'an unknown block', message: { blocks: [{ type: 'paragraph' }] }, answer: 'invalid_blocks' },
  {
    name: 'two blocks of one id',
    message: { blocks: times(2, { ...divider, block_id: 'a' }) },
    answer: 'invalid_blocks',
  },
  { name: 'blocks that are no list', message: { blocks: divider }, answer: 'invalid_blocks_format' },
  { name: 'nothing to show', message: { channel: '#a' }, answer: 'no_text' },
  { name: 'what is not JSON', message: '{"text": "a', answer: 'invalid_payload' },
  { name: 'JSON that is no object', message: '[]', answer: 'invalid_payload' },
])('$name is refused and not kept', async ({ message, answer }) => {
  await using slack = await startSlackReceiver();
  expect(await post(slack.url, message)).toEqual({ status: 400, answer });
  expect(slack.messages).toEqual([]);
  expect(slack.attempts).toEqual([{ path: new URL(slack.url).pathname, status: 400, answer }]);
});

test('a form with a payload is a message too', async () => {
  await using slack = await startSlackReceiver();
  const body = new URLSearchParams({ payload: JSON.stringify({ text: 'a' }) }).toString();
  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  expect(await post(slack.url, body, headers)).toEqual({ status: 200, answer: 'ok' });
  expect(slack.messages).toEqual([{ text: 'a' }]);
});

test('another path is no webhook', async () => {
  await using slack = await startSlackReceiver();
  expect(await post(`${slack.url}x`, { text: 'a' })).toEqual({ status: 404, answer: 'no_service' });
});

test('faults are switched on for some requests, then it works again', async () => {
  await using slack = await startSlackReceiver();
  slack.behave({ kind: 'limited', retryAfterSeconds: 7 }, 1);
  const limited = await fetch(slack.url, { method: 'POST', body: '{"text":"a"}' });
  expect({ status: limited.status, retryAfter: limited.headers.get('retry-after') }).toEqual({
    status: 429,
    retryAfter: '7',
  });
  slack.behave({ kind: 'status', status: 500 }, 2);
  expect((await post(slack.url, { text: 'a' })).status).toBe(500);
  expect((await post(slack.url, { text: 'a' })).status).toBe(500);
  expect((await post(slack.url, { text: 'a' })).status).toBe(200);
  expect(slack.messages).toHaveLength(1);
});

test('a request that hangs ends when the client gives up, or when the receiver is disposed', async () => {
  const slack = await startSlackReceiver();
  slack.behave({ kind: 'hang' });
  const given = fetch(slack.url, { method: 'POST', body: '{"text":"a"}', signal: AbortSignal.timeout(50) });
  await expect(given).rejects.toThrow('timeout');
  const patient = fetch(slack.url, { method: 'POST', body: '{"text":"a"}' });
  const ended = expect(patient).rejects.toThrow('fetch failed');
  await slack[Symbol.asyncDispose]();
  await ended;
});
