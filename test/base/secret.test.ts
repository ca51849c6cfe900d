import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MASK, Redactor, Secret } from '../../src/base/secret.ts';

const TOKEN = 'ghs_16C7e42F292c6912E7710c838347Ae178B4a';

describe('Secret', () => {
  const secret = new Secret(TOKEN);

  it('gives its value only to reveal', () => {
    expect(secret.reveal()).toBe(TOKEN);
  });

  it.each([
    { name: 'a template', text: `${secret}` },
    { name: 'concatenation', text: `${'' + secret}` },
    { name: 'JSON', text: JSON.stringify({ secret }) },
    { name: 'inspection', text: inspect({ secret }, { depth: 5, showHidden: true }) },
    { name: 'its keys and values', text: JSON.stringify(Object.entries(secret)) },
    { name: 'an error message', text: new Error(`failed with ${secret}`).message },
  ])('does not show in $name', ({ text }) => {
    expect(text).not.toContain(TOKEN);
  });
});

describe('Redactor', () => {
  function redactorOf(...secrets: (string | Secret)[]): Redactor {
    const redactor = new Redactor();
    for (const secret of secrets) redactor.add(secret);
    return redactor;
  }

  it.each([
    { name: 'as it is', text: `bad token ${TOKEN}.`, redacted: `bad token ${MASK}.` },
    { name: 'twice', text: `${TOKEN}${TOKEN}`, redacted: `${MASK}${MASK}` },
    { name: 'in base64', text: `basic ${Buffer.from(TOKEN).toString('base64')}`, redacted: `basic ${MASK}` },
    {
      name: 'in base64 without padding',
      text: `b=${Buffer.from(TOKEN).toString('base64').replace(/=+$/, '')};`,
      redacted: `b=${MASK};`,
    },
  ])('removes a token $name', ({ text, redacted }) => {
    expect(redactorOf(new Secret(TOKEN)).redact(text)).toBe(redacted);
  });

  it('removes a password in the form it has in a URL', () => {
    expect(redactorOf('p@ss/w:rd').redact('https://me:p%40ss%2Fw%3Ard@host/')).toBe('https://me:***@host/');
  });

  it('removes a password as JSON writes it', () => {
    const value = 'pa"ss\\wo\trd';
    const redacted = redactorOf(value).redact(JSON.stringify({ message: `bad password ${value}` }));
    expect(JSON.parse(redacted)).toEqual({ message: `bad password ${MASK}` });
  });

  it('removes the base64url form', () => {
    const value = '???>>>~~~';
    expect(redactorOf(value).redact(Buffer.from(value).toString('base64url'))).toBe(MASK);
  });

  it('removes each long line of a secret with several lines', () => {
    const key = '-----BEGIN KEY-----\nMIIEpAIBAAKCAQEA\n-----END KEY-----\n';
    expect(redactorOf(key).redact('read MIIEpAIBAAKCAQEA from it')).toBe('read *** from it');
  });

  it('replaces the longer of two secrets first, so that nothing of it is left', () => {
    expect(redactorOf('hunter', 'hunter22').redact('hunter22')).toBe(MASK);
  });

  it.each([{ value: '' }, { value: 'abc' }, { value: '  ab \n' }])(
    'does not hide ordinary text for $value',
    ({ value }) => {
      expect(redactorOf(value).redact('abc ab cab')).toBe('abc ab cab');
    },
  );

  it('accepts text that is no well-formed Unicode', () => {
    expect(redactorOf('token\ud800').redact('a token\ud800 here')).toBe('a *** here');
  });

  it('leaves none of its secrets in any text', () => {
    const secrets = fc.array(
      fc.string({ minLength: 4, maxLength: 12 }).filter((value) => value.trim().length >= 4 && !value.includes('*')),
      { minLength: 1, maxLength: 4 },
    );
    fc.assert(
      fc.property(secrets, fc.array(fc.string()), (values, words) => {
        const text = words.join(values[0]) + values.join(' ');
        const redacted = redactorOf(...values).redact(text);
        for (const value of values) expect(redacted).not.toContain(value.trim());
      }),
    );
  });
});
