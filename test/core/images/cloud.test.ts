import { describe, expect, it } from 'vitest';
import { cloudOf } from '../../../src/core/images/cloud.ts';

describe('the cloud of a registry', () => {
  it.each([
    { registry: '123456789012.dkr.ecr.eu-west-1.amazonaws.com', cloud: 'aws' },
    { registry: '123456789012.dkr.ecr-fips.us-gov-west-1.amazonaws.com', cloud: 'aws' },
    { registry: '123456789012.dkr.ecr.cn-north-1.amazonaws.com.cn', cloud: 'aws' },
    { registry: 'public.ecr.aws', cloud: 'aws' },
    { registry: 'gcr.io', cloud: 'google' },
    { registry: 'eu.gcr.io', cloud: 'google' },
    { registry: 'us-docker.pkg.dev', cloud: 'google' },
    { registry: 'europe-west1-docker.pkg.dev', cloud: 'google' },
    { registry: 'acme.azurecr.io', cloud: 'azure' },
    { registry: 'acme-a1b2.azurecr.us', cloud: 'azure' },
    { registry: 'acme.azurecr.cn', cloud: 'azure' },
  ])('$registry is $cloud', ({ registry, cloud }) => {
    expect(cloudOf(registry)).toBe(cloud);
    for (const other of [
      `${registry}.`,
      `${registry}:443`,
      `${registry}.evil.test`,
      `${registry}\n`,
      `evil${registry}:80`,
    ]) {
      expect(cloudOf(other)).toBeUndefined();
    }
    for (const front of [
      'evil.test/',
      'evil.test#',
      'evil.test?',
      'evil.test\\',
      'user@',
      'evil.test:80',
      ' ',
      '\n',
      '.',
    ]) {
      expect(cloudOf(`${front}${registry}`)).toBeUndefined();
    }
  });

  it.each([
    '123456789012.dkr.ecr.eu-west-1.amazonaws.com.cn',
    '123456789012.dkr.ecr.cn-north-1.amazonaws.com',
    '1234567890123.dkr.ecr.eu-west-1.amazonaws.com',
    '123456789012.dkr.ecr.eu-west-1.evil.test#.amazonaws.com',
    'public.ecr.aws.evil.test',
    'evilgcr.io',
    'docker.pkg.dev',
    '-docker.pkg.dev',
    'evil.test-docker.pkg.dev',
    '.azurecr.io',
    'acme.azurecr.io.azurecr.io',
    'ACME.azurecr.io',
    '',
  ])('%j is none', (registry) => {
    expect(cloudOf(registry)).toBeUndefined();
  });
});
