import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/base/secret.ts';
import type { Credential } from '../../src/registry/credentials.ts';
import { endpointOf } from '../../src/registry/endpoint.ts';
import { type RegistryErrorCode, registryError } from '../../src/registry/errors.ts';
import { keepCredential } from '../../src/registry/kept-credential.ts';

/** A credential of `registry.test` that is looked for with `find`. */
function kept(find: (count: number) => Credential | undefined | Promise<never>) {
  const state = { nowMs: 0, looked: 0, masked: [] as string[] };
  const credential = keepCredential(
    {
      endpoint: endpointOf('registry.test', undefined),
      credentials: async () => find(++state.looked),
      mask: (secret) => state.masked.push(secret),
    },
    { now: () => state.nowMs },
  );
  return { credential, state };
}

const password = (count: number, staleAtMs?: number): Credential => ({
  kind: 'basic',
  username: 'a',
  password: new Secret(`password-${count}`),
  ...(staleAtMs === undefined ? {} : { staleAtMs }),
});

describe('the credential of a registry', () => {
  it.each([
    { name: 'one', find: password },
    { name: 'none', find: () => undefined },
  ])('is looked for once where there is $name', async ({ find }) => {
    const { credential, state } = kept((count) => find(count));
    await Promise.all([credential.find(), credential.find()]);
    state.nowMs = 1e12;
    await credential.find();
    expect(state.looked).toBe(1);
  });

  it('is looked for again when it is stale, and hidden again', async () => {
    const { credential, state } = kept((count) => password(count, count * 10));
    const seen: unknown[] = [];
    for (const nowMs of [0, 9, 10, 19, 20]) {
      state.nowMs = nowMs;
      const found = await credential.find();
      seen.push(found?.kind === 'basic' && found.password.reveal());
    }
    expect(seen).toEqual(['password-1', 'password-1', 'password-2', 'password-2', 'password-3']);
    const sent = [1, 2, 3].flatMap((count) => [`password-${count}`, btoa(`a:password-${count}`)]);
    expect(state.masked).toEqual(sent);
  });

  it.each<{ code: RegistryErrorCode; looked: number }>([
    { code: 'REGISTRY_LOGIN_FAILED', looked: 1 },
    { code: 'REGISTRY_IDENTITY_MISSING', looked: 1 },
    { code: 'REGISTRY_AUTH_HELPER_FAILED', looked: 2 },
  ])('is looked for $looked times by two where the first heard $code', async ({ code, looked }) => {
    const { credential, state } = kept(() => Promise.reject(registryError(code, 'no')));
    await expect(credential.find()).rejects.toMatchObject({ code });
    await expect(credential.find()).rejects.toMatchObject({ code });
    expect(state.looked).toBe(looked);
  });

  it('is none once it was forgotten', async () => {
    const { credential, state } = kept((count) => password(count, 10));
    await credential.find();
    credential.forget();
    state.nowMs = 20;
    expect(await credential.find()).toBeUndefined();
    expect(state.looked).toBe(1);
  });
});
