import { describe, expect, it } from 'vitest';
import { proxyFor } from '../../src/cluster/transport/proxy.ts';

interface Case {
  readonly name: string;
  readonly server?: string;
  readonly proxyUrl?: string;
  readonly env?: NodeJS.ProcessEnv;
  readonly expected: string | undefined;
}

const HTTPS_PROXY = 'http://proxy:3128';
const PROXY = 'http://proxy:3128/';

describe('the proxy to an API server', () => {
  it.each<Case>([
    { name: 'is none by default', expected: undefined },
    {
      name: 'is that of the kubeconfig',
      proxyUrl: 'http://other:80',
      env: { HTTPS_PROXY, NO_PROXY: '*' },
      expected: 'http://other/',
    },
    { name: 'is that of the environment', env: { HTTPS_PROXY }, expected: PROXY },
    { name: 'may be set in lower case', env: { https_proxy: HTTPS_PROXY }, expected: PROXY },
    { name: 'may leave out its scheme', env: { HTTPS_PROXY: 'proxy:3128' }, expected: PROXY },
    { name: 'may itself speak TLS', env: { HTTPS_PROXY: 'https://proxy' }, expected: 'https://proxy/' },
    { name: 'is not that of another scheme', env: { HTTP_PROXY: HTTPS_PROXY }, expected: undefined },
    {
      name: 'is that of http for an http server',
      server: 'http://api.example.com',
      env: { HTTP_PROXY: HTTPS_PROXY },
      expected: PROXY,
    },
    {
      name: 'is never used for localhost',
      server: 'https://localhost:6443',
      env: { HTTPS_PROXY },
      expected: undefined,
    },
    {
      name: 'is never used for 127.0.0.2',
      server: 'https://127.0.0.2:6443',
      env: { HTTPS_PROXY },
      expected: undefined,
    },
    { name: 'is never used for ::1', server: 'https://[::1]:6443', env: { HTTPS_PROXY }, expected: undefined },
    { name: 'is passed by for *', env: { HTTPS_PROXY, NO_PROXY: '*' }, expected: undefined },
    {
      name: 'is passed by for the host',
      env: { HTTPS_PROXY, NO_PROXY: 'a.com, api.example.com' },
      expected: undefined,
    },
    {
      name: 'is passed by for a domain above the host',
      env: { HTTPS_PROXY, no_proxy: 'example.com' },
      expected: undefined,
    },
    {
      name: 'is passed by for a domain with a dot',
      env: { HTTPS_PROXY, NO_PROXY: '.example.com' },
      expected: undefined,
    },
    {
      name: 'is passed by for a domain with a star',
      env: { HTTPS_PROXY, NO_PROXY: '*.example.com' },
      expected: undefined,
    },
    {
      name: 'is used for a host that only ends alike',
      server: 'https://myexample.com',
      env: { HTTPS_PROXY, NO_PROXY: 'example.com' },
      expected: PROXY,
    },
    {
      name: 'is used for the domain itself where only what is below passes by',
      server: 'https://example.com',
      env: { HTTPS_PROXY, NO_PROXY: '.example.com' },
      expected: PROXY,
    },
    {
      name: 'is passed by for the port',
      server: 'https://api.example.com:6443',
      env: { HTTPS_PROXY, NO_PROXY: 'example.com:6443' },
      expected: undefined,
    },
    {
      name: 'is used for another port',
      server: 'https://api.example.com:443',
      env: { HTTPS_PROXY, NO_PROXY: 'example.com:6443' },
      expected: PROXY,
    },
    {
      name: 'is passed by for an address',
      server: 'https://10.1.2.3',
      env: { HTTPS_PROXY, NO_PROXY: '10.1.2.3' },
      expected: undefined,
    },
    {
      name: 'is passed by for a network',
      server: 'https://10.1.2.3',
      env: { HTTPS_PROXY, NO_PROXY: '10.0.0.0/8' },
      expected: undefined,
    },
    {
      name: 'is used outside of a network',
      server: 'https://11.1.2.3',
      env: { HTTPS_PROXY, NO_PROXY: '10.0.0.0/8' },
      expected: PROXY,
    },
    {
      name: 'is passed by for an IPv6 network',
      server: 'https://[fd00::1]',
      env: { HTTPS_PROXY, NO_PROXY: 'fd00::/8' },
      expected: undefined,
    },
    {
      name: 'is used where the network is nonsense',
      server: 'https://10.1.2.3',
      env: { HTTPS_PROXY, NO_PROXY: '10.0.0.0/99,/,x/8' },
      expected: PROXY,
    },
  ])('$name', ({ server = 'https://api.example.com', proxyUrl, env = {}, expected }) => {
    expect(proxyFor(new URL(server), proxyUrl, env)?.href).toBe(expected);
  });

  it.each([
    { proxyUrl: 'socks5://user:s3cr3t@proxy', message: 'cannot connect through a proxy of type socks5' },
    { proxyUrl: '://s3cr3t', message: 'cannot connect through a proxy of type something that is no URL' },
  ])('must be one that we can use: $message', ({ proxyUrl, message }) => {
    expect(() => proxyFor(new URL('https://a'), proxyUrl, {})).toThrow(
      expect.objectContaining({ code: 'KUBECONFIG_PROXY_UNSUPPORTED', message }),
    );
  });
});
