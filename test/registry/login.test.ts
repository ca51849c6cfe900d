import { describe, expect, it } from 'vitest';
import { systemClock } from '../../src/base/clock.ts';
import { Secret } from '../../src/base/secret.ts';
import { environmentAwsKeys, roleAwsKeys } from '../../src/registry/cloud/aws-keys.ts';
import { azureCredentials } from '../../src/registry/cloud/azure.ts';
import { ecrCredentials } from '../../src/registry/cloud/ecr.ts';
import { googleCredentials } from '../../src/registry/cloud/google.ts';
import type { LoginTools } from '../../src/registry/cloud/login.ts';
import { endpointOf } from '../../src/registry/endpoint.ts';

type Play = () => Response | Promise<Response>;

const idToken = async () => new Secret('the-id-token');

function toolsWith(...plays: Play[]): LoginTools & { sent: number; masked: string[] } {
  const tools = {
    sent: 0,
    masked: [] as string[],
    clock: systemClock,
    userAgent: 'towpath/test',
    timeoutMs: 40,
    mask: (secret: string) => void tools.masked.push(secret),
    fetch: async (_url: URL, init: RequestInit) => {
      tools.sent++;
      const play = plays.shift();
      if (play !== undefined) return play();
      return new Promise<Response>((_, reject) =>
        init.signal?.addEventListener('abort', () => reject(init.signal?.reason)),
      );
    },
  };
  return tools;
}

const SOURCES = [
  {
    cloud: 'Google',
    registry: 'europe-docker.pkg.dev',
    source: (tools: LoginTools) => googleCredentials({ provider: 'projects/1/x', idToken }, tools),
    who: 'the Google Security Token Service',
    misses: 'an access token',
  },
  {
    cloud: 'Azure',
    registry: 'acme.azurecr.io',
    source: (tools: LoginTools) => azureCredentials({ tenantId: 't', clientId: 'c', idToken }, tools),
    who: 'Microsoft Entra ID',
    misses: 'an access token',
  },
  {
    cloud: 'Amazon',
    registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com',
    source: (tools: LoginTools) =>
      ecrCredentials(roleAwsKeys({ roleArn: 'arn:aws:iam::1:role/r', idToken }, tools), tools),
    who: 'the AWS Security Token Service',
    misses: 'credentials',
  },
];

describe.each(SOURCES)('a login at $cloud', ({ registry, source, who, misses }) => {
  const endpoint = endpointOf(registry, undefined);

  it.each([
    {
      name: 'is refused',
      plays: [() => new Response('the-id-token is bad', { status: 400 })],
      says: 'answered 400',
      sent: 1,
    },
    {
      name: 'is refused with a code',
      plays: [
        () => Response.json({ error: 'unauthorized_client', error_description: 'the-id-token' }, { status: 401 }),
      ],
      says: 'answered 401 (unauthorized_client)',
      sent: 1,
    },
    {
      name: "is refused with Amazon's code",
      plays: [() => new Response('<Error><Code>InvalidIdentityToken</Code></Error>', { status: 400 })],
      says: 'answered 400 (InvalidIdentityToken)',
      sent: 1,
    },
    {
      name: "is refused with Google's code",
      plays: [() => Response.json({ error: { code: 403, status: 'PERMISSION_DENIED' } }, { status: 403 })],
      says: 'answered 403 (PERMISSION_DENIED)',
      sent: 1,
    },
    {
      name: 'is refused with something that is no code',
      plays: [() => Response.json({ error: 'the-id-token' }, { status: 400 })],
      says: 'answered 400',
      sent: 1,
    },
    {
      name: 'fails twice',
      plays: [() => new Response('', { status: 503 }), () => new Response('', { status: 503 })],
      says: 'answered 503',
      sent: 2,
    },
    {
      name: 'leads elsewhere',
      plays: [() => new Response(null, { status: 307, headers: { location: 'https://evil.test/?the-id-token' } })],
      says: 'answered 307',
      sent: 1,
    },
    {
      name: 'is answered with too much',
      plays: [() => new Response('the-id-token'.repeat(30_000)), () => new Response('the-id-token'.repeat(30_000))],
      says: 'sent more than 262144 bytes',
      sent: 2,
    },
    {
      name: 'is refused with too much',
      plays: [() => new Response(`{"error":"${'the-id-token'.repeat(30_000)}"}`, { status: 400 })],
      says: 'answered 400',
      sent: 1,
    },
    { name: 'is not answered', plays: [], says: 'did not answer within 0 s', sent: 1 },
    {
      name: 'is answered with a page',
      plays: [() => new Response('<html>the-id-token</html>')],
      says: `answered without ${misses}`,
      sent: 1,
    },
    { name: 'is answered with nothing', plays: [() => Response.json({})], says: `answered without ${misses}`, sent: 1 },
  ])('that $name is an error without a secret', async ({ plays, says, sent }) => {
    const tools = toolsWith(...plays);
    const error = (await source(tools)(endpoint).catch((reason: unknown) => reason)) as Error;
    expect(error).toMatchObject({
      code: 'REGISTRY_LOGIN_FAILED',
      subject: registry,
      message: `cannot log in to ${registry}: ${who} ${says}`,
    });
    expect(`${error.stack} ${String(error.cause)}`).not.toContain('the-id-token');
    expect(tools.sent).toBe(sent);
  });

  it('is tried once more after a failure that may pass', async () => {
    const tools = toolsWith(
      () => new Response('', { status: 503 }),
      () => new Response('', { status: 403 }),
    );
    await expect(source(tools)(endpoint)).rejects.toThrow('answered 403');
  });

  it('is not for other registries, nor for a mirror', async () => {
    const tools = toolsWith();
    expect(await source(tools)(endpointOf('registry.test', undefined))).toBeUndefined();
    expect(await source(tools)(endpointOf(`${registry}.evil.test`, undefined))).toBeUndefined();
    expect(await source(tools)(endpointOf(registry, 'https://mirror.test'))).toBeUndefined();
    expect(tools.sent).toBe(0);
  });
});

describe('AWS keys', () => {
  it('of the environment are taken whole and hidden', async () => {
    const masked: string[] = [];
    const place = { region: 'eu-west-1', registry: 'x' };
    const keys = (env: NodeJS.ProcessEnv) => environmentAwsKeys(env, (secret) => void masked.push(secret))(place);
    expect(await keys({})).toBeUndefined();
    expect(await keys({ AWS_ACCESS_KEY_ID: 'id' })).toBeUndefined();
    expect(await keys({ AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret' })).toMatchObject({
      temporaryToken: undefined,
    });
    await keys({ AWS_ACCESS_KEY_ID: 'id', AWS_SECRET_ACCESS_KEY: 'secret', AWS_SESSION_TOKEN: 'temporary' });
    expect(masked).toEqual(['secret', 'secret', 'temporary']);
  });

  const answer = (expires = '') =>
    new Response(
      `<Credentials><AccessKeyId>id</AccessKeyId><SecretAccessKey>secret</SecretAccessKey><SessionToken>temporary</SessionToken>${expires}</Credentials>`,
    );

  it('of a role are got once per region, and not again after a failure', async () => {
    const tools = toolsWith(() => new Response('', { status: 403 }), answer, answer);
    const source = roleAwsKeys({ roleArn: 'arn:aws:iam::1:role/r', idToken }, tools);
    const at = (region: string) => source({ region, registry: 'x' });
    await expect(at('us-east-1')).rejects.toThrow('answered 403');
    await expect(at('us-east-1')).rejects.toThrow('answered 403');
    await Promise.all([at('eu-west-1'), at('eu-west-1')]);
    await at('eu-west-1');
    await at('cn-north-1');
    expect(tools.sent).toBe(3);
  });

  it('of a role are got again before they expire', async () => {
    let nowMs = Date.parse('2026-01-01T00:00:00Z');
    const expires = '<Expiration>2026-01-01T01:00:00Z</Expiration>';
    const tools = toolsWith(
      () => answer(expires),
      () => answer(expires),
    );
    const clock = { ...systemClock, now: () => nowMs };
    const source = roleAwsKeys({ roleArn: 'arn:aws:iam::1:role/r', idToken }, { ...tools, clock });
    const sentAfter = async (minutes: number) => {
      nowMs += minutes * 60_000;
      await source({ region: 'eu-west-1', registry: 'x' });
      return tools.sent;
    };
    expect([await sentAfter(0), await sentAfter(54), await sentAfter(2), await sentAfter(0)]).toEqual([1, 1, 2, 2]);
  });

  it('that were wanted by somebody who was called off are got for the next', async () => {
    const gone = new AbortController();
    const tools = toolsWith(async () => {
      gone.abort(new Error('called off'));
      throw gone.signal.reason;
    }, answer);
    const source = roleAwsKeys({ roleArn: 'arn:aws:iam::1:role/r', idToken }, tools);
    const place = { region: 'eu-west-1', registry: 'x' };
    await expect(source(place, gone.signal)).rejects.toThrow('called off');
    expect(await source(place)).toBeDefined();
  });
});
