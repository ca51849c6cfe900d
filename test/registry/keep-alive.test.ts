import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { expect, it } from 'vitest';
import { image } from './images.ts';
import { APP, push, registriesAt, smallRegistry } from './small-registry.ts';

it('a registry is asked over connections that stay open, one request after the other', async () => {
  const content = smallRegistry();
  for (let i = 0; i < 30; i++) push(content, `t${i}`, image({ created: '2026-01-01T00:00:00Z', salt: `${i}` }));
  let connections = 0;
  let requests = 0;
  const server = createServer((request, response) => {
    requests++;
    content.answer(
      { method: request.method ?? '', url: request.url ?? '', headers: request.headers, body: '' },
      response,
    );
  }).on('connection', () => connections++);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  try {
    const { registries } = registriesAt(`http://127.0.0.1:${(server.address() as AddressInfo).port}`);
    for (const facts of (await registries.list(APP)).tags) await registries.describe(APP, [facts]);
    expect(requests).toBe(1 + 30 * 2);
    // A connection may end by itself while the machine is busy with other things.
    expect(connections).toBeLessThan(10);
  } finally {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
});
