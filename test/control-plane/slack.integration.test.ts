import { expect, test } from 'vitest';
import { startSlackReceiver } from './slack.ts';

async function post(url: string, body: unknown) {
  const response = await fetch(url, { method: 'POST', body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, answer: await response.text(), retryAfter: response.headers.get('retry-after') };
}

test('a message is answered with ok and kept', async () => {
  await using slack = await startSlackReceiver();
  expect(await post(slack.url, { text: 'hello' })).toMatchObject({ status: 200, answer: 'ok' });
  expect(slack.messages).toEqual([{ text: 'hello' }]);
});
