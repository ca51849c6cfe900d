import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type RunOptions, type Stage, startStage } from './adapters-run.ts';
import { ACCOUNT, ACR, CLIENT, ECR, GAR, JOB_TOKEN, PROVIDER, REQUEST_TOKEN, ROLE, TENANT } from './clouds.ts';

const CONFIG = `version: 1
environments: { development: { path: apps } }
registries:
  ${ECR}: { aws: { role: "${ROLE}" } }
  ${GAR}: { google: { provider: ${PROVIDER}, service-account: ${ACCOUNT} } }
  ${ACR}: { azure: { client: ${CLIENT}, tenant: ${TENANT} } }
`;

const JOB = {
  GITHUB_ACTIONS: 'true',
  ACTIONS_ID_TOKEN_REQUEST_URL: 'https://runner.test/idtoken?api-version=2.0',
  ACTIONS_ID_TOKEN_REQUEST_TOKEN: REQUEST_TOKEN,
};

const RUNNER = 'GET runner.test/idtoken';
const HOUR = 60 * 60 * 1000;

let stage: Stage;

beforeEach(async () => {
  stage = await startStage();
});

afterEach(() => stage[Symbol.asyncDispose]());

function runWith(options: Partial<RunOptions> = {}) {
  return stage.run({ config: CONFIG, env: JOB, ...options });
}

const CLOUDS = [
  {
    cloud: 'aws',
    registry: ECR,
    // The native listing takes the role's keys, and so needs no password of the registry.
    exchange: [RUNNER, 'POST sts.eu-west-1.amazonaws.com/', 'POST api.ecr.eu-west-1.amazonaws.com/'],
    counted: 1,
    refuser: 'sts.eu-west-1.amazonaws.com',
    who: 'the AWS Security Token Service',
  },
  {
    cloud: 'google',
    registry: GAR,
    exchange: [
      `GET ${GAR}/v2/team/api/tags/list`,
      RUNNER,
      'POST sts.googleapis.com/v1/token',
      `POST iamcredentials.googleapis.com/v1/projects/-/serviceAccounts/${encodeURIComponent(ACCOUNT)}:generateAccessToken`,
      `GET ${GAR}/v2/token`,
      `GET ${GAR}/v2/team/api/tags/list`,
    ],
    counted: 2,
    refuser: 'iamcredentials.googleapis.com',
    who: 'the Google IAM Credentials API',
  },
  {
    cloud: 'azure',
    registry: ACR,
    exchange: [
      `GET ${ACR}/acr/v1/team/api/_tags`,
      RUNNER,
      `POST login.microsoftonline.com/${TENANT}/oauth2/v2.0/token`,
      `POST ${ACR}/oauth2/exchange`,
      `POST ${ACR}/oauth2/token`,
      `GET ${ACR}/acr/v1/team/api/_tags`,
    ],
    counted: 2,
    refuser: 'login.microsoftonline.com',
    who: 'Microsoft Entra ID',
  },
];

describe.each(CLOUDS)(
  'a login that the configuration names: $cloud',
  ({ registry, exchange, counted, refuser, who }) => {
    it("goes from the job's identity to the listing, and counts for the registry what was asked of it", async () => {
      const { list, registries, warnings, leaks, masked } = await runWith();
      expect(await list(registry)).toEqual(['1.0']);
      expect(stage.clouds.asked).toEqual(exchange);
      expect(registries.requests()).toEqual({ [registry]: { requests: counted } });
      expect(warnings).toEqual([]);
      expect(await leaks()).toEqual([]);
      // The job's token is none of this room's: the action hides it when it reads its inputs.
      expect([...stage.clouds.secrets].filter((secret) => !masked.has(secret))).toEqual([JOB_TOKEN]);
    });

    it('is done once for all images of the registry', async () => {
      const { list } = await runWith();
      const names = ['team/a', 'team/b', 'team/c', 'team/d'];
      expect(await Promise.all(names.map((name) => list(registry, name)))).toEqual(names.map(() => ['1.0']));
      expect(stage.clouds.asked.filter((line) => line === RUNNER)).toHaveLength(1);
    });

    it('is done again when it is over', async () => {
      const { list, leaks } = await runWith();
      expect(await list(registry, 'team/a')).toEqual(['1.0']);
      stage.clock.nowMs += 2 * HOUR;
      expect(await list(registry, 'team/b')).toEqual(['1.0']);
      stage.clock.nowMs += 13 * HOUR;
      expect(await list(registry, 'team/c')).toEqual(['1.0']);
      expect(await leaks()).toEqual([]);
    });

    it("fails for the registry's own images alone where the cloud refuses, and nothing that was sent is repeated", async () => {
      stage.clouds.refuse(refuser);
      const { list, leaks } = await runWith();
      const hint =
        "Check that the cloud trusts this repository's identity and that the job has the permission id-token: write.";
      const failure = {
        code: 'REGISTRY_LOGIN_FAILED',
        message: `cannot log in to ${registry}: ${who} answered 403`,
        hint,
      };
      expect(await Promise.all([list(registry, 'team/a'), list(registry, 'team/b')])).toEqual([failure, failure]);
      expect(await list(registry, 'team/c')).toEqual(failure);
      expect(stage.clouds.asked.filter((line) => line.includes(refuser))).toHaveLength(1);
      for (const other of CLOUDS) if (other.registry !== registry) expect(await list(other.registry)).toEqual(['1.0']);
      expect(await leaks()).toEqual([]);
    });

    it('says what the job lacks where it may not ask for its identity, and asks nobody', async () => {
      const { list } = await runWith({ env: { GITHUB_ACTIONS: 'true' } });
      expect(await list(registry)).toEqual({
        code: 'REGISTRY_IDENTITY_MISSING',
        message: `cannot log in to ${registry}: the job may not ask for its identity`,
        hint: "Add 'id-token: write' to the permissions of the job.",
      });
      expect(stage.clouds.asked.filter((line) => !line.includes(registry))).toEqual([]);
    });

    it('says on a terminal that only jobs have an identity', async () => {
      const { list } = await runWith({ env: {} });
      expect(await list(registry)).toMatchObject({
        code: 'REGISTRY_IDENTITY_MISSING',
        message: `cannot log in to ${registry}: only jobs of GitHub Actions have an identity`,
      });
    });

    it("is not done for a fork's code, nor with anything else", async () => {
      const { list } = await runWith({
        env: { ...JOB, AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'long-lived' },
        event: { kind: 'pull-request', name: 'pull_request', fromFork: true },
        dockerConfig: { auths: { [registry]: { username: 'somebody', password: 'password' } } },
      });
      expect(await list(registry)).toMatchObject({
        code: expect.stringMatching(/^REGISTRY_(?:UNAUTHORIZED|FORBIDDEN)$/),
      });
      expect(stage.clouds.asked.filter((line) => !line.includes(registry))).toEqual([]);
      expect(stage.clouds.authorized).toEqual([]);
    });

    it('yields to what the docker config holds for the registry', async () => {
      const { list } = await runWith({
        dockerConfig: { auths: { [registry]: { registrytoken: 'a-token-that-is-wrong' } } },
      });
      expect(await list(registry)).toEqual(
        registry === ECR ? ['1.0'] : expect.objectContaining({ code: expect.any(String) }),
      );
      // Amazon's own listing is another API, which no docker config opens.
      if (registry !== ECR) expect(stage.clouds.asked).not.toContain(RUNNER);
    });
  },
);

describe('logins of Amazon', () => {
  const KEYS = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'of-an-earlier-step', AWS_SESSION_TOKEN: 'session' };

  it("come before the environment's keys in a job", async () => {
    const { list } = await runWith({ env: { ...JOB, ...KEYS } });
    expect(await list(ECR)).toEqual(['1.0']);
    expect(stage.clouds.asked[0]).toBe(RUNNER);
  });

  it("leave a person's own keys their place on a terminal", async () => {
    const { list } = await runWith({ env: KEYS });
    // The stand-in did not give them, so it refuses them; what matters is that they were tried.
    expect(await list(ECR)).toMatchObject({
      code: 'REGISTRY_LOGIN_FAILED',
      message: expect.stringContaining('the ECR API'),
    });
    expect(stage.clouds.asked).not.toContain(RUNNER);
  });

  it('do not leave the environment to itself for other accounts', async () => {
    const other = ECR.replace('123456789012', '210987654321');
    const { list } = await runWith({ env: { ...JOB, ...KEYS } });
    await list(other);
    expect(stage.clouds.asked).not.toContain(RUNNER);
    expect(stage.clouds.asked[0]).toBe('POST api.ecr.eu-west-1.amazonaws.com/');
  });

  it('open the registry itself too', async () => {
    const { registries } = await runWith();
    expect(await registries.digest({ registry: ECR, path: 'team/api' }, '1.0')).toBeNull();
    expect(stage.clouds.asked).toEqual([
      `HEAD ${ECR}/v2/team/api/manifests/1.0`,
      RUNNER,
      'POST sts.eu-west-1.amazonaws.com/',
      'POST api.ecr.eu-west-1.amazonaws.com/',
      `HEAD ${ECR}/v2/team/api/manifests/1.0`,
    ]);
  });

  it('know from the own listing when images were pushed', async () => {
    const { registries } = await runWith();
    const { tags } = await registries.list({ registry: ECR, path: 'team/api' });
    expect(tags).toMatchObject([{ tag: '1.0', pushedMs: stage.clock.nowMs - HOUR }]);
  });
});
