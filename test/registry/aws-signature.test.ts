import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/base/secret.ts';
import { signAws } from '../../src/registry/cloud/aws-signature.ts';

/** The account of AWS's published examples. */
const KEYS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: new Secret('wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY') };
const PLACE = { keys: KEYS, region: 'us-east-1', service: 'service', nowMs: Date.UTC(2015, 7, 30, 12, 36) };

describe('an AWS signature', () => {
  it.each([
    {
      name: 'get-vanilla of the test suite',
      request: { method: 'GET', url: 'https://example.amazonaws.com/' },
      signature: '5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31',
    },
    {
      name: 'post-vanilla of the test suite',
      request: { method: 'POST', url: 'https://example.amazonaws.com/' },
      signature: '5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b',
    },
    {
      name: 'ListUsers of the documentation',
      request: {
        method: 'GET',
        url: 'https://iam.amazonaws.com/?Action=ListUsers&Version=2010-05-08',
        headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' },
      },
      service: 'iam',
      signature: '5d672d79c15b13162d9279b0855cfba6789a8edb4c82c400e06b5924a6f2b5d7',
    },
  ])('is that of $name', ({ request, service, signature }) => {
    const signable = { body: '', headers: {}, ...request, url: new URL(request.url) };
    const headers = signAws(signable, { ...PLACE, service: service ?? 'service' });
    expect(headers['authorization']).toMatch(new RegExp(`Signature=${signature}$`));
    expect(headers['x-amz-date']).toBe('20150830T123600Z');
  });

  it('covers the token of temporary keys', () => {
    const keys = { ...KEYS, temporaryToken: new Secret('token') };
    const request = { method: 'GET', url: new URL('https://example.amazonaws.com/'), headers: {}, body: '' };
    const headers = signAws(request, { ...PLACE, keys });
    expect(headers['x-amz-security-token']).toBe('token');
    expect(headers['authorization']).toContain('SignedHeaders=host;x-amz-date;x-amz-security-token,');
  });
});
