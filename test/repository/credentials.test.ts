import { describe, expect, it } from 'vitest';
import { Secret } from '../../src/base/secret.ts';
import { type CredentialFacts, passwordsIn, tokenCredentials } from '../../src/repository/credentials.ts';

const TOKEN = 'ghs_token';
const BASIC = Buffer.from(`x-access-token:${TOKEN}`).toString('base64');

function credentialsOf(facts: Partial<CredentialFacts>) {
  return tokenCredentials({
    urls: ['https://github.com/acme/config.git'],
    token: new Secret(TOKEN),
    serverUrl: 'https://github.com',
    config: [],
    ...facts,
  });
}

describe('tokenCredentials', () => {
  it('gives the token to its server only, and forbids redirects meanwhile', () => {
    expect(credentialsOf({})).toEqual({
      config: [
        ['http.https://github.com/.extraheader', `AUTHORIZATION: basic ${BASIC}`],
        ['http.https://github.com/.followredirects', 'false'],
      ],
      secrets: [TOKEN, BASIC],
    });
  });

  it.each([
    {
      name: 'a server with a port',
      facts: { serverUrl: 'https://ghe.acme.com:8443', urls: ['https://ghe.acme.com:8443/a/b'] },
      scope: 'https://ghe.acme.com:8443',
    },
    {
      name: 'a default port written out',
      facts: { urls: ['https://github.com:443/a/b'] },
      scope: 'https://github.com',
    },
    { name: 'capitals in the host', facts: { urls: ['https://GitHub.com/a/b'] }, scope: 'https://github.com' },
    { name: 'a slash after the server', facts: { serverUrl: 'https://github.com/' }, scope: 'https://github.com' },
    { name: 'a user without a password', facts: { urls: ['https://git@github.com/a/b'] }, scope: 'https://github.com' },
    {
      name: 'a push to the server and a fetch from elsewhere',
      facts: { urls: ['https://mirror.acme.com/a', 'https://github.com/a/b'] },
      scope: 'https://github.com',
    },
    {
      name: 'a line break at the end of the token',
      facts: { token: new Secret(`${TOKEN}\n`) },
      scope: 'https://github.com',
    },
  ])('understands $name', ({ facts, scope }) => {
    expect(credentialsOf(facts).config[0]).toEqual([`http.${scope}/.extraheader`, `AUTHORIZATION: basic ${BASIC}`]);
  });

  it.each([
    { name: 'there is no token', facts: { token: undefined } },
    { name: 'the token is empty', facts: { token: new Secret(' ') } },
    { name: 'the server is not known', facts: { serverUrl: undefined } },
    { name: 'the server is no address', facts: { serverUrl: 'github.com' } },
    { name: 'the remote is on another server', facts: { urls: ['https://gitlab.com/acme/config.git'] } },
    {
      name: 'the remote only looks like the server',
      facts: { urls: ['https://github.com.evil.example/acme/config.git'] },
    },
    {
      name: "the remote has the server's name as its user",
      facts: { urls: ['https://github.com@evil.example/acme/config.git'] },
    },
    { name: 'the remote would get it without encryption', facts: { urls: ['http://github.com/acme/config.git'] } },
    { name: 'the remote is on another port', facts: { urls: ['https://github.com:8443/acme/config.git'] } },
    { name: 'the remote is reached by ssh', facts: { urls: ['git@github.com:acme/config.git'] } },
    { name: 'the remote is reached by ssh with a scheme', facts: { urls: ['ssh://git@github.com/acme/config.git'] } },
    { name: 'the remote is a path', facts: { urls: ['/srv/config.git', 'C:\\config.git'] } },
    { name: 'the URL has a password', facts: { urls: ['https://me:secret@github.com/acme/config.git'] } },
    {
      name: 'one of the URLs has a password',
      facts: { urls: ['https://github.com/a/b', 'https://me:secret@github.com/a/b'] },
    },
  ])('gives nothing where $name', ({ facts }) => {
    expect(credentialsOf(facts)).toEqual({ config: [], secrets: [] });
  });

  it.each([
    { name: 'the checkout has left one', key: 'http.https://github.com/.extraheader' },
    { name: 'there is one without the slash', key: 'http.https://github.com.extraheader' },
    { name: 'there is one for the owner', key: 'http.https://github.com/acme.extraheader' },
    { name: 'there is one for the repository', key: 'http.https://github.com/acme/config.git.extraheader' },
    { name: 'there is one for every server', key: 'http.extraheader' },
  ])('adds no second header where $name', ({ key }) => {
    expect(credentialsOf({ config: [[key, 'AUTHORIZATION: basic abc']] }).config).toEqual([]);
  });

  it.each([
    { name: 'another server', entry: ['http.https://gitlab.com/.extraheader', 'Authorization: basic abc'] },
    { name: 'another owner', entry: ['http.https://github.com/acm.extraheader', 'Authorization: basic abc'] },
    { name: 'something else', entry: ['http.https://github.com/.extraheader', 'X-Trace: 1'] },
    { name: 'another setting', entry: ['http.https://github.com/.proxy', 'Authorization: basic abc'] },
  ] as const)('is not kept from it by a header for $name', ({ entry }) => {
    expect(credentialsOf({ config: [entry] }).config).toHaveLength(2);
  });
});

describe('passwordsIn', () => {
  it.each([
    { url: 'https://me:p%40ss@host/x', passwords: ['p%40ss', 'p@ss'] },
    { url: 'https://me:100%25@host/x', passwords: ['100%25', '100%'] },
    { url: 'https://me:bad%zz@host/x', passwords: ['bad%zz', 'bad%zz'] },
    { url: 'https://me@host/x', passwords: [] },
    { url: 'git@host:x', passwords: [] },
  ])('of $url are $passwords', ({ url, passwords }) => {
    expect(passwordsIn([url])).toEqual(passwords);
  });
});
