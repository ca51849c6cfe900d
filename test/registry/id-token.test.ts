import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { jobIdToken } from '../../src/registry/cloud/id-token.ts';
import { staleAt, tokenExpiry } from '../../src/registry/cloud/lifetime.ts';

const RUNNER = {
  GITHUB_ACTIONS: 'true',
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://runner.test/idtoken/1?api-version=2.0',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: 'request-token',
};
const NOW = Date.parse('2026-01-01T00:00:00Z');
const MINUTE = 60_000;

function jwt(claims: object): string {
  return `head.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.signature`;
}

/** A runner that answers with `answer`, and what it was asked. */
function runner(answer: () => Response, env: NodeJS.ProcessEnv = RUNNER) {
  const state = { nowMs: NOW, asked: [] as string[], masked: [] as string[] };
  const source = jobIdToken(env, {
    clock: { ...systemClock, now: () => state.nowMs },
    userAgent: 'towpath/test',
    mask: (secret) => state.masked.push(secret),
    fetch: async (url, init) => {
      state.asked.push(`${url.href} ${new Headers(init.headers).get('authorization')}`);
      return answer();
    },
  });
  return { state, ask: (audience: string) => source({ audience, registry: 'r.test' }) };
}

describe("the job's identity", () => {
  it('is asked for with its audience, hidden, and kept until shortly before its end', async () => {
    const token = jwt({ exp: (NOW + 10 * MINUTE) / 1000 });
    const { state, ask } = runner(() => Response.json({ value: token }));
    const [one, same] = await Promise.all([ask('api://a b&c'), ask('api://a b&c')]);
    expect([one?.reveal(), same?.reveal()]).toEqual([token, token]);
    expect(state.asked).toEqual([
      'https://runner.test/idtoken/1?api-version=2.0&audience=api%3A%2F%2Fa%20b%26c Bearer request-token',
    ]);
    expect(state.masked).toEqual(['request-token', token]);
    state.nowMs += 7 * MINUTE;
    await ask('api://a b&c');
    expect(state.asked).toHaveLength(1);
    state.nowMs += MINUTE;
    await ask('api://a b&c');
    await ask('other');
    expect(state.asked).toHaveLength(3);
  });

  it.each([
    {
      where: 'in a job without the permission',
      env: { GITHUB_ACTIONS: 'true' },
      message: 'cannot log in to r.test: the job may not ask for its identity',
      hint: "Add 'id-token: write' to the permissions of the job.",
    },
    {
      where: 'outside of Actions',
      env: {},
      message: 'cannot log in to r.test: only jobs of GitHub Actions have an identity',
      hint: 'Log in to r.test with docker login, or look at it from the workflow.',
    },
    {
      where: 'where the address has no encryption',
      env: { ...RUNNER, ACTIONS_ID_TOKEN_REQUEST_URL: 'http://runner.test/' },
      message: 'cannot log in to r.test: the job may not ask for its identity',
      hint: "Add 'id-token: write' to the permissions of the job.",
    },
  ])('is an error with what to do $where', async ({ env, message, hint }) => {
    const { state, ask } = runner(() => Response.json({}), env);
    const error = await ask('a').catch((reason: unknown) => reason);
    expect(error).toMatchObject({ code: 'REGISTRY_IDENTITY_MISSING', subject: 'r.test', message, hint });
    expect(state.asked).toEqual([]);
  });

  it.each([
    { answer: () => new Response('request-token', { status: 403 }), says: 'answered 403' },
    { answer: () => Response.json({ value: 5 }), says: 'answered without a token' },
    { answer: () => new Response('request-token'), says: 'answered without a token' },
  ])('that the runner does not give is an error without a secret: $says', async ({ answer, says }) => {
    const { ask } = runner(answer);
    const error = (await ask('a').catch((reason: unknown) => reason)) as Error;
    expect(error).toMatchObject({
      code: 'REGISTRY_LOGIN_FAILED',
      message: `cannot log in to r.test: the runner's token service ${says}`,
    });
    expect(`${error.stack} ${String(error.cause)}`).not.toContain('request-token');
  });
});

describe('the life of what a service gave', () => {
  it.each([
    { token: jwt({ exp: 5 }), expected: 5000 },
    { token: jwt({ exp: '5' }), expected: undefined },
    { token: jwt({}), expected: undefined },
    { token: 'opaque', expected: undefined },
    { token: 'a.%%%.c', expected: undefined },
    { token: '', expected: undefined },
  ])('of $token ends at $expected', ({ token, expected }) => {
    expect(tokenExpiry(token)).toBe(expected);
  });

  it('ends before the service ends it, unless that is within a minute, and never after half a day', () => {
    const times = fc.double({ noDefaultInfinity: true, noNaN: false, min: NOW - 1e9, max: NOW + 1e9 });
    fc.assert(
      fc.property(fc.option(times, { nil: undefined }), (expires) => {
        const stale = staleAt(NOW, expires);
        expect(stale).toBeGreaterThanOrEqual(NOW + 45_000);
        expect(stale).toBeLessThan(NOW + 12 * 60 * MINUTE);
        if (expires !== undefined && expires > NOW + MINUTE) expect(stale).toBeLessThan(expires);
      }),
    );
  });
});
