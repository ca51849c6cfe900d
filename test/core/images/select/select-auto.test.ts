import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { compareDockerVersions } from '../../../../src/core/images/versions/docker-version.ts';
import { parseDockerVersion } from '../../../../src/core/images/versions/parse-docker-version.ts';
import { expectTotalOrder } from '../versions/total-order.ts';
import { chosen, decide, reasonAgainst } from './select-case.ts';

interface Fact {
  readonly from: string;
  readonly to: string;
  readonly among: readonly string[];
}

const UBUNTU = [
  ...['12.04', '12.10', '14.04', '14.04.5', '16.04', '16.10', '17.04', '17.10', '10.04', 'devel', 'rolling', 'artful'],
  ...['artful-20170728', 'artful-20170826', 'artful-20170916', 'trusty-20170728', 'trusty-20170817', 'xenial-20170802'],
  ...['xenial-20170915', 'zesty-20170915'],
];
const RUBY = [
  '2',
  '2.3',
  '2.3.5',
  '2.4',
  '2.4.0',
  '2.4.1',
  '2.4.2',
  '2-slim',
  '2.4-slim',
  '2.4.0-slim',
  '2.4.2-slim',
  '2.4.2-alpine3.6',
];
const RUBY_25 = [...RUBY, '2.5-slim', '2.5.0-slim', '2.5.0', '2.5.0-rc1-slim', '2.5.0-preview1'];
const WINDOWS = [
  '10.0.14393.2665',
  '10.0.16299.1087',
  '10.0.17763.557',
  '10.0.18362.175',
  '1803',
  '1809',
  '1903',
  '1803-KB4487017',
  '1903-KB4505057',
  'ltsc2016',
  'ltsc2019',
];
const PYTHON = [
  '2.7',
  '3',
  '3.5',
  '3.6',
  '3.6.2',
  '3.6.3',
  '3.6.2-alpine3.6',
  '3.6.3-alpine3.6',
  '3.6.3-alpine3.7',
  '3.7-rc',
  '3.7.0a1',
  '3.7.0a2',
  '3.6.3-jessie',
];
const DOTNET = [
  '1-sdk',
  '1.1-sdk',
  '2-sdk',
  '2.0-sdk',
  '2.1-sdk',
  '2.1.401-sdk',
  '2.2-sdk',
  '2.0-runtime',
  '2.1-runtime',
  '2.1.3-runtime',
  '2.1-runtime-deps',
  '3.0-preview-runtime',
];
const GRAFANA = [
  'v3.2.0-10-g0208ead',
  'v3.2.0-230-gbabf17f',
  'v3.7.0-18-ga7fdf65c',
  'v3.9.0-173-g4d84d01',
  'v3.9.0-177-ged5bcde',
  'v3.9.0-181-gbabf17f',
  'v3.10.0-169-gfe040d3',
];
const JDK = [
  'jdk-11.0.1.13-alpine-slim',
  'jdk-11.0.2.7-alpine-slim',
  'jdk-11.0.2.9-alpine-slim',
  'jdk-11.0.2.9-slim',
  'jdk-11.28-alpine-slim',
  'x86_64-alpine-jdk-11.0.2.9-slim',
  's390x-ubuntu-jdk-11.28',
  'jdk11u-alpine-nightly-slim',
  'latest',
];
const OPENJDK = [
  '21-ea-32',
  '21-ea-31-jdk',
  '22-ea-7',
  '22-ea-9-jdk-slim',
  '21',
  '22-ea-7-windowsservercore-1809',
  '22-ea-9-windowsservercore-1809',
  '22-ea-9-windowsservercore-ltsc2022',
  '22-ea-9-nanoserver-1809',
  '22-ea-jdk-nanoserver-1809',
];
const TEMURIN = [
  '11.0.16_8-jdk',
  '11.0.16.1_1-jdk',
  '17.0.1_12-jre-alpine',
  '17.0.2_8-jre-alpine',
  '17.0.2_8-jdk-alpine',
  '17-jre-alpine',
];
const ASPNET = [
  '4.8-20250909-windowsservercore-ltsc2022',
  '4.8.1-20251014-windowsservercore-ltsc2022',
  '4.8.1-windowsservercore-ltsc2022',
  '4.8-windowsservercore-ltsc2022',
  '4.8.1-windowsservercore-ltsc2019',
  '4.8-windowsservercore-ltsc2019',
];
const ASPNET_LATER = [
  ...ASPNET,
  '4.8.1-20990301-windowsservercore-ltsc2022',
  '4.8.2-windowsservercore-ltsc2022',
  '4.8.2-20990301-windowsservercore-ltsc2022',
];
const NGINX = [
  '1.25.3-alpine',
  '1.25.4-alpine',
  '1.25.3-alpine-arm64',
  '1.25.4-alpine-arm64',
  '1.25.3-alpine-amd64',
  '1.25.4-alpine-amd64',
  '1.25.4',
];
const CRS = [
  '3.3-apache-202209221209',
  '3.3-apache-202402140602',
  '4-apache-202502070602',
  '4.11-apache-202502070602',
  '4.11.0-apache-202502070602',
  '3.3-nginx-alpine-202209221209',
  '4-nginx-alpine-202502070602',
  '4.11-nginx-alpine-202502070602',
  '4.11-nginx-202502070602',
];
const PYTHON_37 = ['3.6', '3.6.3', '3.7.0a1', '3.7.0a2', '3.7.0'];

// What Dependabot's tests for Docker say the newest tag is, with lists shortened to the tags that matter and a few to
// stumble over. "to" is the current tag where nothing is newer.
const DEPENDABOT: readonly Fact[] = [
  { from: '17.04', to: '17.10', among: UBUNTU },
  { from: '17.10', to: '17.10', among: UBUNTU },
  { from: 'artful', to: 'artful', among: UBUNTU },
  { from: '309403913c7f0848e6616446edec909b55d53571', to: '309403913c7f0848e6616446edec909b55d53571', among: UBUNTU },
  { from: '12.10', to: '17.10', among: UBUNTU },
  { from: 'artful-20170826', to: 'artful-20170916', among: UBUNTU },
  { from: 'trusty-20170728', to: 'trusty-20170817', among: UBUNTU },
  { from: 'xenial-20170802', to: 'xenial-20170915', among: UBUNTU },
  { from: '2.4.0-slim', to: '2.4.2-slim', among: RUBY },
  { from: '2.4.0', to: '2.4.2', among: RUBY },
  { from: '2.4.0-slim', to: '2.5.0-slim', among: RUBY_25 },
  { from: '10.0.16299.1087', to: '10.0.18362.175', among: WINDOWS },
  { from: '1803', to: '1903', among: WINDOWS },
  { from: '1803-KB4487017', to: '1903-KB4505057', among: WINDOWS },
  {
    from: '7.4.0RC6-fpm-buster',
    to: '7.4.0RC6-fpm-buster',
    among: ['7.3.12-fpm-buster', '7.4.0RC5-fpm-buster', '7.4.0RC6-fpm-buster', '7.4-rc-fpm-buster', '7.4.0RC6-fpm'],
  },
  { from: 'v1.5.0', to: 'v1.6.0', among: ['v1.4.0', 'v1.5.0', 'v1.6.0', 'v1.6.0-rc.2', 'latest', 'pr-900'] },
  {
    from: '7.2-0.1',
    to: '7.2-0.3',
    among: ['7.1-0.1', '7.2-0.1', '7.2-0.2', '7.2-0.3', '7.2-0.3.1', '7.2-0.3.1-ab12cd3', '7.2-bd45a3f'],
  },
  {
    from: '7.1-0.1',
    to: '7.2-0.3',
    among: ['7.1-0.1', '7.2-0.1', '7.2-0.2', '7.2-0.3', '7.2-0.3.1', '7.1-0.9-ab12cd3'],
  },
  { from: 'v3.9.0-177-ged5bcde', to: 'v3.10.0-169-gfe040d3', among: GRAFANA },
  { from: 'jdk-11.0.2.7-alpine-slim', to: 'jdk-11.0.2.9-alpine-slim', among: JDK },
  {
    from: '3.10-master-777',
    to: '3.10-master-999',
    among: ['3.10-master-777', '3.10-master-999', '3.10-999', '3.10-develop-1000'],
  },
  { from: 'v3.10-master-777', to: 'v3.10-master-999', among: ['v3.10-master-777', 'v3.10-master-999'] },
  {
    from: '11-jdk-master-111',
    to: '11-jdk-master-222',
    among: ['11-jdk-master-111', '11-jdk-master-222', '11-jre-master-333'],
  },
  { from: '21-ea-32', to: '22-ea-7', among: OPENJDK },
  { from: '22-ea-7-windowsservercore-1809', to: '22-ea-9-windowsservercore-1809', among: OPENJDK },
  { from: 'img_20231011.1', to: 'img_20231011.1', among: ['img_20230915.3', 'img_20231011.1'] },
  {
    from: '20231101-230548-g159857a0b',
    to: '20231203-230414-gd53f37589',
    among: ['20231101-230548-g159857a0b', '20231203-230414-gd53f37589'],
  },
  { from: '17.0.1_12-jre-alpine', to: '17.0.2_8-jre-alpine', among: TEMURIN },
  {
    from: '2.1.3',
    to: '2.10.0',
    among: ['2.1.3', '2.3.4', '2.9.2', '2.10.0', '2.10.1_abcdef0', '2.4_e3b0c44', 'master'],
  },
  { from: '3.5', to: '3.6', among: PYTHON },
  { from: '3.6', to: '3.6', among: PYTHON },
  { from: '3.7.0a1', to: '3.7.0a2', among: PYTHON },
  { from: '3.7.0a2', to: '3.7.0', among: PYTHON_37 },
  { from: '3.6.2-alpine3.6', to: '3.6.3-alpine3.6', among: PYTHON },
  { from: '8.5', to: '8.7', among: ['8.5', '8.7', '8.7-923.1669829893', '8.7-1049'] },
  { from: '8.5', to: '8.5', among: ['8.5'] },
  { from: '2.0-sdk', to: '2.2-sdk', among: DOTNET },
  { from: '2.0-runtime', to: '2.1-runtime', among: DOTNET },
  { from: 'v1.7.2', to: 'v1.7.2', among: ['v0.1.0', 'v0.15.2', 'v1.0.0', 'v1.6.3'] },
  {
    from: '1.26.0-alpine3.23',
    to: '1.27.0-alpine3.23',
    among: ['1.26.0-alpine3.23', '1.26.1-alpine3.22', '1.27.0-alpine3.23', '1.27.0-alpine3.24', '1.28.0-alpine'],
  },
  {
    from: '18.0.0-alpine3.18',
    to: '22.0.0-alpine3.18',
    among: ['18.0.0-alpine3.18', '20.0.0-alpine3.18', '22.0.0-alpine3.18', '22.1.0-alpine3.19'],
  },
  { from: '1.25.3-alpine-arm64', to: '1.25.4-alpine-arm64', among: NGINX },
  { from: '1.25.3-alpine-amd64', to: '1.25.4-alpine-amd64', among: NGINX },
  { from: '1.25.3-alpine', to: '1.25.4-alpine', among: NGINX },
  { from: '4.8.1-windowsservercore-ltsc2022', to: '4.8.1-windowsservercore-ltsc2022', among: ASPNET },
  { from: '4.8.1-20251014-windowsservercore-ltsc2022', to: '4.8.1-20251014-windowsservercore-ltsc2022', among: ASPNET },
  {
    from: '4.8.1-20251014-windowsservercore-ltsc2022',
    to: '4.8.1-20990301-windowsservercore-ltsc2022',
    among: [...ASPNET, '4.8.1-20990301-windowsservercore-ltsc2022'],
  },
  { from: '4.8.1-windowsservercore-ltsc2022', to: '4.8.2-windowsservercore-ltsc2022', among: ASPNET_LATER },
  {
    from: '4.8.1-20251014-windowsservercore-ltsc2022',
    to: '4.8.2-20990301-windowsservercore-ltsc2022',
    among: ASPNET_LATER,
  },
  { from: '1.25.3', to: '1.25.4', among: ['1.24.0', '1.25.0', '1.25.1', '1.25.2', '1.25.3', '1.25.4'] },
  {
    from: 'v0.10.0',
    to: 'v0.10.1',
    among: ['v0', 'v0.10.0', 'v0.10.1', 'latest', `sha256-${'0'.repeat(64)}`, `sha256-${'0'.repeat(64)}.sig`],
  },
];

// Where the answer is another one on purpose.
const DIFFERENT: readonly (Fact & { readonly theirs: string; readonly why: string })[] = [
  {
    from: '1803',
    to: '1809',
    theirs: '1903-KB4505057',
    among: ['1803', '1809', '1903-KB4505057'],
    why: 'a suffix is never added',
  },
  {
    from: '11.0.16_8-jdk',
    to: '11.0.16_8-jdk',
    theirs: '11.0.16.1_1-jdk',
    among: TEMURIN,
    why: 'the number of parts stays',
  },
  {
    from: '8.7-923.1669829893',
    to: '8.7-923.1669829893',
    theirs: '8.7-1049',
    among: ['8.7-923.1669829893', '8.7-1049'],
    why: 'the number of parts stays',
  },
  {
    from: '4.8-windowsservercore-ltsc2022',
    to: '4.8-windowsservercore-ltsc2022',
    theirs: '4.8.1-windowsservercore-ltsc2022',
    among: ASPNET,
    why: 'the number of parts stays',
  },
  {
    from: '3.3-apache-202209221209',
    to: '4.11-apache-202502070602',
    theirs: '4-apache-202502070602',
    among: CRS,
    why: 'the number of parts stays',
  },
  {
    from: '3.3-nginx-alpine-202209221209',
    to: '4.11-nginx-alpine-202502070602',
    theirs: '4-nginx-alpine-202502070602',
    among: CRS,
    why: 'the number of parts stays',
  },
  {
    from: '2.0-sdk',
    to: '2.2-sdk',
    theirs: '2.1-sdk',
    among: DOTNET,
    why: 'where the tag latest points does not matter',
  },
  { from: '12.10', to: '17.10', theirs: '17.04', among: UBUNTU, why: 'where the tag latest points does not matter' },
  {
    from: 'img_20230915.3',
    to: 'img_20231011.1',
    theirs: 'img_20230915.3',
    among: ['img_20230915.3', 'img_20231011.1'],
    why: 'nothing is ignored unless asked',
  },
];

describe('auto finds what Dependabot says is newest', () => {
  it.each(DEPENDABOT)('$from to $to', ({ from, to, among }) => {
    const answer = chosen({ policy: 'auto', current: from, tags: among });
    expect(answer === 'keep' ? from : answer).toBe(to);
  });

  it('has at least forty of these facts', () => {
    expect(new Set(DEPENDABOT.map(({ from, to }) => `${from} ${to}`)).size).toBeGreaterThanOrEqual(40);
  });

  it.each(DIFFERENT)('but not where $why: $from to $to', ({ from, to, theirs, among }) => {
    const answer = chosen({ policy: 'auto', current: from, tags: among });
    expect(answer === 'keep' ? from : answer).toBe(to);
    expect(to).not.toBe(theirs);
  });
});

describe('auto follows the rules of Renovate for Docker', () => {
  it.each([
    { current: '3.7.0', tag: '3.8.2', expected: true },
    { current: '3.7.0', tag: '3.7.0b1', expected: false },
    { current: '3.7.0', tag: '3.8.0b1', expected: false },
    { current: '3.7.0', tag: '3.8-alpine', expected: false },
    { current: '3.7.0', tag: '3.8.0-alpine', expected: false },
    { current: '3.7.0', tag: '3.8', expected: false },
    { current: '3.7.0-alpine', tag: '3.8.0', expected: false },
    { current: '3.7.0-alpine', tag: '3.8-alpine', expected: false },
    { current: '3.7.0-alpine', tag: '3.8.0-alpine', expected: true },
    { current: '3.7.0-alpine', tag: '3.8.0b1-alpine', expected: false },
    { current: '3.7.0b1-alpine', tag: '3.8.0b1-alpine', expected: true },
    { current: '3.7.0b1', tag: '3.7.0b5', expected: true },
    { current: '3.7.0b5', tag: '3.7.0', expected: true },
    { current: '3.7.0b9', tag: '3.7.0b10', expected: true },
    { current: '3.8.3-SNAPSHOT', tag: '3.8.4-SNAPSHOT', expected: true },
    { current: '3.8.3', tag: '3.8.4-SNAPSHOT', expected: false },
    { current: '18.1', tag: '18.04', expected: true },
    { current: '18.04', tag: '18.4', expected: false },
    { current: '3', tag: '4', expected: true },
    { current: '3', tag: '4.0', expected: false },
    { current: 'v1.2.3', tag: '1.3.0', expected: true },
    { current: '1.2.3.4', tag: '1.2.3.5', expected: true },
    { current: '3.7.0', tag: '0a1b2c3', expected: false },
    { current: '1', tag: '123098140293', expected: true },
  ])('$current to $tag: $expected', ({ current, tag, expected }) => {
    expect(chosen({ policy: 'auto', current, tags: [current, tag] })).toBe(expected ? tag : 'keep');
  });

  it.each(['foo', 'latest', '0a1b2c3', 'abcdef1234', '0a1b2c3d4e5f6a7b8c9d0a1b2c3d4e5f6a7b8c9d', 'bookworm-slim'])(
    'has nothing to compare %s with',
    (current) => {
      const selection = decide({ policy: 'auto', current, tags: [current, '1.0', '99'] });
      expect(selection).toMatchObject({ kind: 'keep', warnings: [] });
      expect(selection.rejected[0]?.reason).toBe('the current tag is no version to compare with');
    },
  );
});

describe('auto and pre-releases behind a hyphen', () => {
  it.each([
    { current: '1.2.0', tags: ['1.3.0-rc.1', '1.2.1-beta'], expected: 'keep' },
    { current: '1.2.0-rc.1', tags: ['1.2.0-rc.2', '1.2.0-rc.10'], expected: '1.2.0-rc.10' },
    { current: '1.2.0-rc.1', tags: ['1.2.0-rc.2', '1.2.0'], expected: '1.2.0' },
    { current: '1.2.0-rc.1', tags: ['1.2.0-beta.9'], expected: 'keep' },
    { current: '1.2.0-beta', tags: ['1.2.0-beta.1'], expected: '1.2.0-beta.1' },
    { current: '1.2.0-rc1-alpine', tags: ['1.2.0', '1.2.0-alpine'], expected: '1.2.0-alpine' },
    { current: '1.2.0-alpha.1', tags: ['1.2.0-RC.1'], expected: '1.2.0-RC.1' },
    { current: '1.2.0-rc-1', tags: ['1.2.0-rc-2'], expected: '1.2.0-rc-2' },
  ])('$current among $tags: $expected', ({ current, tags, expected }) => {
    expect(chosen({ policy: 'auto', current, tags: [current, ...tags] })).toBe(expected);
  });
});

describe('auto tells ways of counting apart', () => {
  it.each([
    {
      name: 'a date is no higher version',
      current: '3',
      tag: '20240101',
      reason: 'looks like a date, which the current tag does not',
    },
    {
      name: 'nor is a month',
      current: '12',
      tag: '202401',
      reason: 'looks like a date, which the current tag does not',
    },
    {
      name: 'nor is a year',
      current: '3.1',
      tag: '2024.1',
      reason: 'looks like a date, which the current tag does not',
    },
    {
      name: 'nor is a year above a number of two digits',
      current: '17',
      tag: '2024',
      reason: 'looks like a date, which the current tag does not',
    },
    {
      name: 'nor a year in two digits',
      current: '5.2.3',
      tag: '20.04.1',
      reason: 'looks like a date, which the current tag does not',
    },
    { name: 'a commit id of digits is no number', current: '3', tag: '9876543', reason: 'no version' },
    { name: 'not behind a branch either', current: 'main-3', tag: 'main-9876543', reason: 'no version' },
    { name: 'pull requests are not compared', current: '3', tag: 'pr-4', reason: 'no version' },
    {
      name: 'a suffix stays',
      current: '1.2-slim',
      tag: '1.3',
      reason: 'another prefix or suffix than that of the current tag',
    },
    {
      name: 'a prefix stays',
      current: 'web-1.2',
      tag: 'api-1.3',
      reason: 'another prefix or suffix than that of the current tag',
    },
    {
      name: 'the platform stays',
      current: '6.0-debian-10',
      tag: '6.1-debian-11',
      reason: 'another prefix or suffix than that of the current tag',
    },
    {
      name: 'the precision stays',
      current: '1.2',
      tag: '1.3.0',
      reason: 'more or fewer numbers than in the current tag',
    },
  ])('$name: $current to $tag', ({ current, tag, reason }) => {
    expect(reasonAgainst({ policy: 'auto', current, tags: [current, tag] }, tag)).toBe(reason);
  });

  it.each([
    { current: '18.10', tag: '20.04' },
    { current: '20231231', tag: '20240101' },
    { current: '999', tag: '2000' },
    { current: '2024.1', tag: '2024.2' },
    { current: 'main-1700000000', tag: 'main-1700000001' },
    { current: '8u292-jdk', tag: '8u302-jdk' },
    { current: '1.2.3-abc1234', tag: '1.2.4-def5678' },
    { current: '1.2-build-9', tag: '1.2-build-10' },
    { current: '1.2-alpine-1700000000', tag: '1.2-alpine-1700000001' },
    { current: '1.2-alpine-20260101', tag: '1.2-alpine-20260102' },
  ])('and goes on within one: $current to $tag', ({ current, tag }) => {
    expect(chosen({ policy: 'auto', current, tags: [current, tag] })).toBe(tag);
  });

  it('takes another commit of the same version for no update', () => {
    expect(chosen({ policy: 'auto', current: '1.2.3-abc1234', tags: ['1.2.3-abc1234', '1.2.3-fff5678'] })).toBe('keep');
  });
});

describe('the order of auto', () => {
  const tag = fc
    .tuple(
      fc.constantFrom('', 'v', 'web-'),
      fc.array(fc.nat(3), { minLength: 1, maxLength: 3 }),
      fc.constantFrom('', 'b1', 'rc', 'rc2', '-rc.1', '-beta', '-alpha.3'),
      fc.constantFrom('', '-1', '-2', '_8', '-20240101', '-slim', '-abc1234'),
    )
    .map(([prefix, numbers, pre, rest]) => parseDockerVersion(prefix + numbers.join('.') + pre + rest))
    .filter((version) => version !== undefined);

  it('is total, between different kinds too', () => expectTotalOrder(tag, compareDockerVersions));

  it('has the ascending order that Renovate publishes, suffixes aside', () => {
    const ascending = ['3.7.0b1', '3.7.0b5', '3.7.0', '3.7-alpine', '3.8.0b1-alpine', '3.8.0-alpine', '3.8.2'];
    const versions = ascending.map((text) => parseDockerVersion(text));
    for (const [index, version] of versions.entries()) {
      const next = versions[index + 1];
      if (version !== undefined && next !== undefined) expect(compareDockerVersions(version, next)).toBeLessThan(0);
    }
  });
});
