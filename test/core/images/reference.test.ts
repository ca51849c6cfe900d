import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseReference, repositoryOf } from '../../../src/core/images/reference.ts';

const digest = `sha256:${'0a'.repeat(32)}`;

describe('an image reference', () => {
  it.each([
    { text: 'alpine', name: 'alpine', registry: 'docker.io', path: 'library/alpine' },
    { text: 'alpine:a123', name: 'alpine', registry: 'docker.io', path: 'library/alpine', tag: 'a123' },
    { text: 'library/alpine:3', name: 'library/alpine', registry: 'docker.io', path: 'library/alpine', tag: '3' },
    { text: 'acme/app:v_0.2.0', name: 'acme/app', registry: 'docker.io', path: 'acme/app', tag: 'v_0.2.0' },
    { text: 'docker.io/acme/app', name: 'docker.io/acme/app', registry: 'docker.io', path: 'acme/app' },
    { text: 'docker.io/alpine', name: 'docker.io/alpine', registry: 'docker.io', path: 'library/alpine' },
    {
      text: 'index.docker.io/acme/app:1',
      name: 'index.docker.io/acme/app',
      registry: 'docker.io',
      path: 'acme/app',
      tag: '1',
    },
    {
      text: 'registry-1.docker.io/alpine',
      name: 'registry-1.docker.io/alpine',
      registry: 'docker.io',
      path: 'library/alpine',
    },
    { text: 'localhost/hello:v1.1', name: 'localhost/hello', registry: 'localhost', path: 'hello', tag: 'v1.1' },
    { text: 'localhost:5000/hello', name: 'localhost:5000/hello', registry: 'localhost:5000', path: 'hello' },
    { text: 'registry:5000/app:v1', name: 'registry:5000/app', registry: 'registry:5000', path: 'app', tag: 'v1' },
    { text: 'registry:5000/a/b/c', name: 'registry:5000/a/b/c', registry: 'registry:5000', path: 'a/b/c' },
    {
      text: 'quay.io/library/alpine:latest',
      name: 'quay.io/library/alpine',
      registry: 'quay.io',
      path: 'library/alpine',
      tag: 'latest',
    },
    { text: 'a/b/c', name: 'a/b/c', registry: 'docker.io', path: 'a/b/c' },
    { text: 'Registry/app', name: 'Registry/app', registry: 'registry', path: 'app' },
    { text: '[::1]:5000/app', name: '[::1]:5000/app', registry: '[::1]:5000', path: 'app' },
    { text: '10.0.0.1/app', name: '10.0.0.1/app', registry: '10.0.0.1', path: 'app' },
    { text: `app@${digest}`, name: 'app', registry: 'docker.io', path: 'library/app', digest },
    {
      text: `ghcr.io/acme/app:1.0@${digest}`,
      name: 'ghcr.io/acme/app',
      registry: 'ghcr.io',
      path: 'acme/app',
      tag: '1.0',
      digest,
    },
    {
      text: 'Acme.AzureCR.io/app:1',
      name: 'Acme.AzureCR.io/app',
      registry: 'acme.azurecr.io',
      path: 'app',
      tag: '1',
    },
    { text: 'Docker.IO/alpine', name: 'Docker.IO/alpine', registry: 'docker.io', path: 'library/alpine' },
    { text: 'f/a--b.c_d__e', name: 'f/a--b.c_d__e', registry: 'docker.io', path: 'f/a--b.c_d__e' },
    { text: `app:${'t'.repeat(128)}`, name: 'app', registry: 'docker.io', path: 'library/app', tag: 't'.repeat(128) },
  ])('has its parts: $text', ({ text, name, registry, path, ...version }) => {
    expect(parseReference(text)).toEqual({ name, registry, path, tag: undefined, digest: undefined, ...version });
    expect(repositoryOf(name)).toEqual({ registry, path });
  });

  it.each([
    { text: '', error: 'image reference is empty' },
    { text: ':tag', error: ' is not a valid image name: a part between slashes is empty' },
    { text: '/app', error: '/app is not a valid image name: a part between slashes is empty' },
    { text: 'app/', error: 'app/ is not a valid image name: a part between slashes is empty' },
    { text: 'a//b', error: 'a//b is not a valid image name: a part between slashes is empty' },
    { text: 'app:', error: ' is not a valid tag' },
    { text: 'app:a:b', error: 'a:b is not a valid tag' },
    { text: 'app:-a', error: '-a is not a valid tag' },
    { text: 'app:a b', error: 'a b is not a valid tag' },
    { text: `app:${'t'.repeat(129)}`, error: `${'t'.repeat(120)}… is not a valid tag` },
    { text: 'App:1', error: 'App is not a valid image name: it must be lower-case' },
    { text: 'acme/App', error: 'acme/App is not a valid image name: it must be lower-case' },
    { text: 'a..b', error: 'a..b is not a valid image name' },
    { text: 'a b', error: 'a b is not a valid image name' },
    { text: 'app@sha256:12', error: 'sha256:12 is not a valid digest' },
    { text: `@${digest}`, error: ' is not a valid image name: a part between slashes is empty' },
    {
      text: `app@${digest}@${digest}`,
      error: `${`${digest}@${digest}`.slice(0, 120)}… is not a valid digest`,
    },
    { text: '-host.io/app', error: '-host.io is not a valid registry name' },
    { text: 'host:port/app', error: 'host:port is not a valid registry name' },
    { text: '$' + '{IMAGE}', error: '$' + '{IMAGE} is not a valid image name: it must be lower-case' },
    { text: `a/${'b'.repeat(254)}`, error: 'image name is longer than 255 characters' },
    { text: `a:${'b'.repeat(2000)}`, error: 'image reference is longer than 1024 characters' },
    { text: 'app\u0000', error: 'app\uFFFD is not a valid image name' },
  ])('is refused with a reason: $text', ({ text, error }) => {
    expect(parseReference(text)).toEqual({ error });
  });

  it('is put together again from its parts as it was written', () => {
    const segment = fc.stringMatching(/^[a-z0-9]{1,4}([._-][a-z0-9]{1,3})?$/);
    const host = fc.constantFrom('', 'ghcr.io/', 'localhost/', 'registry:5000/', 'docker.io/');
    const tag = fc.option(fc.stringMatching(/^[A-Za-z0-9_][A-Za-z0-9_.-]{0,10}$/), { nil: undefined });
    fc.assert(
      fc.property(
        host,
        fc.array(segment, { minLength: 1, maxLength: 3 }),
        tag,
        fc.boolean(),
        (registry, path, tagText, pinned) => {
          const text = `${registry}${path.join('/')}${tagText === undefined ? '' : `:${tagText}`}${pinned ? `@${digest}` : ''}`;
          const reference = parseReference(text);
          expect(reference).not.toHaveProperty('error');
          if ('error' in reference) return;
          const { name, tag: readTag, digest: readDigest } = reference;
          expect(
            `${name}${readTag === undefined ? '' : `:${readTag}`}${readDigest === undefined ? '' : `@${readDigest}`}`,
          ).toBe(text);
        },
      ),
    );
  });

  it('that is no name has no repository', () => {
    expect(() => repositoryOf('No/Name')).toThrow(
      expect.objectContaining({ code: 'IMAGE_REFERENCE_INVALID', subject: 'No/Name' }),
    );
  });
});
