import { describe, expect, it } from 'vitest';
import { type HeldImage, renderCommitMessage, unknownFields } from '../../../src/core/images/commit-message.ts';
import { type ImageChange, sourceLink, sourceOf } from '../../../src/core/images/image-change.ts';

const DIGEST = `sha256:${'a'.repeat(64)}`;

function change(name: string, to: string, more: Partial<ImageChange> = {}): ImageChange {
  return { name, from: '1.0.0', to, digest: undefined, source: undefined, ...more };
}

const render = (changes: readonly ImageChange[], template?: string) =>
  renderCommitMessage({ changes, branch: 'master', template });

describe('the commit message', () => {
  it('names one image in its first line, as Flux did', () => {
    expect(render([change('r.example/app', '1.1.0')])).toBe(
      'Auto-release r.example/app:1.1.0\n\nImage: r.example/app:1.1.0',
    );
  });

  it('counts several and lists them sorted, each once', () => {
    const changes = [change('r.example/web', '2'), change('r.example/app', '1'), change('r.example/web', '2')];
    expect(render(changes)).toBe(
      'Auto-release multiple (2) images\n\n - r.example/app:1\n - r.example/web:2\n\nImage: r.example/app:1\nImage: r.example/web:2',
    );
  });

  it('adds digests, source commits and the comparison where they are known', () => {
    const source = { url: 'https://github.com/o/app', revision: 'b'.repeat(40), previous: 'c'.repeat(40) };
    expect(
      render([change('r.example/app', '1', { digest: DIGEST, source })])
        .split('\n')
        .slice(2),
    ).toEqual([
      `https://github.com/o/app/compare/${'c'.repeat(40)}...${'b'.repeat(40)}`,
      '',
      `Image: r.example/app:1@${DIGEST}`,
      `Source-Commit: https://github.com/o/app/commit/${'b'.repeat(40)}`,
    ]);
  });

  it('says what stays where, and names it in its first line where nothing moves', () => {
    const hold = (container: string): HeldImage => ({
      id: 'prod:deployment/api',
      container,
      name: 'r.example/api',
      version: '1.0.0',
      reason: 'set back from 1.1.0 to 1.0.0 by Ann in 1234567',
    });
    const line =
      'On hold: r.example/api at 1.0.0 for prod:deployment/api app, set back from 1.1.0 to 1.0.0 by Ann in 1234567';
    const alone = renderCommitMessage({ changes: [], holds: [hold('app')], branch: 'master', template: undefined });
    expect(alone).toBe(
      `Hold r.example/api at 1.0.0 for prod:deployment/api\n\n${line}\n\nHold: prod:deployment/api app`,
    );
    const holds = [hold('app'), hold('side')];
    const several = renderCommitMessage({ changes: [], holds, branch: 'master', template: '{subject}\n\n{trailers}' });
    expect(several).toBe('Hold multiple (2) images\n\nHold: prod:deployment/api app\nHold: prod:deployment/api side');
    const changes = [change('r.example/app', '1.1.0')];
    expect(renderCommitMessage({ changes, holds: [hold('app')], branch: 'master', template: undefined })).toBe(
      `Auto-release r.example/app:1.1.0\n\n${line}\n\nImage: r.example/app:1.1.0\nHold: prod:deployment/api app`,
    );
  });

  it('follows a template, and leaves unknown braces as they are', () => {
    const template = 'chore({branch}): {count} bump\n\n{links}\n\n{trailers} {else}';
    expect(render([change('r.example/app', '1')], template)).toBe(
      'chore(master): 1 bump\n\nImage: r.example/app:1 {else}',
    );
    expect(unknownFields(template)).toEqual(['else']);
  });
});

describe('the source of an image', () => {
  const labels = (source: string, revision: string) => ({
    tag: 'x',
    labels: { 'org.opencontainers.image.source': source, 'org.opencontainers.image.revision': revision },
  });
  const NEW = 'b'.repeat(40);
  const OLD = 'c'.repeat(40);

  it.each([
    {
      name: 'both images name one repository',
      to: labels('https://github.com/o/a.git', NEW),
      from: labels('https://github.com/o/a', OLD),
      link: `https://github.com/o/a/compare/${OLD}...${NEW}`,
    },
    {
      name: 'the old image names another one',
      to: labels('https://github.com/o/a', NEW),
      from: labels('https://github.com/o/b', OLD),
      link: `https://github.com/o/a/commit/${NEW}`,
    },
    {
      name: 'the old image says nothing',
      to: labels('https://github.com/o/a/', NEW),
      from: { tag: 'y' },
      link: `https://github.com/o/a/commit/${NEW}`,
    },
    {
      name: 'GitLab keeps them',
      to: labels('https://gitlab.example.org/o/g/a', NEW),
      from: labels('https://gitlab.example.org/o/g/a', OLD),
      link: `https://gitlab.example.org/o/g/a/-/compare/${OLD}...${NEW}`,
    },
    {
      name: 'Bitbucket keeps them',
      to: labels('https://bitbucket.org/o/a', NEW),
      from: labels('https://bitbucket.org/o/a', OLD),
      link: `https://bitbucket.org/o/a/commits/${NEW}`,
    },
    {
      name: 'Azure Repos keeps them',
      to: labels('https://dev.azure.com/o/p/_git/a', NEW),
      from: labels('https://dev.azure.com/o/p/_git/a', OLD),
      link: `https://dev.azure.com/o/p/_git/a/commit/${NEW}`,
    },
    {
      name: 'both were built from one commit',
      to: labels('https://github.com/o/a', NEW),
      from: labels('https://github.com/o/a', NEW),
      link: `https://github.com/o/a/commit/${NEW}`,
    },
  ])('is linked where $name', ({ to, from, link }) => {
    const source = sourceOf(to, from);
    expect(source && sourceLink(source)).toBe(link);
  });

  it.each([
    { name: 'no labels', to: { tag: 'x' } },
    { name: 'a script instead of an address', to: labels('javascript:alert(1)', NEW) },
    { name: 'an address that is not encrypted', to: labels('http://github.com/o/a', NEW) },
    { name: 'an address with a query', to: labels('https://github.com/o/a?x=1', NEW) },
    { name: 'an address of a megabyte', to: labels(`https://github.com/${'a'.repeat(1_000_000)}`, NEW) },
    { name: 'an address with markup', to: labels('https://github.com/o/a|<!channel>', NEW) },
    { name: 'an address with credentials', to: labels('https://user:pass@github.com/o/a', NEW) },
    { name: 'a branch instead of a commit', to: labels('https://github.com/o/a', 'main\n\nSigned-off-by: x') },
  ])('is unknown with $name', ({ to }) => {
    expect(sourceOf(to, undefined)).toBeUndefined();
  });
});
